import Dispatch
import Glibc
import HTTPD
import Synchronization

/// Writes the log on a thread of its own, so that nobody who serves waits for whoever reads it.
///
/// Lines wait in a queue of limited length; when the reader is too slow, new ones are lost and counted.
final class LogWriter: Sendable {
    private static let capacity = 10_000

    private struct Queue {
        var lines: [String] = []
        var lost = 0
    }

    private let queue = Guarded(Queue())
    private let bell = DispatchSemaphore(value: 0)
    private let isRung = Atomic(false)
    private let isFinishing = Atomic(false)
    private let end = DispatchSemaphore(value: 0)
    private let descriptor: CInt

    init(descriptor: CInt = STDERR_FILENO) { self.descriptor = descriptor }

    /// Takes a line, without its line feed; never waits for the reader.
    ///
    /// - Parameter isOwn: whether the thread that writes has made it, which then has room for it.
    func write(_ line: String, isOwn: Bool = false) {
        queue.withLock { queue in
            if isOwn || queue.lines.count < Self.capacity { queue.lines.append(line) } else { queue.lost += 1 }
        }
        guard !isOwn else { return }
        if !isRung.exchange(true, ordering: .acquiringAndReleasing) { bell.signal() }
    }

    /// How many lines were lost since this was asked last.
    func takeLost() -> Int {
        queue.withLock { queue in
            defer { queue.lost = 0 }
            return queue.lost
        }
    }

    /// Writes until `finish` is called.
    ///
    /// - Parameters:
    ///   - pause: the longest time between two looks for what nobody rings for.
    ///   - collect: writes lines of this thread's own.
    func run(pause: DispatchTimeInterval = .seconds(60), collect: () -> Void = {}) {
        while true {
            let isLast = isFinishing.load(ordering: .acquiring)
            collect()
            let lines = queue.withLock { queue in
                defer { queue.lines = [] }
                return queue.lines
            }
            var bytes: [UInt8] = []
            for line in lines {
                bytes += line.utf8
                bytes.append(0x0A)
            }
            put(bytes)
            if isLast { break }
            if lines.isEmpty { _ = bell.wait(timeout: .now() + pause) }
            isRung.store(false, ordering: .sequentiallyConsistent)
        }
        end.signal()
    }

    /// Ends `run` when all lines are written, or gives up on a reader that does not read.
    func finish(within limit: DispatchTimeInterval = .seconds(1)) {
        isFinishing.store(true, ordering: .releasing)
        bell.signal()
        _ = end.wait(timeout: .now() + limit)
    }

    /// Waits for the reader where it has to.
    private func put(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // Nobody is there any more.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
