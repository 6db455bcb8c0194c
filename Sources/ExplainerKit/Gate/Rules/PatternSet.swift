/// Which pattern of a set.
typealias PatternID = Int32

/// All patterns of a topic's rules as one automaton that reads each token once.
///
/// A position automaton (Glushkov): a state is a place in a pattern, and there are no loops, so that a thread lives at most as long as its pattern.
/// Patterns that begin alike share their beginning. All run side by side and no state is entered twice for a token: time is linear in the tokens, whatever they are.
struct PatternSet: Sendable {
    private var positions: [Position] = []
    /// What positions ask for besides their first symbol.
    private var furtherSymbols: [SymbolCondition] = []
    private var acceptances: [Acceptance] = []
    /// Out of each position: first those to positions that ask for a symbol, in the order of the symbols, then the others.
    private var edges: [Edge] = []
    /// The edges out of the start, by purpose.
    private var starts: [StartEdges] = Purpose.allCases.map { _ in StartEdges() }
    /// What each word of the lexicon is one of; where each word's begin, and an end.
    private var symbols: [Symbol] = []
    private var firstSymbol: [Int32] = [0, 0]
    private var symbolCount = 0
    /// The needs that each word of the lexicon meets; where each word's begin, and an end.
    private var needs: [Need] = []
    private var firstNeed: [Int32] = [0, 0]
    private var needCount = 0

    /// A set of words that patterns ask for: the forms of a word, one form, or a class.
    typealias Symbol = Int32

    /// What a pattern is looked for.
    enum Purpose: Int, CaseIterable, Sendable {
        /// Something may begin with it.
        case finding
        /// It decides about what was found, and is looked for only where something was.
        case judging
    }

    /// The edges out of the start for one purpose.
    fileprivate struct StartEdges {
        /// By the symbol that their position asks for; where each symbol's begin, and an end.
        var edges: [Edge] = []
        var first: [Int32] = [0]
        /// To positions that ask for no symbol, by one of the flags that they ask for.
        var others: [(flag: Token.Flags, edges: [Edge])] = []
    }

    fileprivate struct Position {
        /// What the token has to be, and may not be.
        let required: Token.Flags
        let forbidden: Token.Flags
        /// What its word has to be one of, or with `isNegated` may not be; -1 for any.
        let symbol: Symbol
        let isNegated: Bool
        let isMarked: Bool
        /// In `furtherSymbols`.
        let further: Range<Int32>
        /// In `acceptances`.
        var accepts: Range<Int32> = 0..<0
        var firstEdge: Int32 = 0
        var firstOtherEdge: Int32 = 0
        var lastEdge: Int32 = 0
    }

    /// A pattern that ends at a position.
    fileprivate struct Acceptance {
        let pattern: PatternID
        /// What its last token has to be.
        let flags: Token.Flags
    }

    fileprivate struct SymbolCondition: Hashable {
        let symbol: Symbol
        var isNegated = false
    }

    fileprivate struct Edge {
        let target: Int32
        /// What the next token has to be.
        let flags: Token.Flags
        /// What its position asks for; -1 if that is no symbol.
        var symbol: Symbol = -1
        /// What the rest of the sentence has to hold for anything to come of it; -1 if that is not known.
        var need: Need = -1
    }

    /// Symbols one of which has to come.
    fileprivate typealias Need = Int32

    /// Where a pattern matches, in tokens.
    struct Match: Equatable {
        let pattern: PatternID
        let tokens: Range<Int>
        /// What the pattern marks, or all of it.
        let marked: Range<Int>
    }

    /// Memory that one check uses again for each sentence.
    struct Scratch {
        fileprivate var threads: [Thread] = []
        fileprivate var next: [Thread] = []
        /// The step in which each position was last entered.
        fileprivate var entered: [UInt32]
        /// The step whose token was last one of each symbol.
        fileprivate var present: [UInt32]
        fileprivate var step: UInt32 = 0
        /// Where in the text each need is met for the last time in this sentence; lower numbers are of earlier sentences.
        fileprivate var lastMet: [Int32]
    }

