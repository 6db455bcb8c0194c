import CHTTPD
import Glibc

/// Where to listen, in the form that the socket calls want.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Found by name or number.
    init(host: String, port: UInt16) throws(Listener.Failure) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(host, String(port), &hints, &list)
        guard status == 0, let first = unsafe list else { throw Listener.Failure(unsafe String(cString: gai_strerror(status))) }
        defer { unsafe freeaddrinfo(first) }
        length = unsafe first.pointee.ai_addrlen
        unsafe withUnsafeMutableBytes(of: &storage) { target in
            let found = unsafe UnsafeRawBufferPointer(start: first.pointee.ai_addr, count: Int(first.pointee.ai_addrlen))
            unsafe target.copyMemory(from: found)
        }
    }

    /// A file's.
    init(path: String) throws(Listener.Failure) {
        guard path.utf8.count <= Endpoint.maxPathBytes else {
            throw Listener.Failure("the path is longer than \(Endpoint.maxPathBytes) bytes; choose a shorter one")
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        length = socklen_t(MemoryLayout<sockaddr_un>.size)
        unsafe withUnsafeMutableBytes(of: &storage) { target in
            unsafe withUnsafeBytes(of: address) { unsafe target.copyMemory(from: $0) }
        }
    }

    /// The one that a socket has; nil for what is no socket.
    init?(of socket: CInt) {
        let status = unsafe withUnsafeMutablePointer(to: &storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(socket, $0, &length) }
        }
        guard status == 0 else { return nil }
    }

    var family: CInt { CInt(storage.ss_family) }
    var isIPv6: Bool { family == AF_INET6 }

    /// This address as an endpoint; a host that was given by name keeps it.
    func endpoint(like given: Endpoint) -> Endpoint {
        if case .unix = given { return given }
        let bytes = unsafe withUnsafeBytes(of: storage) { unsafe Array($0.prefix(Int(length))) }
        guard family != AF_UNIX else {
            return .unix(path: String(decoding: bytes.dropFirst(2).prefix { $0 != 0 }, as: UTF8.self))
        }
        // Of both families: two bytes of family, then the port.
        let port = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
        if case .network(let host, _) = given { return .network(host: host, port: port) }
        return .network(host: unsafe withPointer { address, _ in unsafe ClientAddress(address) }.description, port: port)
    }

    /// Lends the address as a pointer for one call.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        unsafe withUnsafePointer(to: storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
        }
    }
}
