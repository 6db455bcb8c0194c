import Glibc

/// Word to the service manager that started this process, such as systemd with `Type=notify`.
///
/// One datagram to the socket that NOTIFY_SOCKET names; libsystemd, with all that it links to, would be a heavy way to send it.
enum ServiceNotice: String {
    /// Requests are answered from now on.
    case ready = "READY=1"
    /// The process is on its way out.
    case stopping = "STOPPING=1"

    /// Tells the manager, if there is one; a manager that cannot be reached is no reason to stop serving.
    ///
    /// - Returns: Whether it was told.
    @discardableResult
    func send(environment: [String: String]) -> Bool {
        guard let name = environment["NOTIFY_SOCKET"], ["/", "@"].contains(name.first) else { return false }
        // A name that begins with "@" is in the abstract namespace, where a NUL stands in its place.
        let path = Array(name.utf8.prefix(1).map { $0 == UInt8(ascii: "@") ? 0 : $0 } + name.utf8.dropFirst())
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let text = Array(rawValue.utf8)
        let sent = unsafe withUnsafePointer(to: address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe text.withUnsafeBytes { unsafe sendto(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL), address, length) }
            }
        }
        return sent == text.count
    }
}
