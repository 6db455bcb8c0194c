import Crypto
import ExplainerKit

/// The script of the custom elements, one for each topic, under an address that names its bytes.
struct EmbedScript: Sendable {
    let text: String
    /// For the `integrity` attribute.
    let integrity: String
    /// The first of the digest's hex digits.
    let digest: String

    init(topics: [String]) {
        let names = topics.map { "\"\($0)\"" }.joined(separator: ", ")
        text = Templates.embedScript.replacing(/const TOPICS = \[.*\];/) { _ in "const TOPICS = [\(names)];" }
        let hash = Array(SHA384.hash(data: Array(text.utf8)))
        integrity = "sha384-" + base64(hash)
        digest = hash.prefix(8).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// Where these bytes are served, and never others.
    var path: String { "/embed/\(digest)/embed.js" }
}

/// RFC 4648 §4, of a whole number of groups of three bytes.
private func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return String(
        stride(from: 0, to: bytes.count - 2, by: 3).flatMap { start -> [Character] in
            let group = bytes[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
            return [18, 12, 6, 0].map { digits[group >> $0 & 63] }
        }
    )
}
