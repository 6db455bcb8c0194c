import CHTTPD
import Glibc
import Synchronization

/// What every callback needs; the server holds the one retained reference.
final class ServerContext: Sendable {
    let gate: RequestGate
    let refuse: @Sendable (Refusal) -> Response
    let handler: Server.Handler
    let log: LogLimiter
    let reaper: DeadlineReaper
    private let draining = Atomic(false)
    private let workers = Guarded<[pthread_t: Worker]>([:])

    init(
        gate: RequestGate, log: LogLimiter, reaper: DeadlineReaper, refuse: @escaping @Sendable (Refusal) -> Response,
        handler: @escaping Server.Handler
    ) {
        self.gate = gate
        self.log = log
        self.reaper = reaper
        self.refuse = refuse
        self.handler = handler
    }

    var isDraining: Bool { draining.load(ordering: .relaxed) }
    func startDraining() { draining.store(true, ordering: .relaxed) }

    var requestsInFlight: Int {
        workers.withLock { $0.values.reduce(0) { $0 + $1.requestsInFlight } }
    }

    /// The worker that the calling thread is.
    func currentWorker() -> Worker {
        let thread = pthread_self()
        return workers.withLock { workers in
            if let known = workers[thread] { return known }
            let worker = Worker()
            workers[thread] = worker
            return worker
        }
    }
}
