/// Why a server could not start; a running one does not throw.
package enum ServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The socket would not open; `reason` is the system's, or ours where we know better.
    case cannotListen(Endpoint, reason: String)
    /// What the service manager has handed over cannot be used.
    case badInheritance(String)
    /// The library would not serve; `reason` is its own last line.
    case cannotServe(reason: String)

    /// One line for the operator.
    package var description: String {
        switch self {
        case .cannotListen(let endpoint, let reason): "cannot listen on \(endpoint): \(reason)"
        case .badInheritance(let reason): "cannot use the sockets that were passed: \(reason)"
        case .cannotServe(let reason): "cannot serve: \(reason)"
        }
    }
}