    fileprivate struct Thread {
        let position: Int32
        let start: Int32
        let markStart: Int32
        let markEnd: Int32
    }

    var scratch: Scratch {
        Scratch(
            entered: [UInt32](repeating: 0, count: positions.count), present: [UInt32](repeating: 0, count: symbolCount),
            lastMet: [Int32](repeating: -1, count: needCount)
        )
    }

    /// Adds every match in a sentence, by the place where it ends.
    func findMatches(
        in text: TokenizedText, _ sentence: Sentence, for purpose: Purpose = .finding, _ scratch: inout Scratch, into matches: inout [Match]
    ) {
        let starts = starts[purpose.rawValue]
        scratch.threads.removeAll(keepingCapacity: true)
        for index in sentence.tokens {
            let word = known(text.tokens[index].word)
            for need in Int(firstNeed[word])..<Int(firstNeed[word + 1]) { scratch.lastMet[Int(needs[need])] = Int32(index) }
        }
        for index in sentence.tokens {
            let token = text.tokens[index]
            // Words that were numbered after the set was made are none of its words.
            let word = Int(token.word) + 1 < firstSymbol.count ? Int(token.word) : 0
            let words = Int(firstSymbol[word])..<Int(firstSymbol[word + 1])
            scratch.step &+= 1
            for word in words { scratch.present[Int(symbols[word])] = scratch.step }
            scratch.next.removeAll(keepingCapacity: true)
            for thread in scratch.threads { advance(thread, token, index, words, &scratch, &matches) }
            let fresh = Thread(position: -1, start: Int32(index), markStart: -1, markEnd: -1)
            for word in words {
                let symbol = Int(symbols[word])
                for edge in Int(starts.first[symbol])..<Int(starts.first[symbol + 1]) {
                    follow(starts.edges[edge], from: fresh, token, index, &scratch, &matches)
                }
            }
            for group in starts.others where token.flags.isSuperset(of: group.flag) {
                for edge in group.edges { follow(edge, from: fresh, token, index, &scratch, &matches) }
            }
            swap(&scratch.threads, &scratch.next)
        }
    }

    /// The word's place in the lists by word: words that the lexicon learnt after the set was compiled mean nothing to it.
    private func known(_ word: WordID) -> Int { Int(word) < firstSymbol.count - 1 ? Int(word) : Int(Lexicon.unknown) }

    /// Follows the edges out of a thread's position; where there are many, only those that the word's symbols lead to are looked at.
    private func advance(
        _ thread: Thread, _ token: Token, _ index: Int, _ words: Range<Int>, _ scratch: inout Scratch, _ matches: inout [Match]
    ) {
        let first = Int(positions[Int(thread.position)].firstEdge)
        let firstOther = Int(positions[Int(thread.position)].firstOtherEdge)
        let last = Int(positions[Int(thread.position)].lastEdge)
        if firstOther - first <= 2 * words.count {
            for edge in first..<firstOther where scratch.present[Int(edges[edge].symbol)] == scratch.step {
                follow(edges[edge], from: thread, token, index, &scratch, &matches)
            }
        } else {
            for word in words {
                var edge = lowerBound(of: symbols[word], in: first..<firstOther)
                while edge < firstOther, edges[edge].symbol == symbols[word] {
                    follow(edges[edge], from: thread, token, index, &scratch, &matches)
                    edge += 1
                }
            }
        }
        for edge in firstOther..<last { follow(edges[edge], from: thread, token, index, &scratch, &matches) }
    }

