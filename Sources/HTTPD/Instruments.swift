/// What a server has counted, for whoever asks; good on any thread, and after the server's end.
package final class Instruments: Sendable {
    /// Requests of one route, method and class of status, by how long they took.
    package struct Series: Sendable, Equatable {
        package let route: Int
        package let method: String
        /// 2 for 200 to 299.
        package let statusClass: Int
        /// How many took no longer than each bound, and longer than the one before; the last place has no bound.
        package var counts: [UInt64]
        package var nanoseconds: UInt64
    }

    /// Upper bounds of the places of a series, in nanoseconds.
    package static var bounds: [UInt64] { Meter.bounds }

    private let context: ServerContext

    init(_ context: ServerContext) { self.context = context }

    package var requestsInFlight: Int { context.requestsInFlight }
    package var connections: Int { context.reaper.connections }
    package var connectionsAccepted: UInt64 { sum(\.connectionsAccepted) }
    /// Bytes of bodies, without heads.
    package var bytesSent: UInt64 { sum(\.bytesSent) }
    package var bytesReceived: UInt64 { sum(\.bytesReceived) }
    /// Requests that ended without a whole answer, because the client or the reaper hung up.
    package var requestsCut: UInt64 { sum(\.requestsCut) }
    /// Requests that the log has missed because nobody took them in time.
    package var requestsUnlogged: Int { context.handlers.allWorkers.reduce(0) { $0 + ($1.journal?.lost ?? 0) } }

    /// Every series that has a request, by route, method and status.
    package var series: [Series] {
        let meters = context.handlers.allWorkers.map(\.meter)
        var all: [Series] = []
        for route in 0..<Meter.routeCount {
            for method in MethodName.allCases {
                for statusClass in Meter.statusClasses {
                    let parts = meters.map { $0.series(route, method, statusClass) }
                    let counts = (0...Meter.bounds.count).map { place in parts.reduce(0) { $0 + $1.counts[place] } }
                    guard counts.contains(where: { $0 > 0 }) else { continue }
                    all.append(
                        Series(
                            route: route, method: method.text.description, statusClass: statusClass, counts: counts,
                            nanoseconds: parts.reduce(0) { $0 + $1.nanoseconds }
                        )
                    )
                }
            }
        }
        return all
    }

    /// Hands over the requests that were finished since the last call, oldest first for each thread; for one caller only.
    package func takeServed(_ body: (Served) -> Void) {
        for worker in context.handlers.allWorkers { worker.journal?.takeAll(body) }
    }

    private func sum(_ value: (Meter) -> UInt64) -> UInt64 { context.handlers.allWorkers.reduce(0) { $0 + value($1.meter) } }
}
