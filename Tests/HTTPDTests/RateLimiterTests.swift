import Synchronization
import Testing

@testable import HTTPD

/// A clock that only goes when it is told to.
final class TestClock: Sendable {
    private let time = Atomic<Int64>(0)
    var read: RateLimiter.Clock { { self.time.load(ordering: .relaxed) } }
    func advance(_ duration: Duration) { time.add(Int64(duration / .nanoseconds(1)), ordering: .relaxed) }
}

struct RateLimiterTests {
    private let clock = TestClock()
    private let client = ClientAddress.ipv4(1)

    private func limiter(perSecond: Int, burst: Int) -> RateLimiter {
        RateLimiter(RateLimit(perSecond: perSecond, burst: burst), now: clock.read)
    }

    @Test func `lets a burst pass, then one for each interval`() {
        let limiter = limiter(perSecond: 4, burst: 3)
        #expect((0..<5).map { _ in limiter.wait(of: client) } == [nil, nil, nil, 1, 1])
        clock.advance(.milliseconds(250))
        #expect((0..<2).map { _ in limiter.wait(of: client) } == [nil, 1])
        // A rest fills the bucket, and no more than that.
        clock.advance(.seconds(3600))
        #expect((0..<4).map { _ in limiter.wait(of: client) } == [nil, nil, nil, 1])
    }

    @Test(arguments: [(1, 1), (1, 5), (3, 2), (1000, 1), (7, 100)])
    func `is right about the wait, in whole seconds`(perSecond: Int, burst: Int) throws {
        let limiter = limiter(perSecond: perSecond, burst: burst)
        for _ in 0..<burst { #expect(limiter.wait(of: client) == nil) }
        let wait = try #require(limiter.wait(of: client))
        #expect(wait == 1)
        clock.advance(.seconds(wait))
        #expect(limiter.wait(of: client) == nil)
    }

    @Test func `a refused request costs nothing`() {
        let limiter = limiter(perSecond: 1, burst: 1)
        #expect(limiter.wait(of: client) == nil)
        for _ in 0..<100 { #expect(limiter.wait(of: client) == 1) }
        clock.advance(.seconds(1))
        #expect(limiter.wait(of: client) == nil)
    }

    @Test func `tells clients apart, and takes an IPv6 network for one`() {
        let limiter = limiter(perSecond: 1, burst: 1)
        #expect(limiter.wait(of: .ipv4(1)) == nil)
        #expect(limiter.wait(of: .ipv4(2)) == nil)
        #expect(limiter.wait(of: .ipv6(7, 1)) == nil)
        #expect(limiter.wait(of: .ipv6(7, 2)) == 1)
        #expect(limiter.wait(of: .ipv6(8, 1)) == nil)
    }

    @Test func `more addresses than there is room for are let in all the same, and the newest are remembered`() {
        let limiter = limiter(perSecond: 1, burst: 1)
        let count = UInt32(RateLimiter.capacity * 3)
        for address in 0..<count {
            clock.advance(.nanoseconds(1))
            if limiter.wait(of: .ipv4(address)) != nil { Issue.record("\(address) is refused its first request") }
        }
        let newest = UInt32(RateLimiter.capacity / 8)
        let remembered = (count - newest..<count).count { limiter.wait(of: .ipv4($0)) != nil }
        // Chance may put many into one place, but not most.
        #expect(remembered > newest * 9 / 10)
    }

    @Test func `whoever has used up the most is forgotten last`() {
        let limiter = limiter(perSecond: 10, burst: 50)
        for _ in 0..<50 { #expect(limiter.wait(of: client) == nil) }
        for address in 2..<UInt32(RateLimiter.capacity * 3) { _ = limiter.wait(of: .ipv4(address)) }
        #expect(limiter.wait(of: client) == 1)
    }
}
