/// Finds for each place of the patterns the symbols one of which has to come later, so that no thread begins that can lead nowhere.
struct NeedFinder {
    private let graph: PatternGraph
    /// How often a symbol is likely to be met.
    private let weights: [Int]
    private var numbers: [[PatternSet.Symbol]: PatternSet.Need] = [:]
    private(set) var needsOfSymbol: [[PatternSet.Need]]

    /// Symbols that weigh more are in nearly every sentence: to note where they are costs more than it saves.
    private static let heaviest = 1_000_000

    var count: Int { numbers.count }

    /// - Parameter wordsOfSymbols: with the first words of phrases
    init(_ graph: PatternGraph, wordsOfSymbols: [[WordID]], wordCount: Int) {
        self.graph = graph
        needsOfSymbol = [[PatternSet.Need]](repeating: [], count: wordsOfSymbols.count)
        // A word that patterns often ask for is likely to be common.
        var frequency = [Int](repeating: 0, count: wordCount)
        for word in wordsOfSymbols.joined() { frequency[Int(word)] += 1 }
        weights = wordsOfSymbols.map { words in words.reduce(0) { $0 + 1 + frequency[Int($1)] * frequency[Int($1)] } }
    }

    /// The need of each place; -1 where it is not known. Edges lead to later places only.
    mutating func needs() -> [PatternSet.Need] {
        var sets = [(symbols: Set<PatternSet.Symbol>, weight: Int)?](repeating: nil, count: graph.places.count)
        for (index, place) in graph.places.enumerated().reversed() where place.accepts.isEmpty {
            var union: Set<PatternSet.Symbol>? = []
            for edge in place.edges {
                guard let way = way(through: edge.target, after: sets[edge.target]) else {
                    union = nil
                    break
                }
                union?.formUnion(way)
            }
            if let union, union.count <= 1000 { sets[index] = (union, union.reduce(0) { $0 + weights[Int($1)] }) }
        }
        return zip(sets, runsBeside).map { set, runsBeside in
            guard let set, runsBeside, set.weight <= Self.heaviest else { return -1 }
            let key = set.symbols.sorted()
            if let number = numbers[key] { return number }
            let number = PatternSet.Need(numbers.count)
            numbers[key] = number
            for symbol in key { needsOfSymbol[Int(symbol)].append(number) }
            return number
        }
    }

    /// Whether a place is one of a pattern; those of phrases are tried at once, and have no threads.
    private var runsBeside: [Bool] {
        var reached = [Bool](repeating: false, count: graph.places.count)
        for edge in graph.starts.prefix(PatternSet.Purpose.allCases.count).joined() { reached[edge.target] = true }
        for index in graph.places.indices where reached[index] {
            for edge in graph.places[index].edges { reached[edge.target] = true }
        }
        return reached
    }

    /// What has to come where an edge leads to a place: what it begins with, or what its own need is, whichever is rarer.
    private func way(through place: Int, after rest: (symbols: Set<PatternSet.Symbol>, weight: Int)?) -> Set<PatternSet.Symbol>? {
        let lead = graph.places[place].condition.lead
        guard lead >= 0 else { return rest?.symbols }
        if let rest, rest.weight < weights[Int(lead)] { return rest.symbols }
        return [lead]
    }
}
