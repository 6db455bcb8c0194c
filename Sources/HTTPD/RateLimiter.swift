/// How often one client may ask.
package struct RateLimit: Sendable, Equatable {
    /// Requests a second, in the long run.
    package var perSecond: Int
    /// Requests at once, after a rest.
    package var burst: Int

    /// Both at least 1.
    package init(perSecond: Int, burst: Int) {
        self.perSecond = perSecond
        self.burst = burst
    }
}

/// A token bucket for each client, in memory that does not grow.
///
/// A bucket is kept as one number: the time at which it will be full again. A full bucket is thus one whose time is past, and a client without an entry
/// has a full one. So entries need no cleaning up: a new client takes the place of the one whose bucket is fullest, and
/// an attacker with a million addresses can do no more than forgive other clients early.
package final class RateLimiter: Sendable {
    /// Nanoseconds since some moment.
    package typealias Clock = @Sendable () -> Int64

    private struct Bucket {
        var client: UInt64 = 0
        var isFullAt = Int64.min
    }

    /// Each has a lock of its own, so that serving threads seldom wait for each other.
    private static let shardCount = 64
    /// Places that a client may have within its shard.
    private static let ways = 8
    private static let setsPerShard = 128
    /// Clients that are remembered at a time.
    static let capacity = shardCount * setsPerShard * ways

    private let shards: [Guarded<[Bucket]>]
    private let now: Clock
    /// Until the next request is due.
    private let interval: Int64
    /// How far from full a bucket may be for a request to pass.
    private let patience: Int64

    package init(_ limit: RateLimit, now: @escaping Clock = RateLimiter.monotonicClock) {
        shards = (0..<Self.shardCount).map { _ in Guarded([Bucket](repeating: Bucket(), count: Self.setsPerShard * Self.ways)) }
        self.now = now
        interval = max(1, 1_000_000_000 / Int64(limit.perSecond))
        patience = interval * Int64(limit.burst - 1)
    }

    /// Time that goes on whatever is done to the clock on the wall.
    package static let monotonicClock: Clock = { Int64(MonotonicClock.now) }

    /// Takes a token from the client's bucket.
    ///
    /// - Returns: nil if there was one; else whole seconds after which there is.
    package func wait(of client: ClientAddress) -> Int? {
        // Seeded anew in every process, so nobody can choose whom to share a place with.
        var hasher = Hasher()
        hasher.combine(client.household)
        let key = UInt64(UInt(bitPattern: hasher.finalize()))
        let now = now()
        let first = Int(key >> 8) & (Self.setsPerShard - 1)
        return shards[Int(key & 0x3F)].withLock { buckets in
            var place = first * Self.ways
            for candidate in place..<place + Self.ways {
                if buckets[candidate].client == key {
                    place = candidate
                    break
                }
                if buckets[candidate].isFullAt < buckets[place].isFullAt { place = candidate }
            }
            let isFullAt = buckets[place].client == key ? max(buckets[place].isFullAt, now) : now
            let missing = isFullAt - now - patience
            if missing > 0 { return Int((missing + 999_999_999) / 1_000_000_000) }
            buckets[place] = Bucket(client: key, isFullAt: isFullAt + interval)
            return nil
        }
    }
}
