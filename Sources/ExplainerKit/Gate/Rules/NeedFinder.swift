/// Finds for each position the symbols one of which has to come later, so that no thread begins that can lead nowhere.
struct NeedFinder {
    private let positions: [PatternSet.Position]
    /// How often a symbol is likely to be met: many words, and short ones, are met often.
    private var weights: [Int]
    private var numbers: [[PatternSet.Symbol]: PatternSet.Need] = [:]
    private(set) var needsOfSymbol: [[PatternSet.Need]]

    var count: Int { numbers.count }

    init(words: [WordID: [PatternSet.Symbol]], positions: [PatternSet.Position]) {
        self.positions = positions
        let count = Int(words.values.lazy.flatMap(\.self).max() ?? -1) + 1
        weights = [Int](repeating: 0, count: count)
        needsOfSymbol = [[PatternSet.Need]](repeating: [], count: count)
        for list in words.values {
            for symbol in list { weights[Int(symbol)] += 1 + list.count * list.count }
        }
    }

    /// The need of each position; edges lead to later positions only.
    mutating func needs(follow: [[PatternSet.Edge]]) -> [PatternSet.Need] {
        var sets = [(symbols: Set<PatternSet.Symbol>, weight: Int)?](repeating: nil, count: positions.count)
        for index in positions.indices.reversed() where positions[index].accepts.isEmpty {
            var union: Set<PatternSet.Symbol>? = []
            for edge in follow[index] {
                guard let way = way(through: Int(edge.target), after: sets[Int(edge.target)]) else {
                    union = nil
                    break
                }
                union?.formUnion(way)
            }
            if let union, union.count <= 1000 { sets[index] = (union, union.reduce(0) { $0 + weights[Int($1)] }) }
        }
        return sets.map { set in
            guard let set else { return -1 }
            let key = set.symbols.sorted()
            if let number = numbers[key] { return number }
            let number = PatternSet.Need(numbers.count)
            numbers[key] = number
            for symbol in key { needsOfSymbol[Int(symbol)].append(number) }
            return number
        }
    }

    /// What has to come where an edge leads to a position: its symbol, or what its own need is, whichever is rarer.
    private func way(through position: Int, after rest: (symbols: Set<PatternSet.Symbol>, weight: Int)?) -> Set<PatternSet.Symbol>? {
        let symbol = positions[position].symbol
        guard symbol >= 0, !positions[position].isNegated else { return rest?.symbols }
        if let rest, rest.weight < weights[Int(symbol)] { return rest.symbols }
        return [symbol]
    }
}
