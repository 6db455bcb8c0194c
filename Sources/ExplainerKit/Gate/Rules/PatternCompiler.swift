/// Compiles patterns into a `PatternSet`.
///
/// A class, so that its tables are never copied: there are tens of thousands of entries in them.
final class PatternCompiler {
    var lexicon: Lexicon
    private let inflection: Inflection
    /// Words and phrases by the name of their class.
    private var classes: [String: [PatternSyntax]] = [:]
    /// Their single alternatives, of those that patterns use: none of them holds itself.
    private var checkedClasses: [String: [PatternSyntax]] = [:]
    /// What stands for choices and classes that are one place.
    private var groups: [PatternSyntax: PatternSet.Symbol] = [:]
    private var graph = PatternGraph()
    /// Patterns that begin alike share their beginning.
    private var places: [PlaceKey: Int] = [:]
    private var ids: [PatternKey: (id: PatternID, firstPlaces: Set<Int>)] = [:]
    /// Where the pattern begins that is being compiled.
    private var firstPlaces: Set<Int> = []
    private var symbolsByWords: [[String]: PatternSet.Symbol] = [:]
    private var wordsOfSymbols: [[WordID]] = []
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

    /// - Parameter rules: those that ask for it
    /// - Returns: the same for the same pattern
    func add(
        _ pattern: PatternSyntax, for purpose: PatternSet.Purpose = .finding, of rules: PatternSet.RuleSet = .all
    ) throws(PatternError) -> PatternID {
        let (id, firstPlaces) = try known(PatternKey(pattern: pattern, purpose: purpose))
        for place in firstPlaces { graph.places[place].rules.formUnion(rules) }
        return id
    }

    /// A pattern's number and the places where it begins; compiled when it is first asked for.
    private func known(_ key: PatternKey) throws(PatternError) -> (id: PatternID, firstPlaces: Set<Int>) {
        if let known = ids[key] { return known }
        firstPlaces = []
        try append(key.pattern, from: key.purpose.rawValue, isMarked: !key.pattern.holdsMark, as: patternCount)
        let new = (patternCount, firstPlaces)
        ids[key] = new
        patternCount += 1
        return new
    }

    /// The compiled set, and the lexicon of its words.
    func finish() -> (PatternSet, Lexicon) {
        var linker = PatternLinker(graph, wordsOfSymbols: wordsOfSymbols, wordCount: lexicon.count)
        return (linker.set(), lexicon)
    }

    // MARK: Automaton

    /// A place that the next item goes on from; below 0 it is one of the starts, -1 the first.
    private struct Source: Hashable {
        let from: Int
        /// What the next token has to be.
        var flags: Token.Flags = []
        /// What the last token has to be if the pattern ends here.
        var endFlags: Token.Flags = []

        /// Whether it is the start of a pattern; those of groups are further down.
        var isStart: Bool { from < 0 && from >= -PatternSet.Purpose.allCases.count }
    }

    private struct PatternKey: Hashable {
        let pattern: PatternSyntax
        let purpose: PatternSet.Purpose
    }

    /// What makes a place what it is: where it is reached from, and what it asks for.
    private struct PlaceKey: Hashable {
        let sources: [Source]
        let condition: PatternGraph.Condition
        let isMarked: Bool
    }

    private func append(_ pattern: PatternSyntax, from start: Int, isMarked: Bool, as id: PatternID) throws(PatternError) {
        var ends: [Source] = [Source(from: -1 - start)]
        try append(pattern, to: &ends, isMarked: isMarked)
        guard !ends.contains(where: { $0.from < 0 }) else { throw PatternError(message: "it would match nothing at all") }
        for end in ends { graph.places[end.from].accepts.append(PatternSet.Acceptance(pattern: id, flags: end.endFlags)) }
    }

    private func append(_ pattern: PatternSyntax, to sources: inout [Source], isMarked: Bool) throws(PatternError) {
        switch pattern {
        case .word, .exactWord, .test, .not, .both: addPlace(try condition(pattern), to: &sources, isMarked: isMarked)
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
        case .choice, .wordClass:
            if try isGroup(pattern) {
                return addPlace(PatternGraph.Condition(try group(pattern)), to: &sources, isMarked: isMarked)
            }
            var ends: [Source] = []
            for alternative in try alternatives(of: pattern) {
                var branch = sources
                try append(alternative, to: &branch, isMarked: isMarked)
                ends += branch
            }
            sources = ends
        case .marked(let inner): try append(inner, to: &sources, isMarked: true)
        }
    }

    /// What a pattern of one token asks for.
    private func condition(_ pattern: PatternSyntax) throws(PatternError) -> PatternGraph.Condition {
        switch pattern {
        case .word, .exactWord: return PatternGraph.Condition(symbol(for: plainWords([pattern])))
        case .test(let test):
            var condition = PatternGraph.Condition()
            condition.required = test.flags
            return condition
        case .wordClass(let name):
            let words = plainWords(try alternatives(of: pattern))
            if words.isEmpty { throw PatternError(message: "\"!<\(name)>\" cannot be: the class has no single words") }
            return PatternGraph.Condition(symbol(for: words))
        case .choice(let alternatives):
            guard alternatives.allSatisfy(\.isPlainWord) else { throw PatternError(message: "\"!(…)\" holds single words only") }
            return PatternGraph.Condition(symbol(for: plainWords(alternatives)))
        case .not(let inner): return try condition(inner).negated
        case .both(let items):
            var all = PatternGraph.Condition()
            for item in items { all.add(try condition(item)) }
            return all
        default: throw PatternError(message: "\"!\" and \"+\" go with one word, class or test, or with words in brackets")
        }
    }

