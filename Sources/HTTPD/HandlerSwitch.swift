import Glibc
import Synchronization

/// What answers a server's requests, exchangeable as a whole while it serves.
///
/// The serving threads take no lock and count no reference. Each announces when it begins to work with the handlers and
/// when it has done; whoever exchanges them puts the new ones in place first, and lets go of the old ones when every thread that
/// had begun before has done. A thread that serves nobody holds nothing, so what is old is freed at once.
@safe package final class HandlerSwitch: Sendable {
    /// One state of the application.
    final class Handlers: Sendable {
        let refuse: @Sendable (Refusal) -> Response
        let handler: Server.Handler

        init(refuse: @escaping @Sendable (Refusal) -> Response, handler: @escaping Server.Handler) {
            self.refuse = refuse
            self.handler = handler
        }
    }

    /// Retained here, and nowhere else for longer than an answer takes to make.
    private let current: Atomic<Unmanaged<Handlers>>
    private let workers = Guarded<[pthread_t: Worker]>([:])
    /// Two exchanges at a time would both wait for the same threads; one after the other is clearer.
    private let exchanging = Guarded(())

    private let keepsJournal: Bool

    init(refuse: @escaping @Sendable (Refusal) -> Response, handler: @escaping Server.Handler, keepsJournal: Bool) {
        self.keepsJournal = keepsJournal
        unsafe current = Atomic(Unmanaged.passRetained(Handlers(refuse: refuse, handler: handler)))
    }

    deinit { unsafe current.load(ordering: .acquiring).release() }

    /// Answers requests with other handlers from now on; returns when nobody uses the old ones any more, and they are freed.
    package func replace(refuse: @escaping @Sendable (Refusal) -> Response, handler: @escaping Server.Handler) {
        let next = Handlers(refuse: refuse, handler: handler)
        exchanging.withLock { _ in
            let old = unsafe current.exchange(Unmanaged.passRetained(next), ordering: .sequentiallyConsistent)
            // A thread that is not in this list yet finds the new handlers: it has to take the same lock to get into it.
            for worker in allWorkers {
                let turn = worker.turn
                while turn.isAnswering, worker.turn == turn { usleep(200) }
            }
            unsafe old.release()
        }
    }

    /// Lends the handlers to `body`, which runs on the thread of `worker`.
    @inline(__always)
    func withHandlers<Result>(_ worker: Worker, _ body: (Handlers) -> Result) -> Result {
        worker.beginsAnswering()
        defer { worker.endsAnswering() }
        return unsafe current.load(ordering: .sequentiallyConsistent)._withUnsafeGuaranteedRef(body)
    }

    /// The worker that the calling thread is.
    func currentWorker() -> Worker {
        let thread = pthread_self()
        return workers.withLock { workers in
            if let known = workers[thread] { return known }
            let worker = Worker(keepsJournal: keepsJournal)
            workers[thread] = worker
            return worker
        }
    }

    var allWorkers: [Worker] { workers.withLock { Array($0.values) } }
}
