/// Which pattern of a set.
typealias PatternID = Int32

/// All patterns of a topic's rules as one automaton that reads each token once.
///
/// A position automaton (Glushkov): a state is a place in a pattern, and there are no loops, so that a thread lives at most as long as its pattern.
/// All patterns run side by side and no state is entered twice for a token: time is linear in the tokens, whatever they are.
struct PatternSet: Sendable {
    private var positions: [Position] = []
    /// What positions ask for besides their first condition.
    private var furtherConditions: [Condition] = []
    private var edges: [Edge] = []
    /// Edges out of the start, by the symbol that their position asks for; where each symbol's begin, and an end.
    private var startEdges: [Edge] = []
    private var firstStartEdge: [Int32] = []
    /// Edges out of the start to positions that ask for something else.
    private var otherStartEdges: [Edge] = []
    /// What each word of the lexicon is one of; where each word's begin, and an end.
    private var symbols: [Symbol] = []
    private var firstSymbol: [Int32] = [0, 0]

    /// A set of words that patterns ask for: the forms of a word, one form, or a class.
    typealias Symbol = Int32

    fileprivate struct Position {
        let condition: Condition
        let isMarked: Bool
        /// In `furtherConditions`.
        var further: Range<Int32> = 0..<0
        /// What the token has to be besides.
        var flags: Token.Flags = []
        var accepts: PatternID = -1
        var firstEdge: Int32 = 0
        var lastEdge: Int32 = 0
    }

    fileprivate struct Condition {
        let test: Test
        var isNegated = false
    }

    fileprivate enum Test {
        case symbol(Symbol)
        case token(TokenTest)
    }

    fileprivate struct Edge {
        let target: Int32
        let flags: Token.Flags
    }

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
        /// When each position was last entered.
        fileprivate var entered: [UInt32]
        fileprivate var step: UInt32 = 0
    }

    fileprivate struct Thread {
        let position: Int32
        let start: Int32
        let markStart: Int32
        let markEnd: Int32
    }

    var scratch: Scratch { Scratch(entered: [UInt32](repeating: 0, count: positions.count)) }

    /// Adds every match in a sentence, by the place where it ends.
    func findMatches(in text: TokenizedText, _ sentence: Sentence, _ scratch: inout Scratch, into matches: inout [Match]) {
        scratch.threads.removeAll(keepingCapacity: true)
        for index in sentence.tokens {
            let token = text.tokens[index]
            let words = Int(firstSymbol[Int(token.word)])..<Int(firstSymbol[Int(token.word) + 1])
            scratch.step &+= 1
            scratch.next.removeAll(keepingCapacity: true)
            for thread in scratch.threads {
                for edge in edgeRange(of: Int(thread.position)) {
                    follow(edges[edge], from: thread, token, index, words, text, &scratch, &matches)
                }
            }
            let fresh = Thread(position: -1, start: Int32(index), markStart: -1, markEnd: -1)
            for word in words {
                let symbol = Int(symbols[word])
                for edge in Int(firstStartEdge[symbol])..<Int(firstStartEdge[symbol + 1]) {
                    follow(startEdges[edge], from: fresh, token, index, words, text, &scratch, &matches)
                }
            }
            for edge in otherStartEdges { follow(edge, from: fresh, token, index, words, text, &scratch, &matches) }
            swap(&scratch.threads, &scratch.next)
        }
    }

    private func edgeRange(of position: Int) -> Range<Int> { Int(positions[position].firstEdge)..<Int(positions[position].lastEdge) }

    /// Enters the edge's position if the token is what it asks for.
    ///
    /// - Parameter words: places in `symbols` of what the token's word is one of
    private func follow(
        _ edge: Edge, from thread: Thread, _ token: Token, _ index: Int, _ words: Range<Int>, _ text: TokenizedText,
        _ scratch: inout Scratch, _ matches: inout [Match]
    ) {
        let target = Int(edge.target)
        guard token.flags.isSuperset(of: edge.flags), scratch.entered[target] != scratch.step else { return }
        let position = positions[target]
        guard token.flags.isSuperset(of: position.flags), passes(position.condition, token, words, text) else { return }
        for further in position.further {
            guard passes(furtherConditions[Int(further)], token, words, text) else { return }
        }
        scratch.entered[target] = scratch.step
        let isFirstMark = position.isMarked && thread.markStart < 0
        let markStart = isFirstMark ? Int32(index) : thread.markStart
        let markEnd = position.isMarked ? Int32(index) + 1 : thread.markEnd
        if position.firstEdge < position.lastEdge {
            scratch.next.append(Thread(position: edge.target, start: thread.start, markStart: markStart, markEnd: markEnd))
        }
        if position.accepts >= 0 {
            let whole = Int(thread.start)..<index + 1
            matches.append(Match(pattern: position.accepts, tokens: whole, marked: markStart < 0 ? whole : Int(markStart)..<Int(markEnd)))
        }
    }

    private func passes(_ condition: Condition, _ token: Token, _ words: Range<Int>, _ text: TokenizedText) -> Bool {
        switch condition.test {
        case .symbol(let symbol): words.contains { symbols[$0] == symbol } != condition.isNegated
        case .token(let test): test.passes(token, in: text) != condition.isNegated
        }
    }
}

