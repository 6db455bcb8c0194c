package import Synchronization

/// A reference that is set once, by whoever comes first, and read without a lock.
///
/// It does what `Synchronization.AtomicLazyReference` does. That one is not inlined and looks its type up at each load, which costs
/// more than all else that a request asks of the application.
@safe package struct LazyReference<Value: AnyObject & Sendable>: ~Copyable, Sendable {
    @usableFromInline let stored: Atomic<Unmanaged<Value>?>

    /// One that is not set.
    @inlinable package init() { unsafe stored = Atomic(nil) }

    deinit { unsafe stored.load(ordering: .acquiring)?.release() }

    /// The reference; nil before it is set.
    @inlinable package func load() -> Value? { unsafe stored.load(ordering: .acquiring)?.takeUnretainedValue() }

    /// Sets it, if nobody has, and returns what it is then.
    @inlinable package func storeIfNil(_ value: Value) -> Value {
        let retained = unsafe Unmanaged.passRetained(value)
        let outcome = unsafe stored.compareExchange(expected: nil, desired: retained, ordering: .acquiringAndReleasing)
        guard let first = unsafe outcome.original else { return value }
        unsafe retained.release()
        return unsafe first.takeUnretainedValue()
    }
}
