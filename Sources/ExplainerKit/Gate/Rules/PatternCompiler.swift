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