extension TokenTest {
    func passes(_ token: Token, in text: TokenizedText) -> Bool {
        switch self {
        case .any: true
        case .pause: token.kind == .pause
        case .word: token.kind == .word
        case .number: token.kind == .number
        case .object: token.kind == .object
        case .symbol: token.kind == .symbol
        case .colon: token.mark == UInt8(ascii: ":")
        case .question: token.mark == UInt8(ascii: "?")
        case .exclamation: token.mark == UInt8(ascii: "!")
        case .capitalized: token.flags.contains(.capitalized)
        case .allCapitals: token.flags.contains(.allCapitals)
        case .uncommon: token.flags.contains(.uncommon)
        case .firstName: token.flags.contains(.firstName)
        case .holdsDigit: token.flags.contains(.holdsDigit)
        case .hyphenated: token.flags.contains(.afterHyphen)
        case .bracketed: token.flags.contains(.opensBracket)
        case .quoted: token.flags.contains(.opensQuote)
        case .inQuotes: token.flags.contains(.inQuotes)
        case .past: token.hasSuffix("ed", in: text)
        case .gerund: token.hasSuffix("ing", in: text)
        case .adverb: token.hasSuffix("ly", in: text)
        }
    }
}

extension Token {
    /// Whether the token is a word that ends so, in any case, with at least two letters before it.
    fileprivate func hasSuffix(_ suffix: StaticString, in text: TokenizedText) -> Bool {
        guard kind == .word, Int(end - start) >= suffix.utf8CodeUnitCount + 2 else { return false }
        let letters = text.text.bytes[Int(end) - suffix.utf8CodeUnitCount..<Int(end)]
        return zip(letters, suffix.description.utf8).allSatisfy { $0 | 0x20 == $1 }
    }
}

/// Compiles patterns into a `PatternSet`.
struct PatternCompiler {
    var lexicon: Lexicon
    private let inflection: Inflection
    /// Words and phrases by the name of their class.
    private var classes: [String: [PatternSyntax]] = [:]
    private var compiledClasses: [String: (symbol: PatternSet.Symbol?, phrases: [PatternSyntax])] = [:]
    private var classesUnderWay: Set<String> = []
    private var set: PatternSet = PatternSet()
    private var follow: [[PatternSet.Edge]] = []
    private var starts: [PatternSet.Edge] = []
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
    mutating func define(_ name: String, as entries: [PatternSyntax]) -> Bool {
        guard classes[name] == nil else { return false }
        classes[name] = entries
        return true
    }

    mutating func add(_ pattern: PatternSyntax) throws(PatternError) -> PatternID {
        let id = patternCount
        let isMarked = !pattern.holdsMark
        var ends: [Source] = [Source(from: -1)]
        try append(pattern, to: &ends, isMarked: isMarked)
        guard !ends.contains(where: { $0.from < 0 }) else { throw PatternError(message: "it would match nothing at all") }
        for end in ends {
            set.accept(id, at: end.from)
        }
        patternCount += 1
        return id
    }

    /// The compiled set, and the lexicon of its words.
    consuming func finish() -> (PatternSet, Lexicon) {
        set.link(follow: follow, starts: starts, symbols: symbols, symbolCount: Int(symbolCount), wordCount: lexicon.count)
        return (set, lexicon)
    }

    // MARK: Automaton

    /// A place that the next item goes on from; -1 is the start of the pattern.
    private struct Source {
        let from: Int
        /// What the next token has to be.
        var flags: Token.Flags = []
    }

