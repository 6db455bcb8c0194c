import Foundation

/// A value that is made when it is first asked for.
///
/// A start need not wait for what no first answer needs: to make a topic's gate takes most of the time that there is.
package final class Deferred<Value: Sendable>: @unchecked Sendable {  // the lock guards what is stored
    private let lock = NSLock()
    private var made: Value?
    /// Dropped once the value is made, with all that it holds.
    private var make: (@Sendable () -> Value)?

    /// Of what is there already.
    package init(_ value: Value) { made = value }

    /// Of what `make` returns when it is needed.
    package init(_ make: @escaping @Sendable () -> Value) { self.make = make }

    /// Whoever asks first makes it; others wait.
    package var value: Value {
        lock.withLock {
            if let made { return made }
            guard let make else { preconditionFailure("there is a value or a way to make it") }
            let value = make()
            made = value
            self.make = nil
            return value
        }
    }
}