    private func addPlace(_ condition: PatternGraph.Condition, to sources: inout [Source], isMarked: Bool) {
        let key = PlaceKey(sources: sources, condition: condition, isMarked: isMarked)
        if let known = places[key] {
            if sources.contains(where: \.isStart) { firstPlaces.insert(known) }
            sources = [Source(from: known)]
            return
        }
        let place = graph.places.count
        graph.places.append(PatternGraph.Place(condition: condition, isMarked: isMarked))
        places[key] = place
        if sources.contains(where: \.isStart) { firstPlaces.insert(place) }
        for source in sources {
            let edge = PatternGraph.Edge(target: place, flags: source.flags)
            if source.from < 0 { graph.starts[-1 - source.from].append(edge) } else { graph.places[source.from].edges.append(edge) }
        }
        sources = [Source(from: place)]
    }

    // MARK: Groups

    private func group(_ pattern: PatternSyntax) throws(PatternError) -> PatternSet.Symbol {
        if let known = groups[pattern] { return known }
        let alternatives = try alternatives(of: pattern)
        let phrases = alternatives.filter { !$0.isPlainWord }
        let words = plainWords(alternatives)
        let symbol = phrases.isEmpty ? symbol(for: words) : newSymbol()
        groups[pattern] = symbol
        guard !phrases.isEmpty else { return symbol }
        let start = graph.starts.count
        graph.starts.append([])
        for phrase in phrases { try append(phrase, from: start, isMarked: false, as: PatternSet.phrase) }
        graph.groups.append(PatternGraph.Group(symbol: symbol, words: words.map { lexicon.intern($0) }, start: start))
        return symbol
    }

    /// Whether a choice or class can stand as one place: each alternative begins with a word, and nothing in it is marked.
    private func isGroup(_ pattern: PatternSyntax) throws(PatternError) -> Bool {
        if groups[pattern] != nil { return true }
        if pattern.holdsMark { return false }
        return try beginsWithWord(pattern) == true
    }

    /// Whether what the pattern begins with is always a word that it names; nil if it may match nothing.
    private func beginsWithWord(_ pattern: PatternSyntax) throws(PatternError) -> Bool? {
        switch pattern {
        case .word, .exactWord: return true
        case .test, .not, .gap: return false
        case .sentenceStart, .clauseStart, .bracketStart, .sentenceEnd: return nil
        case .both: return try condition(pattern).lead >= 0
        case .optional(let inner): return try beginsWithWord(inner) == false ? false : nil
        case .marked(let inner): return try beginsWithWord(inner)
        case .sequence(let items):
            for item in items {
                if let answer = try beginsWithWord(item) { return answer }
            }
            return nil
        case .choice, .wordClass:
            var answer: Bool? = true
            for alternative in try alternatives(of: pattern) {
                switch try beginsWithWord(alternative) {
                case false: return false
                case nil: answer = nil
                default: break
                }
            }
            return answer
        }
    }

    /// What a choice or class is one of.
    private func alternatives(of pattern: PatternSyntax) throws(PatternError) -> [PatternSyntax] {
        if case .wordClass(let name) = pattern { try entries(of: name, within: []) } else { pattern.alternatives }
    }

    private func entries(of name: String, within outer: [String]) throws(PatternError) -> [PatternSyntax] {
        if let checked = checkedClasses[name] { return checked }
        guard let entries = classes[name] else {
            throw PatternError(message: unknown("class", "<\(name)>", among: classes.keys.sorted().map { "<\($0)>" }))
        }
        if outer.contains(name) { throw PatternError(message: "the class <\(name)> holds itself") }
        for inner in entries.flatMap(\.classNames) { _ = try self.entries(of: inner, within: outer + [name]) }
        let all = entries.flatMap(\.alternatives)
        checkedClasses[name] = all
        return all
    }

    // MARK: Words

    /// The forms of those alternatives that are single words.
    private func plainWords(_ alternatives: [PatternSyntax]) -> [String] {
        alternatives.flatMap { alternative -> [String] in
            switch alternative {
            case .word(let word): inflection.forms(of: word)
            case .exactWord(let word): [word]
            default: []
            }
        }
    }

    private func symbol(for words: [String]) -> PatternSet.Symbol {
        if let symbol = symbolsByWords[words] { return symbol }
        let symbol = newSymbol()
        symbolsByWords[words] = symbol
        wordsOfSymbols[Int(symbol)] = words.map { lexicon.intern($0) }.uniqued()
        return symbol
    }

    private func newSymbol() -> PatternSet.Symbol {
        wordsOfSymbols.append([])
        return PatternSet.Symbol(wordsOfSymbols.count - 1)
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

    fileprivate var classNames: [String] {
        switch self {
        case .wordClass(let name): [name]
        case .optional(let inner), .not(let inner), .marked(let inner): inner.classNames
        case .sequence(let items), .choice(let items), .both(let items): items.flatMap(\.classNames)
        default: []
        }
    }

    fileprivate var alternatives: [PatternSyntax] {
        if case .choice(let alternatives) = self { alternatives } else { [self] }
    }

    fileprivate var isPlainWord: Bool {
        switch self {
        case .word, .exactWord: true
        default: false
        }
    }
}
