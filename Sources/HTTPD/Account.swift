import CHTTPD
import Glibc

/// What measurements and logs will say of one request, gathered while it is worked on; a plain value, so that gathering allocates nothing.
@safe struct Account {
    /// Which of the application's routes it belongs to; 0 before that is known.
    var route = 0
    /// On the monotonic clock, in nanoseconds.
    private(set) var began: UInt64 = 0
    private(set) var method = MethodName.other
    /// 0 while there is no answer.
    private(set) var status = 0
    /// Of the answer's body.
    private(set) var bytes = 0
    /// The two halves of the id that `traceparent` names; both 0 without one.
    private(set) var trace: (high: UInt64, low: UInt64) = (0, 0)

    /// A request that begins now.
    static func begun() -> Account {
        var account = Account()
        account.began = MonotonicClock.now
        return account
    }

    /// - Parameter bytes: how long the body is; it is not sent for a HEAD, or with a status that has none.
    mutating func answered(_ method: HeadText?, status: Int, bytes: Int) {
        if let method = unsafe method { self.method = unsafe MethodName(method) }
        self.status = status
        self.bytes = self.method == .head || status == 304 || status == 204 ? 0 : bytes
    }

    /// Takes the trace's id from the W3C header, if it is sent and well-formed.
    mutating func readTrace(from connection: OpaquePointer) {
        var value: UnsafePointer<CChar>?
        var count = 0
        let name: StaticString = "traceparent"
        let found = unsafe name.utf8Start.withMemoryRebound(to: CChar.self, capacity: name.utf8CodeUnitCount) {
            unsafe MHD_lookup_connection_value_n(connection, .HEADER_KIND, $0, name.utf8CodeUnitCount, &value, &count)
        }
        // Version, trace id, parent id, flags: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".
        guard found == .YES, count >= 55, let start = unsafe value else { return }
        let text = unsafe HeadText(start: start, count: count)
        guard unsafe text[2] == 0x2D, unsafe text[35] == 0x2D else { return }
        var halves: [2 of UInt64] = [0, 0]
        for index in 0..<32 {
            let byte = unsafe text[3 + index]
            // Capitals are not allowed in it.
            guard byte.lowercased == byte, let digit = byte.hexValue else { return }
            halves[index / 16] = halves[index / 16] << 4 | UInt64(digit)
        }
        trace = (halves[0], halves[1])
    }
}

/// The methods that are told apart in measurements: there have to be few, and clients may send any.
enum MethodName: UInt8, CaseIterable {
    case get, head, post, options, other

    init(_ text: HeadText) {
        self = .other
        for candidate in [MethodName.get, .head, .post, .options] where unsafe text.is(candidate.text) {
            self = candidate
            return
        }
    }

    var text: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .options: "OPTIONS"
        case .other: "other"
        }
    }
}

extension HeadText {
    /// Compares byte for byte.
    fileprivate func `is`(_ word: StaticString) -> Bool {
        unsafe count == word.utf8CodeUnitCount && memcmp(start, word.utf8Start, count) == 0
    }
}

/// Nanoseconds of a clock that is never set; reading it is no system call.
package enum MonotonicClock {
    /// The time since some moment in the past.
    package static var now: UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
