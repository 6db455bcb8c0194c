/// Characters that HTML and Markdown write as `&name;`, `&#38;` or `&#x26;`.
enum HTMLEntities {
    private struct Entity {
        let scalar: Unicode.Scalar
        let mayLackSemicolon: Bool
    }

    private static let named: HashTable<Entity> = {
        var named = HashTable<Entity>()
        for word in Array(htmlEntityTable.utf8).split(whereSeparator: { $0 <= 0x20 }) {
            guard let equals = word.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let isLegacy = word[equals - 1] == UInt8(ascii: "!")
            let value = word[(equals + 1)...].reduce(UInt32(0)) { $0 << 4 | UInt32(hexadecimalValue(of: $1) ?? 0) }
            guard let scalar = Unicode.Scalar(value) else { continue }
            named[NameHash(word[..<(isLegacy ? equals - 1 : equals)]).value] = Entity(scalar: scalar, mayLackSemicolon: isLegacy)
        }
        return named
    }()

    private static let longestName = 32
    private static let longestLegacyName = 6

    /// The character for which the `&` at `index` stands with what follows it, and where that ends; nil if it is only an ampersand.
    ///
    /// - Parameter needsSemicolon: so in Markdown; in HTML older names and numbers go without
    static func decode(
        _ bytes: [UInt8], at index: Int, before limit: Int, needsSemicolon: Bool = false
    ) -> (scalar: Unicode.Scalar, end: Int)? {
        guard index + 2 < limit else { return nil }
        if bytes[index + 1] == UInt8(ascii: "#") { return number(bytes, from: index + 2, before: limit, needsSemicolon) }

        var hash = NameHash()
        var end = index + 1
        var legacy: (scalar: Unicode.Scalar, end: Int)?
        while end < limit, end - index <= longestName, isLetter(bytes[end]) || isDigit(bytes[end]) {
            hash.add(bytes[end])
            end += 1
            if end - index <= longestLegacyName + 1, let entity = named[hash.value], entity.mayLackSemicolon {
                legacy = (entity.scalar, end)
            }
        }
        if end < limit, bytes[end] == UInt8(ascii: ";"), let entity = named[hash.value] { return (entity.scalar, end + 1) }
        return needsSemicolon ? nil : legacy
    }

    private static func number(
        _ bytes: [UInt8], from start: Int, before limit: Int, _ needsSemicolon: Bool
    ) -> (scalar: Unicode.Scalar, end: Int)? {
        let isHexadecimal = bytes[start] | 0x20 == UInt8(ascii: "x")
        let base = isHexadecimal ? 16 : 10
        let digits = isHexadecimal ? start + 1 : start
        var value = 0
        var end = digits
        while end < limit, let digit = hexadecimalValue(of: bytes[end]), digit < base {
            value = min(value * base + digit, 0x11_0000)
            end += 1
        }
        let hasSemicolon = end < limit && bytes[end] == UInt8(ascii: ";")
        guard end > digits, hasSemicolon || !needsSemicolon else { return nil }
        return (scalar(numbered: value), hasSemicolon ? end + 1 : end)
    }

    /// Numbers of C1 controls mean what they are in Windows-1252, as in browsers.
    private static let windows1252 = Array("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

    private static func scalar(numbered value: Int) -> Unicode.Scalar {
        if (0x80..<0xA0).contains(value) { return windows1252[value - 0x80] }
        return value == 0 ? "\u{FFFD}" : Unicode.Scalar(UInt32(value)) ?? "\u{FFFD}"
    }
}

/// FNV-1a over bytes as they are: `&Eacute;` is not `&eacute;`.
private struct NameHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    init() {}

    init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
    }

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
}
