/// Where a server listens.
package enum Endpoint: Sendable, Equatable {
    /// A name or an address, "0.0.0.0" and "::" for every interface; port 0 is any free one.
    case network(host: String, port: UInt16)
    /// A socket in the file system; `mode` says who may connect.
    case unix(path: String, mode: UInt32 = 0o660)
    /// One that another process has opened, and which stays that one's.
    case inherited(socket: CInt)

    /// The longest path that the system takes for a socket.
    package static let maxPathBytes = 107

    /// "127.0.0.1:8080", "[::1]:8080" or "unix:/run/explain.sock"; nil for anything else.
    package init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = text.dropFirst("unix:".count)
            guard (1...Self.maxPathBytes).contains(path.utf8.count), !path.utf8.contains(0) else { return nil }
            self = .unix(path: String(path))
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard case .ipv6? = ClientAddress(host) else { return nil }
        } else {
            guard !host.isEmpty, !host.contains(":") else { return nil }
        }
        self = .network(host: String(host), port: port)
    }
}

extension Endpoint: CustomStringConvertible {
    /// As it is written in settings.
    package var description: String {
        switch self {
        case .network(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path, _): "unix:\(path)"
        case .inherited(let socket): "the inherited socket \(socket)"
        }
    }
}
