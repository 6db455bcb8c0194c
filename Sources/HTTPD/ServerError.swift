/// Why a server could not start; a running one does not throw.
package enum ServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The port would not open; `reason` is the library's own last line.
    case cannotListen(host: String, port: UInt16, reason: String)
    /// The host is no address of this machine's.
    case unknownHost(host: String, reason: String)

    /// One line for the operator.
    package var description: String {
        switch self {
        case .cannotListen(let host, let port, let reason): "cannot listen on \(host) port \(port): \(reason)"
        case .unknownHost(let host, let reason): "cannot listen on \(host): \(reason)"
        }
    }
}
