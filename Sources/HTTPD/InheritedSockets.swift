import Glibc

/// Sockets that a service manager has opened for this process: systemd's socket activation.
///
/// The protocol is three variables of the environment and descriptors from 3 on, so it is read here by hand instead of with libsystemd.
package struct InheritedSockets: Sendable {
    /// In the order of their descriptors, each with the name that its unit gives it ("" for none).
    package let sockets: [(name: String, socket: CInt)]

    private static let firstDescriptor: CInt = 3

    /// Looks whether there are any, and whether clients can connect to them.
    ///
    /// - Parameter process: whom they must be for; a variable that is left over from a parent counts for nothing.
    package init(environment: [String: String], process: CInt = getpid()) throws(ServerError) {
        guard let text = environment["LISTEN_FDS"], environment["LISTEN_PID"] == String(process) else {
            sockets = []
            return
        }
        guard let count = CInt(text), (0...64).contains(count) else {
            throw .badInheritance("LISTEN_FDS is \"\(text)\" and no number of sockets")
        }
        let names = environment["LISTEN_FDNAMES"]?.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if let names, names.count != Int(count) {
            throw .badInheritance("LISTEN_FDNAMES has \(names.count) names for \(count) sockets")
        }
        var sockets: [(name: String, socket: CInt)] = []
        for index in 0..<count {
            let socket = Self.firstDescriptor + index
            guard Self.option(SO_TYPE, of: socket) == CInt(SOCK_STREAM.rawValue), Self.option(SO_ACCEPTCONN, of: socket) == 1 else {
                throw .badInheritance("descriptor \(socket) is no listening stream socket; use ListenStream= and Accept=no")
            }
            // For us alone, and never waiting: a client may be gone before it is accepted.
            _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
            _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK)
            sockets.append((names?[Int(index)] ?? "", socket))
        }
        self.sockets = sockets
    }

    private static func option(_ name: CInt, of socket: CInt) -> CInt? {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        return unsafe getsockopt(socket, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }
}
