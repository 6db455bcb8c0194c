import Glibc
import Synchronization

/// Hangs up on connections that take too long.
///
/// libmicrohttpd's own timeout starts anew with every byte, so a client that sends one a second holds its connection for ever;
/// and with epoll it can miss a farewell that came together with a request. One thread looks at all
/// connections five times a second. It only shuts sockets down; closing them stays with libmicrohttpd.
final class DeadlineReaper: Sendable {
    /// How long each phase may last, in seconds.
    struct Limits: Sendable {
        var head = 10
        var idle = 15
        var body = 15
        var answer = 30
        /// From this many connections on, one that waits gets a second.
        var crowd = Int.max
    }

    static let ticksPerSecond = 5

    private let limits: Limits
    private struct Registry {
        var watches: [ObjectIdentifier: Watch] = [:]
        /// How many each owner has.
        var owned: [ClientAddress: Int] = [:]
    }

    private let registry = Guarded(Registry())
    private let tick = Atomic<UInt32>(0)
    private let isStopped = Atomic(false)
    /// A pipe; writing to it ends the wait.
    private let bell: (listen: CInt, ring: CInt)

    init(limits: Limits) {
        self.limits = limits
        var ends: [CInt] = [-1, -1]
        _ = unsafe pipe(&ends)
        bell = (ends[0], ends[1])
    }

    deinit {
        close(bell.listen)
        close(bell.ring)
    }

    /// The time, in ticks since the start.
    var now: UInt32 { tick.load(ordering: .relaxed) }

    /// Counts one more connection of an owner, which `remove` takes back.
    ///
    /// - Returns: How many it has now.
    func count(_ owner: ClientAddress) -> Int {
        registry.withLock { registry in
            registry.owned[owner, default: 0] += 1
            return registry.owned[owner, default: 0]
        }
    }

    func add(_ watch: Watch) { registry.withLock { $0.watches[ObjectIdentifier(watch)] = watch } }

    /// After this the socket is touched no more, so it may be closed.
    func remove(_ watch: Watch) {
        registry.withLock { registry in
            registry.watches[ObjectIdentifier(watch)] = nil
            guard let owner = watch.owner, let count = registry.owned[owner] else { return }
            registry.owned[owner] = count > 1 ? count - 1 : nil
        }
    }

    var connections: Int { registry.withLock { $0.watches.count } }

    /// Starts the thread; `stop` ends it.
    func start() -> pthread_t {
        var thread = pthread_t()
        let argument = unsafe Unmanaged.passRetained(self).toOpaque()
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<DeadlineReaper>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument)
        precondition(status == 0, "cannot create a thread")
        return thread
    }

    private func run() {
        let start = ContinuousClock.now
        var ring = pollfd(fd: bell.listen, events: Int16(POLLIN), revents: 0)
        while !isStopped.load(ordering: .acquiring) {
            _ = unsafe poll(&ring, 1, CInt(1000 / DeadlineReaper.ticksPerSecond))
            let elapsed = (ContinuousClock.now - start) / .milliseconds(1000 / DeadlineReaper.ticksPerSecond)
            tick.store(UInt32(truncatingIfNeeded: Int(elapsed)), ordering: .relaxed)
            sweep()
        }
    }

    func stop(_ thread: pthread_t) {
        isStopped.store(true, ordering: .releasing)
        var byte: UInt8 = 0
        _ = unsafe write(bell.ring, &byte, 1)
        pthread_join(thread, nil)
    }

    /// Lets connections that wait for a request go, after those bytes that are here already have been read.
    func dismissWaiting(afterTicks patience: Int) {
        let now = now
        registry.withLock { registry in
            for watch in registry.watches.values {
                let (phase, ticks) = watch.current(at: now)
                if phase.isWaiting, ticks >= patience { shutdown(watch.socket, CInt(SHUT_RD)) }
            }
        }
    }

    private func sweep() {
        let now = now
        let looksForFarewells = Int(now) % DeadlineReaper.ticksPerSecond == 0
        registry.withLock { registry in
            let isCrowded = registry.watches.count >= limits.crowd
            for watch in registry.watches.values {
                let (phase, ticks) = watch.current(at: now)
                let isLate = ticks > seconds(for: phase, isCrowded: isCrowded || watch.isSurplus) * DeadlineReaper.ticksPerSecond
                if isLate {
                    shutdown(watch.socket, CInt(SHUT_RDWR))
                } else if looksForFarewells, phase != .answer, hasHungUp(watch.socket) {
                    // Wakes libmicrohttpd up to a farewell that it has overlooked; whatever it is about to answer still gets out.
                    shutdown(watch.socket, CInt(SHUT_RD))
                }
            }
        }
    }

    private func seconds(for phase: Watch.Phase, isCrowded: Bool) -> Int {
        switch phase {
        case .fresh: isCrowded ? 1 : limits.head
        case .idle: isCrowded ? 1 : limits.idle
        case .head: isCrowded ? 1 : limits.head
        case .body: limits.body
        case .answer: limits.answer
        }
    }

    private func hasHungUp(_ socket: CInt) -> Bool {
        var byte: UInt8 = 0
        return unsafe recv(socket, &byte, 1, CInt(MSG_PEEK | MSG_DONTWAIT)) == 0
    }
}