    private func lowerBound(of symbol: Symbol, in range: Range<Int>) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if edges[middle].symbol < symbol { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Enters the edge's position if the token is what it asks for.
    private func follow(
        _ edge: Edge, from thread: Thread, _ token: Token, _ index: Int, _ scratch: inout Scratch, _ matches: inout [Match]
    ) {
        if edge.need >= 0, Int(scratch.lastMet[Int(edge.need)]) <= index { return }
        let target = Int(edge.target)
        guard token.flags.isSuperset(of: edge.flags), scratch.entered[target] != scratch.step else { return }
        let position = positions[target]
        guard token.flags.isSuperset(of: position.required), token.flags.isDisjoint(with: position.forbidden) else { return }
        if position.symbol >= 0, (scratch.present[Int(position.symbol)] == scratch.step) == position.isNegated { return }
        for further in position.further {
            let condition = furtherSymbols[Int(further)]
            if (scratch.present[Int(condition.symbol)] == scratch.step) == condition.isNegated { return }
        }
        scratch.entered[target] = scratch.step
        let isFirstMark = position.isMarked && thread.markStart < 0
        let markStart = isFirstMark ? Int32(index) : thread.markStart
        let markEnd = position.isMarked ? Int32(index) + 1 : thread.markEnd
        if position.firstEdge < position.lastEdge {
            scratch.next.append(Thread(position: edge.target, start: thread.start, markStart: markStart, markEnd: markEnd))
        }
        for acceptance in position.accepts {
            let accepted = acceptances[Int(acceptance)]
            guard token.flags.isSuperset(of: accepted.flags) else { continue }
            let whole = Int(thread.start)..<index + 1
            matches.append(Match(pattern: accepted.pattern, tokens: whole, marked: markStart < 0 ? whole : Int(markStart)..<Int(markEnd)))
        }
    }
}

extension TokenTest {
    /// What a token has to be to pass.
    var flags: Token.Flags {
        switch self {
        case .any: []
        case .pause: .pause
        case .word: .word
        case .number: .number
        case .object: .object
        case .symbol: .symbol
        case .colon: .colon
        case .question: .question
        case .exclamation: .exclamation
        case .capitalized: .capitalized
        case .allCapitals: .allCapitals
        case .uncommon: .uncommon
        case .firstName: .firstName
        case .holdsDigit: .holdsDigit
        case .hyphenated: .afterHyphen
        case .bracketed: .opensBracket
        case .quoted: .opensQuote
        case .inQuotes: .inQuotes
        case .past: .endsInED
        case .gerund: .endsInING
        case .adverb: .endsInLY
        }
    }
}

/// Compiles patterns into a `PatternSet`.
///
/// A class, so that its tables are never copied: there are tens of thousands of entries in them.
final class PatternCompiler {
    var lexicon: Lexicon
    private let inflection: Inflection
    /// Words and phrases by the name of their class.
    private var classes: [String: [PatternSyntax]] = [:]
    private var compiledClasses: [String: (symbol: PatternSet.Symbol?, phrases: [PatternSyntax])] = [:]
    private var classesUnderWay: Set<String> = []
    private var set: PatternSet = PatternSet()
    private var follow: [[PatternSet.Edge]] = []
    private var accepts: [[PatternSet.Acceptance]] = []
    /// Patterns that begin alike share their beginning.
    private var positions: [PositionKey: Int] = [:]
    private var ids: [PatternKey: PatternID] = [:]
    private var starts: [[PatternSet.Edge]] = PatternSet.Purpose.allCases.map { _ in [] }
    private var symbolCount: PatternSet.Symbol = 0
    private var symbolsByWords: [[String]: PatternSet.Symbol] = [:]
    private var symbols: [WordID: [PatternSet.Symbol]] = [:]
    private var patternCount: PatternID = 0

    init(lexicon: Lexicon, inflection: Inflection) {
        self.lexicon = lexicon
        self.inflection = inflection
    }

    /// Makes `<name>` mean these words and phrases.
    ///
    /// - Returns: false if it has a meaning already.
    func define(_ name: String, as entries: [PatternSyntax]) -> Bool {
        guard classes[name] == nil else { return false }
        classes[name] = entries
        return true
    }

    /// - Returns: the same for the same pattern
    func add(_ pattern: PatternSyntax, for purpose: PatternSet.Purpose = .finding) throws(PatternError) -> PatternID {
        let key = PatternKey(pattern: pattern, purpose: purpose)
        if let known = ids[key] { return known }
        let id = patternCount
        let isMarked = !pattern.holdsMark
        var ends: [Source] = [Source(from: -1 - purpose.rawValue)]
        try append(pattern, to: &ends, isMarked: isMarked)
        guard !ends.contains(where: { $0.from < 0 }) else { throw PatternError(message: "it would match nothing at all") }
        for end in ends { accepts[end.from].append(PatternSet.Acceptance(pattern: id, flags: end.endFlags)) }
        patternCount += 1
        ids[key] = id
        return id
    }

