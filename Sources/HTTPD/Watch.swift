import Synchronization

/// What the reaper may know of one connection: its socket, what it is doing, and since when.
///
/// The connection's thread writes, the reaper reads.
final class Watch: Sendable {
    /// What a connection can be doing that must not last for ever.
    enum Phase: UInt8 {
        /// Nothing has come yet.
        case fresh
        /// A request has been answered; the next one has not begun.
        case idle
        /// The first line is here, the rest of the head is not.
        case head
        case body
        /// The handler works, or the client reads.
        case answer

        /// Whether nobody would miss the connection.
        var isWaiting: Bool { self == .fresh || self == .idle }
    }

    let socket: CInt
    /// Among whose connections it counts; nil if it counts among nobody's.
    let owner: ClientAddress?
    /// Whether the owner had as many as it may have already.
    let isSurplus: Bool
    private let reaper: DeadlineReaper
    private let state: Atomic<UInt64>

    init(socket: CInt, reaper: DeadlineReaper, owner: ClientAddress? = nil, isSurplus: Bool = false) {
        self.socket = socket
        self.owner = owner
        self.isSurplus = isSurplus
        self.reaper = reaper
        state = Atomic(Watch.pack(.fresh, reaper.now))
    }

    /// The connection now does something else.
    func enter(_ phase: Phase) { state.store(Watch.pack(phase, reaper.now), ordering: .relaxed) }

    /// What it does, and how many of the reaper's ticks it has been doing so.
    func current(at now: UInt32) -> (phase: Phase, ticks: Int) {
        let value = state.load(ordering: .relaxed)
        let phase = Phase(rawValue: UInt8(truncatingIfNeeded: value >> 32)) ?? .fresh
        // The tick may have moved on since `now` was read; a phase that begins after it has lasted no time.
        return (phase, max(0, Int(Int32(bitPattern: now &- UInt32(truncatingIfNeeded: value)))))
    }

    private static func pack(_ phase: Phase, _ tick: UInt32) -> UInt64 { UInt64(phase.rawValue) << 32 | UInt64(tick) }
}
