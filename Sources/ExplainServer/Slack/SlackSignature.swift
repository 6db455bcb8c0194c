import Crypto
import Foundation

/// Tells whether a request comes from the Slack app whose signing secret we know, and comes now.
struct SlackSignature: Sendable {
    private let key: SymmetricKey
    /// The time, in seconds since 1970.
    private let now: @Sendable () -> Int

    /// How far Slack's clock and ours may be apart: what is older may have been recorded and sent again.
    static let window = 300

    init(secret: String, now: @escaping @Sendable () -> Int) {
        key = SymmetricKey(data: Array(secret.utf8))
        self.now = now
    }

    static let systemTime: @Sendable () -> Int = { Int(Date().timeIntervalSince1970) }

    /// The header fields that carry signature and time.
    static let headers = ["X-Slack-Signature", "X-Slack-Request-Timestamp"]

    /// Lets through what is signed, in a time that does not depend on where a signature is wrong.
    func check(_ headers: [String: String], body: [UInt8]) throws(HTTPProblem) {
        guard let signature = headers[Self.headers[0]], let stamp = headers[Self.headers[1]] else {
            throw HTTPProblem(403, "Only Slack asks here: the fields X-Slack-Signature and X-Slack-Request-Timestamp are missing.")
        }
        // Slack's stamps are digits; a longer one is none.
        guard !stamp.isEmpty, stamp.utf8.count <= 12, stamp.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let sent = Int(stamp) else {
            throw HTTPProblem(403, "X-Slack-Request-Timestamp has to be seconds since 1970, in digits.")
        }
        guard abs(now() - sent) <= Self.window else {
            throw HTTPProblem(
                403, "The request is stamped more than \(Self.window / 60) minutes from the time here; send it anew, or set the clock.")
        }
        guard let code = Self.code(signature),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array("v0:\(stamp):".utf8) + body, using: key)
        else {
            throw HTTPProblem(403, "The signature does not fit; is slack_signing_secret the Signing Secret of this Slack app?")
        }
    }

    /// The 32 bytes behind "v0="; nil for what has another form.
    private static func code(_ signature: String) -> [UInt8]? {
        let digits = Array(signature.utf8.dropFirst(3))
        guard signature.hasPrefix("v0="), digits.count == 2 * SHA256.byteCount else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = digits[index...(index + 1)].map { Character(Unicode.Scalar($0)).hexDigitValue }
            guard let high = pair[0], let low = pair[1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}