    /// The compiled set, and the lexicon of its words.
    func finish() -> (PatternSet, Lexicon) {
        set.link(
            follow: follow, accepts: accepts, starts: starts, symbols: symbols, symbolCount: Int(symbolCount), wordCount: lexicon.count)
        return (set, lexicon)
    }

    // MARK: Automaton

    /// A place that the next item goes on from; below 0 it is the start of the pattern, -1 for the first purpose, -2 for the second.
    private struct Source: Hashable {
        let from: Int
        /// What the next token has to be.
        var flags: Token.Flags = []
        /// What the last token has to be if the pattern ends here.
        var endFlags: Token.Flags = []
    }

    private struct PatternKey: Hashable {
        let pattern: PatternSyntax
        let purpose: PatternSet.Purpose
    }

    /// What makes a position what it is: where it is reached from, and what it asks for.
    private struct PositionKey: Hashable {
        let sources: [Source]
        let condition: Condition
        let isMarked: Bool
    }

    private func append(_ pattern: PatternSyntax, to sources: inout [Source], isMarked: Bool) throws(PatternError) {
        switch pattern {
        case .word, .exactWord, .test, .not: addPosition(try condition(pattern), to: &sources, isMarked: isMarked)
        case .both(let items):
            var all = Condition()
            for item in items { all.add(try condition(item)) }
            addPosition(all, to: &sources, isMarked: isMarked)
        case .gap(let count):
            let token = PatternSyntax.test(.any)
            let gap = (1..<count).reduce(PatternSyntax.optional(token)) { inner, _ in .optional(.sequence([token, inner])) }
            try append(gap, to: &sources, isMarked: isMarked)
        case .sentenceStart: for index in sources.indices { sources[index].flags.insert(.startsSentence) }
        case .clauseStart: for index in sources.indices { sources[index].flags.insert(.startsClause) }
        case .bracketStart: for index in sources.indices { sources[index].flags.insert(.opensBracket) }
        case .sentenceEnd: for index in sources.indices { sources[index].endFlags.insert(.endsSentence) }
        case .optional(let inner):
            let skipped = sources
            try append(inner, to: &sources, isMarked: isMarked)
            sources += skipped
        case .sequence(let items): for item in items { try append(item, to: &sources, isMarked: isMarked) }
        case .choice(let alternatives):
            if let words = plainWords(alternatives) {
                return addPosition(Condition(symbol(for: words)), to: &sources, isMarked: isMarked)
            }
            try appendChoice(alternatives, to: &sources, isMarked: isMarked)
        case .marked(let inner): try append(inner, to: &sources, isMarked: true)
        case .wordClass(let name):
            let (symbol, phrases) = try compiledClass(name)
            var ends: [Source] = []
            if let symbol {
                var branch = sources
                addPosition(Condition(symbol), to: &branch, isMarked: isMarked)
                ends += branch
            }
            for phrase in phrases {
                var branch = sources
                try append(phrase, to: &branch, isMarked: isMarked)
                ends += branch
            }
            sources = ends
        }
    }

    private func appendChoice(_ alternatives: [PatternSyntax], to sources: inout [Source], isMarked: Bool) throws(PatternError) {
        var ends: [Source] = []
        for alternative in alternatives {
            var branch = sources
            try append(alternative, to: &branch, isMarked: isMarked)
            ends += branch
        }
        sources = ends
    }

    /// What one token is asked.
    private struct Condition: Hashable {
        var required: Token.Flags = []
        var forbidden: Token.Flags = []
        var symbols: [PatternSet.SymbolCondition] = []

        init() {}

        init(_ symbol: PatternSet.Symbol) { symbols = [PatternSet.SymbolCondition(symbol: symbol)] }

