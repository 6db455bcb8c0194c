import CHTTPD
import Glibc

/// A socket that clients can connect to.
///
/// libmicrohttpd could open one itself, but knows no Unix sockets, and leaves SO_REUSEADDR out where a port is not to be shared: then nobody
/// can listen on a port on which connections have been closed a minute ago.
struct Listener {
    let socket: CInt
    /// Where it is, with the port that it has got.
    let endpoint: Endpoint
    /// Whether another process keeps the socket, and the clients in its queue.
    let isInherited: Bool
    private let file: SocketFile?

    init(_ endpoint: Endpoint, backlog: Int, sharesPort: Bool) throws(ServerError) {
        var file: SocketFile?
        do throws(Failure) {
            switch endpoint {
            case .network(let host, let port):
                let address = try SocketAddress(host: host, port: port)
                socket = try Self.open(address.family) { socket throws(Failure) in
                    try Self.set(socket, SOL_SOCKET, SO_REUSEADDR, 1)
                    if sharesPort { try Self.set(socket, SOL_SOCKET, SO_REUSEPORT, 1) }
                    if address.isIPv6 { try Self.set(socket, CInt(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
                    try Self.bind(socket, address)
                    try Self.check(listen(socket, CInt(clamping: backlog)))
                }
            case .unix(let path, let mode):
                let address = try SocketAddress(path: path)
                socket = try Self.open(AF_UNIX) { socket throws(Failure) in
                    try Self.bindFile(socket, address, path)
                    // Nobody can connect before `listen`, so nobody slips in before the mode is set.
                    try Self.check(unsafe chmod(path, mode))
                    try Self.check(listen(socket, CInt(clamping: backlog)))
                }
                file = SocketFile(path)
            case .inherited(let descriptor):
                socket = descriptor
            }
        } catch {
            throw .cannotListen(endpoint, reason: error.reason)
        }
        self.file = file
        isInherited = if case .inherited = endpoint { true } else { false }
        self.endpoint = SocketAddress(of: socket)?.endpoint(like: endpoint) ?? endpoint
    }

    /// Why the system would not do something.
    struct Failure: Error {
        let reason: String

        init(_ reason: String) { self.reason = reason }

        /// What the system says, or our words for what happens to everybody once.
        static var system: Failure {
            switch errno {
            case EADDRINUSE: Failure("it is in use already; choose another port, or stop the program that has it")
            case let code: Failure(unsafe String(cString: strerror(code)))
            }
        }
    }

    /// Makes the path free for a successor, unless it is somebody else's by now.
    func removeFile() { file?.remove() }

    private static func open(_ family: CInt, _ prepare: (CInt) throws(Failure) -> Void) throws(Failure) -> CInt {
        let socket = Glibc.socket(family, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        try check(socket)
        do throws(Failure) {
            try prepare(socket)
        } catch {
            close(socket)
            throw error
        }
        return socket
    }

    private static func set(_ socket: CInt, _ level: CInt, _ option: CInt, _ value: CInt) throws(Failure) {
        var value = value
        try check(unsafe setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<CInt>.size)))
    }

    private static func bind(_ socket: CInt, _ address: SocketAddress) throws(Failure) {
        try check(unsafe address.withPointer { unsafe Glibc.bind(socket, $0, $1) })
    }

    /// A server that was killed leaves its file behind; it is replaced if nobody listens there any more.
    private static func bindFile(_ socket: CInt, _ address: SocketAddress, _ path: String) throws(Failure) {
        guard unsafe address.withPointer({ unsafe Glibc.bind(socket, $0, $1) }) != 0 else { return }
        guard errno == EADDRINUSE else { throw .system }
        var state = stat()
        guard unsafe lstat(path, &state) == 0, state.st_mode & S_IFMT == S_IFSOCK else {
            throw Failure("there is a file that is no socket; choose another path, or remove it")
        }
        let probe = try open(AF_UNIX) { _ in }
        let status = unsafe address.withPointer { unsafe connect(probe, $0, $1) }
        let reason = errno
        close(probe)
        guard status != 0, reason == ECONNREFUSED else {
            throw Failure("another program listens there already; choose another path, or stop it")
        }
        try check(unsafe unlink(path))
        try bind(socket, address)
    }

    private static func check(_ status: CInt) throws(Failure) {
        if status < 0 { throw .system }
    }
}

/// A file that this process has made, told from another one with the same name.
private struct SocketFile {
    private let path: String
    private let device: dev_t
    private let node: ino_t

    init?(_ path: String) {
        guard let state = Self.state(of: path) else { return nil }
        self.path = path
        device = state.st_dev
        node = state.st_ino
    }

    func remove() {
        guard let state = Self.state(of: path), state.st_dev == device, state.st_ino == node else { return }
        unsafe unlink(path)
    }

    private static func state(of path: String) -> stat? {
        var state = stat()
        return unsafe lstat(path, &state) == 0 ? state : nil
    }
}
