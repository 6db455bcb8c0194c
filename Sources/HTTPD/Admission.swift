/// Whether a client may ask once more, or at all.
struct Admission: Sendable {
    /// Connections that one client may have open; 0 for any number.
    let connectionsPerClient: Int
    let rate: RateLimiter?
    /// Paths that count for nobody.
    let isExempt: @Sendable (_ path: String) -> Bool

    /// nil where nothing is limited, which then costs nothing.
    init?(_ configuration: Server.Configuration) {
        guard configuration.connectionsPerClient > 0 || configuration.rate != nil else { return nil }
        connectionsPerClient = configuration.connectionsPerClient
        rate = configuration.rate.map { RateLimiter($0, now: configuration.clock) }
        isExempt = configuration.isExempt
    }

    /// What speaks against a request whose head is good.
    func problem(_ exchange: Exchange) -> Refusal.Reason? {
        guard !isExempt(exchange.parts.decodedPath(exchange.target)) else { return nil }
        if exchange.watch.isSurplus { return .tooManyConnections(limit: connectionsPerClient) }
        return rate?.wait(of: exchange.client).map { .tooManyRequests(wait: $0) }
    }
}