        mutating func add(_ other: Condition) {
            required.formUnion(other.required)
            forbidden.formUnion(other.forbidden)
            symbols += other.symbols
        }
    }

    /// What a pattern of one token asks for.
    private func condition(_ pattern: PatternSyntax) throws(PatternError) -> Condition {
        switch pattern {
        case .word(let word): return Condition(symbol(for: inflection.forms(of: word)))
        case .exactWord(let word): return Condition(symbol(for: [word]))
        case .test(let test):
            var condition = Condition()
            condition.required = test.flags
            return condition
        case .wordClass(let name):
            guard let symbol = try compiledClass(name).symbol else {
                throw PatternError(message: "\"!<\(name)>\" cannot be: the class has no single words")
            }
            return Condition(symbol)
        case .choice(let alternatives):
            guard let words = plainWords(alternatives) else { throw PatternError(message: "\"!(…)\" holds single words only") }
            return Condition(symbol(for: words))
        case .not(let inner):
            var condition = try condition(inner)
            condition.forbidden = condition.required
            condition.required = []
            for index in condition.symbols.indices { condition.symbols[index].isNegated = true }
            return condition
        default: throw PatternError(message: "\"!\" and \"+\" go with one word, class or test, or with words in brackets")
        }
    }

    private func addPosition(_ condition: Condition, to sources: inout [Source], isMarked: Bool) {
        let key = PositionKey(sources: sources, condition: condition, isMarked: isMarked)
        if let known = positions[key] {
            sources = [Source(from: known)]
            return
        }
        // Words that have to be there come first: edges are found by them.
        let symbols = condition.symbols.sorted { !$0.isNegated && $1.isNegated }
        let position = set.add(symbols, required: condition.required, forbidden: condition.forbidden, isMarked: isMarked)
        positions[key] = position
        follow.append([])
        accepts.append([])
        for source in sources {
            let edge = PatternSet.Edge(target: Int32(position), flags: source.flags)
            if source.from < 0 { starts[-1 - source.from].append(edge) } else { follow[source.from].append(edge) }
        }
        sources = [Source(from: position)]
    }

    // MARK: Words

    /// The forms of alternatives that are single words; nil if one is not.
    private func plainWords(_ alternatives: [PatternSyntax]) -> [String]? {
        var words: [String] = []
        for alternative in alternatives {
            switch alternative {
            case .word(let word): words += inflection.forms(of: word)
            case .exactWord(let word): words.append(word)
            default: return nil
            }
        }
        return words
    }

    private func symbol(for words: [String]) -> PatternSet.Symbol {
        if let symbol = symbolsByWords[words] { return symbol }
        let symbol = symbolCount
        symbolCount += 1
        symbolsByWords[words] = symbol
        for word in words {
            let id = lexicon.intern(word)
            if symbols[id]?.last != symbol { symbols[id, default: []].append(symbol) }
        }
        return symbol
    }

    private func compiledClass(_ name: String) throws(PatternError) -> (symbol: PatternSet.Symbol?, phrases: [PatternSyntax]) {
        if let done = compiledClasses[name] { return done }
        guard let entries = classes[name] else {
            throw PatternError(message: unknown("class", "<\(name)>", among: classes.keys.sorted().map { "<\($0)>" }))
        }
        guard classesUnderWay.insert(name).inserted else { throw PatternError(message: "the class <\(name)> holds itself") }
        var words: [String] = []
        var phrases: [PatternSyntax] = []
        for entry in entries.flatMap(\.alternatives) {
            if let plain = plainWords([entry]) { words += plain } else { phrases.append(entry) }
        }
        // Classes within the class are looked up now, so that one that holds itself is found.
        for case .wordClass(let inner) in phrases { _ = try compiledClass(inner) }
        let compiled = (words.isEmpty ? nil : symbol(for: words), phrases)
        classesUnderWay.remove(name)
        compiledClasses[name] = compiled
        return compiled
    }
}

extension PatternSyntax {
    fileprivate var holdsMark: Bool {
        switch self {
        case .marked: true
        case .optional(let inner), .not(let inner): inner.holdsMark
        case .sequence(let items), .choice(let items), .both(let items): items.contains(where: \.holdsMark)
        default: false
        }
    }

