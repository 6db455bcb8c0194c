import Crypto

/// Strong validators: the same bytes have the same tag on every replica.
enum EntityTag {
    /// The first 128 bits of SHA-256 over the bytes, quoted.
    static func of(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let hex = SHA256.hash(data: bytes).prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "\"\(String(decoding: hex, as: UTF8.self))\""
    }

    /// Whether an If-None-Match list names `tag`, by weak comparison (RFC 9110 §8.8.3.2); `*` names every tag.
    static func matches(_ list: String, _ tag: String) -> Bool {
        if list == tag { return true }
        return list.split(separator: ",").contains { member in
            let name = member.trimmingBlanks
            return name == "*" || name == tag || name.hasPrefix("W/") && name.dropFirst(2) == tag
        }
    }
}
