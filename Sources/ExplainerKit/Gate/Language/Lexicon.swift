/// A word of the lexicon.
typealias WordID = Int32

/// Numbers the words that rules speak of, and knows which other words are common in the language or names that people are given.
///
/// Words are known by a hash of their lower-case UTF-8, so a look-up while reading a text touches no string.
package struct Lexicon: Sendable {
    static let unknown: WordID = 0
    private var words = HashTable<WordID>()
    private var properties = HashTable<Property>()
    private(set) var count = 1

    enum Property: UInt8, Sendable {
        case commonWord = 1
        case firstName = 2
        /// A name that is also a word: "mark", "grace".
        case both = 3
    }

    package init() {}

    /// - Parameters:
    ///   - commonWords: lower-case, one a line; lines that begin with # are notes
    ///   - firstNames: likewise
    package init(commonWords: String, firstNames: String) {
        for word in Self.lines(of: commonWords) { properties[WordHash(word).value] = .commonWord }
        for name in Self.lines(of: firstNames) {
            let hash = WordHash(name).value
            properties[hash] = properties[hash] == .commonWord || properties[hash] == .both ? .both : .firstName
        }
    }

    private static func lines(of text: String) -> [Substring.UTF8View] {
        text.utf8.split { $0 == 0x0A || $0 == 0x0D }.filter { $0.first != UInt8(ascii: "#") }
    }

    /// The number of a word, given one if it has none.
    mutating func intern(_ word: some StringProtocol) -> WordID {
        let hash = WordHash(word.utf8).value
        if let id = words[hash] { return id }
        let id = WordID(count)
        count += 1
        words[hash] = id
        return id
    }

    func id(ofHash hash: UInt64) -> WordID { words[hash] ?? Self.unknown }

    func id(of word: some StringProtocol) -> WordID { id(ofHash: WordHash(word.utf8).value) }

    func property(ofHash hash: UInt64) -> Property? { properties[hash] }
}

/// FNV-1a over lower-case bytes.
struct WordHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    init() {}

    init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
    }

    /// Eight bytes at once.
    mutating func add(_ number: UInt64) {
        value = (value ^ number) &* 0x9e37_79b9_7f4a_7c15
        value ^= value >> 29
    }

    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)) &* 0x0000_0100_0000_01b3
    }
}

/// Open addressing over keys that are hashes already; about three times as fast as a Dictionary, which would hash them again.
struct HashTable<Value: Sendable>: Sendable {
    private var keys = [UInt64](repeating: 0, count: 64)
    private var values = [Value?](repeating: nil, count: 64)
    private var used = 0

    subscript(key: UInt64) -> Value? {
        get { values[slot(of: key)] }
        set {
            if used * 2 >= keys.count { grow() }
            let slot = slot(of: key)
            if values[slot] == nil { used += 1 }
            keys[slot] = key
            values[slot] = newValue
        }
    }

    private func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: key ^ key >> 32) & (keys.count - 1)
        while values[slot] != nil, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }

    private mutating func grow() {
        let old = zip(keys, values)
        keys = [UInt64](repeating: 0, count: keys.count * 2)
        values = [Value?](repeating: nil, count: keys.count)
        for (key, value) in old {
            guard let value else { continue }
            let slot = slot(of: key)
            keys[slot] = key
            values[slot] = value
        }
    }
}