    private mutating func append(_ pattern: PatternSyntax, to sources: inout [Source], isMarked: Bool) throws(PatternError) {
        switch pattern {
        case .word, .exactWord, .test, .not: addPosition([try condition(pattern)], to: &sources, isMarked: isMarked)
        case .both(let items):
            var conditions: [PatternSet.Condition] = []
            for item in items { conditions.append(try condition(item)) }
            addPosition(conditions, to: &sources, isMarked: isMarked)
        case .gap(let count):
            let token = PatternSyntax.test(.any)
            let gap = (1..<count).reduce(PatternSyntax.optional(token)) { inner, _ in .optional(.sequence([token, inner])) }
            try append(gap, to: &sources, isMarked: isMarked)
        case .sentenceStart: for index in sources.indices { sources[index].flags.insert(.startsSentence) }
        case .clauseStart: for index in sources.indices { sources[index].flags.insert(.startsClause) }
        case .sentenceEnd: for source in sources where source.from >= 0 { set.require(.endsSentence, at: source.from) }
        case .optional(let inner):
            let skipped = sources
            try append(inner, to: &sources, isMarked: isMarked)
            sources += skipped
        case .sequence(let items): for item in items { try append(item, to: &sources, isMarked: isMarked) }
        case .choice(let alternatives):
            if let words = plainWords(alternatives) {
                return addPosition([PatternSet.Condition(test: .symbol(symbol(for: words)))], to: &sources, isMarked: isMarked)
            }
            try appendChoice(alternatives, to: &sources, isMarked: isMarked)
        case .marked(let inner): try append(inner, to: &sources, isMarked: true)
        case .wordClass(let name):
            let (symbol, phrases) = try compiledClass(name)
            var ends: [Source] = []
            if let symbol {
                var branch = sources
                addPosition([PatternSet.Condition(test: .symbol(symbol))], to: &branch, isMarked: isMarked)
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

    private mutating func appendChoice(_ alternatives: [PatternSyntax], to sources: inout [Source], isMarked: Bool) throws(PatternError) {
        var ends: [Source] = []
        for alternative in alternatives {
            var branch = sources
            try append(alternative, to: &branch, isMarked: isMarked)
            ends += branch
        }
        sources = ends
    }

    /// What a pattern of one token asks for.
    private mutating func condition(_ pattern: PatternSyntax) throws(PatternError) -> PatternSet.Condition {
        switch pattern {
        case .word(let word): return PatternSet.Condition(test: .symbol(symbol(for: inflection.forms(of: word))))
        case .exactWord(let word): return PatternSet.Condition(test: .symbol(symbol(for: [word])))
        case .test(let test): return PatternSet.Condition(test: .token(test))
        case .wordClass(let name):
            guard let symbol = try compiledClass(name).symbol else {
                throw PatternError(message: "\"!<\(name)>\" cannot be: the class has no single words")
            }
            return PatternSet.Condition(test: .symbol(symbol))
        case .choice(let alternatives):
            guard let words = plainWords(alternatives) else { throw PatternError(message: "\"!(…)\" holds single words only") }
            return PatternSet.Condition(test: .symbol(symbol(for: words)))
        case .not(let inner):
            var condition = try condition(inner)
            condition.isNegated.toggle()
            return condition
        default: throw PatternError(message: "\"!\" and \"+\" go with one word, class or test, or with words in brackets")
        }
    }

    private mutating func addPosition(_ conditions: [PatternSet.Condition], to sources: inout [Source], isMarked: Bool) {
        let position = set.add(conditions, isMarked: isMarked)
        follow.append([])
        for source in sources {
            let edge = PatternSet.Edge(target: Int32(position), flags: source.flags)
            if source.from < 0 { starts.append(edge) } else { follow[source.from].append(edge) }
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

    private mutating func symbol(for words: [String]) -> PatternSet.Symbol {
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

    private mutating func compiledClass(_ name: String) throws(PatternError) -> (symbol: PatternSet.Symbol?, phrases: [PatternSyntax]) {
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
    fileprivate mutating func add(_ conditions: [Condition], isMarked: Bool) -> Int {
        let first = Int32(furtherConditions.count)
        furtherConditions += conditions.dropFirst()
        let further = first..<Int32(furtherConditions.count)
        positions.append(Position(condition: conditions[0], isMarked: isMarked, further: further))
        return positions.count - 1
    }

    fileprivate mutating func accept(_ pattern: PatternID, at position: Int) { positions[position].accepts = pattern }

    fileprivate mutating func require(_ flags: Token.Flags, at position: Int) { positions[position].flags.formUnion(flags) }

    fileprivate mutating func link(follow: [[Edge]], starts: [Edge], symbols: [WordID: [Symbol]], symbolCount: Int, wordCount: Int) {
        for (index, targets) in follow.enumerated() {
            positions[index].firstEdge = Int32(edges.count)
            edges += targets
            positions[index].lastEdge = Int32(edges.count)
        }
        var bySymbol = [[Edge]](repeating: [], count: symbolCount)
        for edge in starts {
            let position = positions[Int(edge.target)]
            if case .symbol(let symbol) = position.condition.test, !position.condition.isNegated {
                bySymbol[Int(symbol)].append(edge)
            } else {
                otherStartEdges.append(edge)
            }
        }
        (startEdges, firstStartEdge) = flat(bySymbol)
        var byWord = [[Symbol]](repeating: [], count: wordCount)
        for (word, list) in symbols { byWord[Int(word)] = list }
        (self.symbols, firstSymbol) = flat(byWord)
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
