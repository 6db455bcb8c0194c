import CHTTPD
import Synchronization

/// What every callback needs; the server holds the one retained reference.
final class ServerContext: Sendable {
    let gate: RequestGate
    let handlers: HandlerSwitch
    let log: LogLimiter
    let reaper: DeadlineReaper
    private let draining = Atomic(false)

    init(
        gate: RequestGate, log: LogLimiter, reaper: DeadlineReaper, handlers: HandlerSwitch
    ) {
        self.gate = gate
        self.log = log
        self.reaper = reaper
        self.handlers = handlers
    }

    var isDraining: Bool { draining.load(ordering: .relaxed) }
    func startDraining() { draining.store(true, ordering: .relaxed) }

    var requestsInFlight: Int { handlers.allWorkers.reduce(0) { $0 + $1.requestsInFlight } }
}
