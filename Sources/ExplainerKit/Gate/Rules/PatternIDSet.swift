/// Some patterns of a set, one bit each: asked for each sentence, so that it has to take no time.
struct PatternIDSet: Sendable {
    /// The number of the first word of bits; lower ones are empty.
    private var first = 0
    private var words: [UInt64] = []

    init(_ ids: some Collection<PatternID> = []) {
        guard let least = ids.min(), let greatest = ids.max() else { return }
        first = Int(least) / 64
        words = [UInt64](repeating: 0, count: Int(greatest) / 64 - first + 1)
        for id in ids { words[Int(id) / 64 - first] |= 1 << UInt64(id % 64) }
    }

    var isEmpty: Bool { words.isEmpty }

    func contains(_ id: PatternID) -> Bool {
        let word = Int(id) / 64 - first
        return words.indices.contains(word) && words[word] & 1 << UInt64(id % 64) != 0
    }

    func isDisjoint(with other: PatternIDSet) -> Bool {
        let start = max(first, other.first)
        let end = min(first + words.count, other.first + other.words.count)
        return start >= end || (start..<end).allSatisfy { words[$0 - first] & other.words[$0 - other.first] == 0 }
    }
}

extension PatternIDSet: ExpressibleByArrayLiteral {
    init(arrayLiteral ids: PatternID...) { self.init(ids) }
}
