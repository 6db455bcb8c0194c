import Dispatch
import Foundation

/// What `work` makes of each element, in the order of the elements, computed on all cores.
func concurrently<Element: Sendable, Output: Sendable>(
    _ elements: [Element], _ work: @escaping @Sendable (Element) -> Output
) -> [Output] {
    let outputs = Outputs<Output>(count: elements.count)
    DispatchQueue.concurrentPerform(iterations: elements.count) { outputs.put(work(elements[$0]), at: $0) }
    return outputs.all
}

/// Places that several threads fill.
private final class Outputs<Output: Sendable>: @unchecked Sendable {  // the lock guards what is stored
    private let lock = NSLock()
    private var stored: [Output?]

    init(count: Int) { stored = Array(repeating: nil, count: count) }

    func put(_ output: Output, at index: Int) { lock.withLock { stored[index] = output } }

    var all: [Output] { lock.withLock { stored.compactMap(\.self) } }
}
