import HTTPD

/// Where the service listens: on what the service manager has opened, else where the settings say.
struct ListeningPlaces {
    /// The name that a socket's unit gives it (`FileDescriptorName=metrics`) when it is not for readers.
    static let metricsName = "metrics"

    /// For readers.
    let main: Endpoint
    /// For those who gather metrics, if for anybody.
    let metrics: Endpoint?

    init(_ settings: Settings, environment: [String: String]) throws(ServerError) {
        let inherited = try InheritedSockets(environment: environment).sockets
        let (metrics, others) = (inherited.filter { $0.name == Self.metricsName }, inherited.filter { $0.name != Self.metricsName })
        guard metrics.count <= 1, others.count <= 1 else {
            let names = inherited.map { $0.name.isEmpty ? "(no name)" : $0.name }.joined(separator: ", ")
            throw .badInheritance("\(names); pass one, and one more with FileDescriptorName=\(Self.metricsName) if you like")
        }
        main = others.first.map { .inherited(socket: $0.socket) } ?? settings.endpoint
        self.metrics = metrics.first.map { .inherited(socket: $0.socket) } ?? settings.metricsEndpoint
    }
}

extension Endpoint {
    /// For the log: an address to click on, where it is one.
    var link: String {
        if case .network = self { "http://\(self)" } else { "\(self)" }
    }
}
