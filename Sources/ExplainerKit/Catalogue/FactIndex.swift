/// A topic's facts by what they can be asked for, so that no question has to look at every fact.
///
/// A class: it is large, and copies of a topic share it.
final class FactIndex: Sendable {
    typealias Filter = FactQuery.Filter

    /// The facts that hold.
    let holding: FactSet
    let all: FactSet
    /// For each filter, the facts of each value.
    private let values: [Filter: ValueIndex]
    /// Every word of a statement, in order, and the facts that have it.
    private let words: [(word: String, facts: [Int32])]
    /// All facts in each order.
    private let orders: [FactQuery.Sort: [Int32]]

    /// The values of one filter.
    private struct ValueIndex: Sendable {
        /// As written, by number.
        var names: [String] = []
        var numbers: [String: Int32] = [:]
        /// The numbers of the values that each fact has.
        var ofFacts: [[Int32]] = []
        /// By slug: values that differ in case or hyphens only are asked for as one.
        var facts: [String: [Int32]] = [:]
    }

    /// Of no facts.
    init() { (holding, all, values, words, orders) = (FactSet(count: 0), FactSet(count: 0), [:], [], [:]) }

    init(_ topic: Topic) {
        let facts = topic.facts
        var holding = FactSet(count: facts.count)
        var words: [String: [Int32]] = [:]
        for (index, fact) in facts.enumerated() {
            if fact.status.holds { holding.insert(Int32(index)) }
            for word in Set(FactQuery.words(fact.statement)) { words[word, default: []].append(Int32(index)) }
        }
        self.holding = holding
        all = FactSet(count: facts.count, isFull: true)
        self.words = words.map { (word: $0.key, facts: $0.value) }.sorted { $0.word < $1.word }
        values = Dictionary(uniqueKeysWithValues: Filter.allCases.map { ($0, Self.values(of: $0, in: topic)) })
        // The order by id is that of all others among equals.
        let byID = facts.indices.sorted { facts[$0].id < facts[$1].id }
        func order(by isBefore: (Fact, Fact) -> Bool) -> [Int32] {
            let ranks = byID.enumerated().sorted { a, b in
                let (first, second) = (facts[a.element], facts[b.element])
                return isBefore(first, second) || (!isBefore(second, first) && a.offset < b.offset)
            }
            return ranks.map { Int32($0.element) }
        }
        orders = [
            .id: byID.map { Int32($0) }, .year: order { $0.year < $1.year }, .newest: order { $0.year > $1.year },
            // Facts without a figure come last.
            .value: order { ($0.quantity?.value.number ?? .infinity) < ($1.quantity?.value.number ?? .infinity) },
        ]
    }

    private static func values(of filter: Filter, in topic: Topic) -> ValueIndex {
        var index = ValueIndex()
        for (number, fact) in topic.facts.enumerated() {
            var own: [Int32] = []
            for name in filter.values(of: fact, in: topic) {
                let value = index.numbers[name] ?? Int32(index.names.count)
                if index.numbers[name] == nil {
                    index.numbers[name] = value
                    index.names.append(name)
                }
                own.append(value)
                index.facts[slug(name), default: []].append(Int32(number))
            }
            index.ofFacts.append(own)
        }
        return index
    }

    /// The facts that have one of the values, given as slugs.
    func facts(_ filter: Filter, _ wanted: Set<String>) -> FactSet {
        var set = FactSet(count: all.capacity)
        for value in wanted {
            for fact in values[filter]?.facts[value] ?? [] { set.insert(fact) }
        }
        return set
    }

    /// The facts with a word in their statement that begins so.
    func facts(word prefix: String) -> FactSet {
        var set = FactSet(count: all.capacity)
        var (low, high) = (0, words.count)
        while low < high {
            let middle = (low + high) / 2
            if words[middle].word < prefix { low = middle + 1 } else { high = middle }
        }
        while low < words.count, words[low].word.hasPrefix(prefix) {
            for fact in words[low].facts { set.insert(fact) }
            low += 1
        }
        return set
    }

    /// All facts, in an order.
    func order(_ sort: FactQuery.Sort) -> [Int32] { orders[sort] ?? [] }

    /// How many of the facts have each value, most frequent first.
    func counts(of filter: Filter, in facts: FactSet) -> [(value: String, count: Int)] {
        guard let index = values[filter] else { return [] }
        var counts = [Int](repeating: 0, count: index.names.count)
        for fact in facts {
            for value in index.ofFacts[fact] { counts[Int(value)] += 1 }
        }
        return zip(index.names, counts).filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { (value: $0, count: $1) }
    }

    /// Every value that facts have, in no order.
    func names(of filter: Filter) -> [String] { values[filter]?.names ?? [] }
}

/// Some of a topic's facts, by their places in it: one bit each.
struct FactSet: Sendable {
    /// How many facts there are to choose from.
    let capacity: Int
    private var bits: [UInt64]

    init(count: Int, isFull: Bool = false) {
        capacity = count
        bits = [UInt64](repeating: isFull ? .max : 0, count: (count + 63) / 64)
        if isFull, count % 64 > 0 { bits[bits.count - 1] = (1 << UInt64(count % 64)) - 1 }
    }

    var count: Int { bits.reduce(0) { $0 + $1.nonzeroBitCount } }

    func contains(_ fact: Int32) -> Bool { bits[Int(fact) / 64] & (1 << UInt64(fact % 64)) != 0 }

    mutating func insert(_ fact: Int32) { bits[Int(fact) / 64] |= 1 << UInt64(fact % 64) }

    mutating func formIntersection(_ other: FactSet) {
        for index in bits.indices { bits[index] &= other.bits[index] }
    }
}

extension FactSet: Sequence {
    /// Gives the places in their order.
    struct Iterator: IteratorProtocol {
        fileprivate let bits: [UInt64]
        private var index = 0
        private var rest: UInt64

        fileprivate init(_ bits: [UInt64]) {
            self.bits = bits
            rest = bits.first ?? 0
        }

        mutating func next() -> Int? {
            while rest == 0 {
                index += 1
                guard index < bits.count else { return nil }
                rest = bits[index]
            }
            defer { rest &= rest - 1 }
            return index * 64 + rest.trailingZeroBitCount
        }
    }

    func makeIterator() -> Iterator { Iterator(bits) }
}
