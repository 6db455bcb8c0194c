import Synchronization

/// One of libmicrohttpd's threads, as long as its server runs.
///
/// Its counters have one writer, the thread itself; others may look at them.
final class Worker: Sendable {
    /// Which of a prepared response's copies is this thread's own; nil when more threads than copies are running.
    let slot: Int?
    let meter = Meter()
    /// nil where nobody reads it.
    let journal: Journal?
    private let number: UInt64
    private let idsGiven = Atomic<UInt64>(0)
    private let begun = Atomic<Int>(0)
    /// Counts the beginnings and ends of work with the handlers.
    private let turns = Atomic<UInt64>(0)

    /// A stretch of time in which the thread worked with the handlers, or did not.
    struct Turn: Equatable {
        fileprivate let number: UInt64

        var isAnswering: Bool { number % 2 == 1 }
    }

    init(keepsJournal: Bool) {
        journal = keepsJournal ? Journal() : nil
        slot = WorkerSlots.take()
        number = Worker.made.wrappingAdd(1, ordering: .relaxed).newValue
    }

    deinit {
        if let slot { WorkerSlots.giveBack(slot) }
    }

    var requestsInFlight: Int { begun.load(ordering: .relaxed) }
    func requestBegan() { begun.store(begun.load(ordering: .relaxed) + 1, ordering: .relaxed) }
    func requestEnded() { begun.store(begun.load(ordering: .relaxed) - 1, ordering: .relaxed) }

    var turn: Turn { Turn(number: turns.load(ordering: .sequentiallyConsistent)) }

    /// Comes before the handlers are looked up, in the one order that all threads see: either the exchange waits, or they are the new ones.
    @inline(__always) func beginsAnswering() {
        turns.store(turns.load(ordering: .relaxed) &+ 1, ordering: .sequentiallyConsistent)
    }

    /// Whatever was done with the handlers has been done when somebody sees this.
    @inline(__always) func endsAnswering() { turns.store(turns.load(ordering: .relaxed) &+ 1, ordering: .releasing) }

    /// A number that no other exchange of this process has, and that does not tell how many there were.
    func nextID() -> UInt64 {
        let count = idsGiven.load(ordering: .relaxed) + 1
        idsGiven.store(count, ordering: .relaxed)
        // Thread and count are together unique; each step below is reversible, so the outcome is, too.
        var mixed = (number << 40 | count) ^ Worker.seed
        mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
        mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return mixed ^ (mixed >> 32)
    }

    private static let made = Atomic<UInt64>(0)
    private static let seed = UInt64.random(in: .min ... .max)
}

/// Small numbers for the threads that serve, across all servers of the process; used again once a server has stopped.
enum WorkerSlots {
    static let count = 32
    private static let free = Guarded<UInt32>(.max)

    static func take() -> Int? {
        free.withLock { free in
            guard free != 0 else { return nil }
            let slot = free.trailingZeroBitCount
            free &= ~(1 << UInt32(slot))
            return slot
        }
    }

    static func giveBack(_ slot: Int) {
        free.withLock { $0 |= 1 << UInt32(slot) }
    }
}