    fileprivate var alternatives: [PatternSyntax] {
        if case .choice(let alternatives) = self { alternatives } else { [self] }
    }
}

extension PatternSet {
    fileprivate mutating func add(
        _ symbols: [SymbolCondition], required: Token.Flags, forbidden: Token.Flags, isMarked: Bool
    ) -> Int {
        let first = Int32(furtherSymbols.count)
        furtherSymbols += symbols.dropFirst()
        positions.append(
            Position(
                required: required, forbidden: forbidden, symbol: symbols.first?.symbol ?? -1, isNegated: symbols.first?.isNegated ?? false,
                isMarked: isMarked, further: first..<Int32(furtherSymbols.count)
            )
        )
        return positions.count - 1
    }

    fileprivate mutating func link(
        follow: [[Edge]], accepts: [[Acceptance]], starts: [[Edge]], symbols: [WordID: [Symbol]], symbolCount: Int, wordCount: Int
    ) {
        self.symbolCount = symbolCount
        for (index, list) in accepts.enumerated() {
            positions[index].accepts = Int32(acceptances.count)..<Int32(acceptances.count + list.count)
            acceptances += list
        }
        var finder = NeedFinder(words: symbols, positions: positions)
        let needs = finder.needs(follow: follow)
        func withSymbol(_ edge: Edge) -> Edge {
            let position = positions[Int(edge.target)]
            return Edge(
                target: edge.target, flags: edge.flags, symbol: position.isNegated ? -1 : position.symbol, need: needs[Int(edge.target)]
            )
        }
        for (index, targets) in follow.enumerated() {
            let all = targets.map(withSymbol)
            positions[index].firstEdge = Int32(edges.count)
            edges += all.filter { $0.symbol >= 0 }.sorted { $0.symbol < $1.symbol }
            positions[index].firstOtherEdge = Int32(edges.count)
            edges += all.filter { $0.symbol < 0 }
            positions[index].lastEdge = Int32(edges.count)
        }
        self.starts = starts.map { edges in
            var bySymbol = [[Edge]](repeating: [], count: symbolCount)
            var table = StartEdges()
            for edge in edges.map(withSymbol) {
                if edge.symbol >= 0 {
                    bySymbol[Int(edge.symbol)].append(edge)
                } else {
                    table.add(edge, required: positions[Int(edge.target)].required.union(edge.flags))
                }
            }
            (table.edges, table.first) = flat(bySymbol)
            return table
        }
        var byWord = [[Symbol]](repeating: [], count: wordCount)
        for (word, list) in symbols { byWord[Int(word)] = list }
        (self.symbols, firstSymbol) = flat(byWord)
        (self.needs, firstNeed) = flat(byWord.map { list in list.flatMap { finder.needsOfSymbol[Int($0)] }.uniqued() })
        needCount = finder.count
    }
}

extension PatternSet.StartEdges {
    /// Puts an edge that asks for no symbol under the rarest flag that it asks for.
    fileprivate mutating func add(_ edge: PatternSet.Edge, required: Token.Flags) {
        let rare: [Token.Flags] = [
            .startsSentence, .firstName, .uncommon, .number, .opensQuote, .opensBracket, .startsClause, .capitalized,
        ]
        let flag = rare.first { required.isSuperset(of: $0) } ?? []
        if let index = others.firstIndex(where: { $0.flag == flag }) {
            others[index].edges.append(edge)
        } else {
            others.append((flag, [edge]))
        }
    }
}

/// Finds for each position the symbols one of which has to come later, so that no thread begins that can lead nowhere.
private struct NeedFinder {
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

/// Lists one behind the other, with the place where each begins and the end of the last.
private func flat<Element>(_ lists: [[Element]]) -> ([Element], [Int32]) {
    var starts: [Int32] = [0]
    var all: [Element] = []
    for list in lists {
        all += list
        starts.append(Int32(all.count))
    }
    return (all, starts)
}
