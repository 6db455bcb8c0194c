import Glibc
import Synchronization

/// What one serving thread has counted since it began.
///
/// By hand, because swift-metrics wants a look-up and an update that all threads share for each observation. Here only the thread itself writes,
/// with plain stores: no lock, no allocation, and no cache line that two threads want. Whoever asks adds the threads up.
@safe final class Meter: @unchecked Sendable {  // the cells are atomic
    /// Upper bounds of the histogram, in nanoseconds; one more place counts what takes longer.
    static let bounds: [UInt64] = [
        50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 50_000_000, 250_000_000, 1_000_000_000,
    ]
    /// Routes with a higher number count as 0.
    static let routeCount = 128
    static let statusClasses = 1...5

    /// For each route, method and class of status: the places of the histogram, then the sum in nanoseconds.
    private let cells: UnsafeMutablePointer<Atomic<UInt64>>
    private static let width = bounds.count + 2
    private static let methods = MethodName.allCases.count
    private static let cellCount = routeCount * methods * statusClasses.count * width

    private let sent = Atomic<UInt64>(0)
    private let received = Atomic<UInt64>(0)
    private let cut = Atomic<UInt64>(0)
    private let accepted = Atomic<UInt64>(0)

    init() {
        // Zeros that take no memory until they are counted up; most never are.
        guard let zeros = unsafe calloc(Meter.cellCount, MemoryLayout<Atomic<UInt64>>.stride) else { fatalError("out of memory") }
        unsafe cells = zeros.bindMemory(to: Atomic<UInt64>.self, capacity: Meter.cellCount)
    }

    deinit {
        unsafe free(cells)
    }

    var bytesSent: UInt64 { sent.load(ordering: .relaxed) }
    var bytesReceived: UInt64 { received.load(ordering: .relaxed) }
    var requestsCut: UInt64 { cut.load(ordering: .relaxed) }
    var connectionsAccepted: UInt64 { accepted.load(ordering: .relaxed) }

    func connectionAccepted() { Meter.add(1, to: accepted) }
    func requestCut() { Meter.add(1, to: cut) }

    func record(_ account: Account, nanoseconds: UInt64, received count: Int) {
        guard Meter.statusClasses.contains(account.status / 100) else { return }
        let start = Meter.start(account.route < Meter.routeCount ? account.route : 0, Int(account.method.rawValue), account.status / 100)
        var place = 0
        while place < Meter.bounds.count, nanoseconds > Meter.bounds[place] { place += 1 }
        unsafe Meter.add(1, to: cells[start + place])
        unsafe Meter.add(nanoseconds, to: cells[start + Meter.width - 1])
        Meter.add(UInt64(account.bytes), to: sent)
        if count > 0 { Meter.add(UInt64(count), to: received) }
    }

    /// The histogram of one route, method and class of status.
    func series(_ route: Int, _ method: MethodName, _ statusClass: Int) -> (counts: [UInt64], nanoseconds: UInt64) {
        let start = Meter.start(route, Int(method.rawValue), statusClass)
        let values = (start..<start + Meter.width).map { unsafe cells[$0].load(ordering: .relaxed) }
        return (Array(values.dropLast()), values[Meter.width - 1])
    }

    private static func start(_ route: Int, _ method: Int, _ statusClass: Int) -> Int {
        ((route * methods + method) * statusClasses.count + statusClass - 1) * width
    }

    /// A load and a store are enough where nobody else writes.
    @inline(__always) private static func add(_ amount: UInt64, to counter: borrowing Atomic<UInt64>) {
        counter.store(counter.load(ordering: .relaxed) &+ amount, ordering: .relaxed)
    }
}
