import Glibc

extension Server {
    /// How a server listens, and how much a client may ask of it.
    package struct Configuration: Sendable {
        /// Where to listen; `Server.endpoint` says which port 0 became.
        package var endpoint = Endpoint.network(host: "127.0.0.1", port: 8080)
        /// How many threads serve; 0 is one for each core.
        package var threads = 0
        /// Connections open at a time; lowered if the process may not have as many descriptors.
        package var connectionLimit = 4000
        /// Connections that one client may have open; 0 for any number. Trusted proxies may have any number.
        package var connectionsPerClient = 0
        /// How often one client may ask; nil for as often as it likes.
        package var rate: RateLimit?
        /// What time it is for `rate`.
        package var clock = RateLimiter.monotonicClock
        /// Paths whose requests `connectionsPerClient` and `rate` leave alone, such as those that probes ask for.
        package var isExempt: @Sendable (_ path: String) -> Bool = { _ in false }
        /// Whom to believe when it says for whom it asks.
        package var trustedProxies = TrustedProxies()
        /// How long a connection may stay open without a request.
        package var idleTimeoutSeconds = 15
        /// How long a request's head may take to arrive, from the connection's or the first line's beginning.
        package var headTimeoutSeconds = 10
        /// How long a request's body may take to arrive.
        package var bodyTimeoutSeconds = 15
        /// How long handler and client together may take over a response.
        package var answerTimeoutSeconds = 30
        /// A larger body is answered with 413.
        package var maxBodyBytes = 1 << 20
        /// The limit for bodies of a Content-Type ("" for none) at a path, where it is not `maxBodyBytes`.
        package var bodyLimit: @Sendable (_ path: String, _ contentType: String) -> Int? = { _, _ in nil }
        /// A longer path with query is answered with 414.
        package var maxTargetBytes = 8192
        /// The whole head. The response's headers must fit beside it into `memoryPerConnection`, or none can be sent.
        package var maxHeadBytes = 16 << 10
        /// Connections that wait to be accepted.
        package var backlog = 1024
        /// Memory for one connection's head and headers; more than 32 KiB would be mapped anew for each.
        package var memoryPerConnection = 32 << 10
        /// Lets a successor listen on the same port before this process ends; it also lets a second one start by mistake.
        package var sharesPort = true
        /// Whether `Instruments.takeServed` is told of every request; somebody then has to take them.
        package var keepsJournal = false
        /// Where the library's complaints go, at most a few a second; standard error by default.
        package var log: @Sendable (String) -> Void = LogLimiter.standardError

        /// The endpoint's port, where it has one.
        package var port: UInt16 {
            get { if case .network(_, let port) = endpoint { port } else { 0 } }
            set { if case .network(let host, _) = endpoint { endpoint = .network(host: host, port: newValue) } }
        }

        /// Header fields that a request may have.
        package static var maxFields: Int { RequestGate.maxFields }

        /// How many threads will serve how many connections. The process's limit of open descriptors is raised as far as it may be.
        package var capacity: (threads: Int, connections: Int) {
            let threads = threads > 0 ? threads : max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN)))
            return (threads, max(threads, min(connectionLimit, Descriptors.connections(within: Descriptors.raiseLimit()))))
        }

        /// The settings as above, for loopback.
        package init() {}
    }
}
