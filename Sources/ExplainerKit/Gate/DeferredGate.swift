import Foundation

/// A gate that is made when it is first asked for.
///
/// To make one takes most of a start. A configuration that is known to be good can be served before its gate is there.
final class DeferredGate: @unchecked Sendable {  // the lock guards what is stored
    private let lock = NSLock()
    private var made: Gate?
    /// Dropped once the gate is made, with the files that it holds.
    private var make: (@Sendable () -> Gate)?

    init(_ gate: Gate) { made = gate }

    init(_ make: @escaping @Sendable () -> Gate) { self.make = make }

    /// Whoever asks first makes it; others wait.
    var gate: Gate {
        lock.withLock {
            if let made { return made }
            let gate = make?() ?? Gate()
            made = gate
            make = nil
            return gate
        }
    }
}
