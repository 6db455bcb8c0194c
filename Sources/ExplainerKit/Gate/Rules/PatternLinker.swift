/// Makes the tables of a `PatternSet` from compiled patterns: what each word leads to is found once, so that nothing is looked for while texts are read.
struct PatternLinker {
    private let graph: PatternGraph
    private let wordCount: Int
    /// The words of each symbol.
    private var members: [[Member]]
    /// Their signatures.
    private var signatures: [UInt64] = []
    private let groups: Set<PatternSet.Symbol>
    private let edgesOfStarts: [PatternGraph.Edge]
    /// The first edge of each start.
    private let firstEdges: [Int32]
    private var needs: [PatternSet.Need] = []
    /// Signatures of the words with which a pattern can go on behind each place; all if it may end there.
    private var following: [UInt64] = []
    private var phrases: [[PatternSet.Beginning]] = []
    private var numbersOfPhrases: [[PatternSet.Beginning]: Int32] = [:]
    /// Signatures of the words that can be second in each list of phrases.
    private var secondWords: [UInt64] = []

    private struct Member {
        let word: WordID
        let membership: PatternSet.Membership
    }

    /// - Parameter wordsOfSymbols: of those that are no groups
    init(_ graph: PatternGraph, wordsOfSymbols: [[WordID]], wordCount: Int) {
        self.graph = graph
        self.wordCount = wordCount
        groups = Set(graph.groups.map(\.symbol))
        edgesOfStarts = Array(graph.starts.joined())
        firstEdges = graph.starts.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.count)) }
        members = wordsOfSymbols.map { words in words.map { Member(word: $0, membership: PatternSet.Membership(isWord: true)) } }
        for group in graph.groups { members[Int(group.symbol)] = members(of: group) }
    }

    mutating func set() -> PatternSet {
        var finder = NeedFinder(graph, wordsOfSymbols: members.map { $0.map(\.word) }, wordCount: wordCount)
        needs = finder.needs()
        signatures = members.map { $0.reduce(0) { $0 | PatternSet.signature(ofWord: Int($1.word)) } }
        following = graph.places.map(wordsBehind)
        // Lists that stand in others come before them.
        for index in phrases.indices {
            phrases[index] = phrases[index].map { beginning(edgesOfStarts[Int($0.edge)], at: $0.edge, $0.membership) }
            secondWords.append(phrases[index].reduce(0) { $0 | $1.next })
        }
        var set = PatternSet()
        set.places.reserveCapacity(graph.places.count)
        set.edges.reserveCapacity(graph.places.reduce(edgesOfStarts.count) { $0 + $1.edges.count })
        set.edges += edgesOfStarts.map(edge)
        for place in graph.places { add(place, to: &set) }
        for purpose in PatternSet.Purpose.allCases { addStarts(of: purpose, to: &set) }
        set.phrases = Lists(phrases)
        set.symbolsOfWords = Lists(symbolsOfWords())
        set.signatures = (0..<wordCount).map { word in
            set.symbolsOfWords[word].reduce(0) { $0 | PatternSet.signature(of: set.symbolsOfWords.elements[$1].symbol) }
        }
        set.needsOfWords = Lists(needsOfWords(finder.needsOfSymbol))
        set.needCount = finder.count
        return set
    }

    /// The words of a group, and those that its phrases begin with.
    private mutating func members(of group: PatternGraph.Group) -> [Member] {
        var beginnings: [WordID: [PatternSet.Beginning]] = [:]
        for (index, edge) in graph.starts[group.start].enumerated() {
            for member in members[Int(graph.places[edge.target].condition.lead)] {
                let beginning = PatternSet.Beginning(edge: firstEdges[group.start] + Int32(index), membership: member.membership)
                beginnings[member.word, default: []].append(beginning)
            }
        }
        let words = Set(group.words)
        return words.union(beginnings.keys).sorted().map { word in
            let phrases = beginnings[word].map { number(of: $0) } ?? -1
            return Member(word: word, membership: PatternSet.Membership(isWord: words.contains(word), phrases: phrases))
        }
    }

    /// The same for the same phrases: those that begin with forms of one word.
    private mutating func number(of beginnings: [PatternSet.Beginning]) -> Int32 {
        if let known = numbersOfPhrases[beginnings] { return known }
        let number = Int32(phrases.count)
        phrases.append(beginnings)
        numbersOfPhrases[beginnings] = number
        return number
    }

    private func edge(_ edge: PatternGraph.Edge) -> PatternSet.Edge {
        let symbol = graph.places[edge.target].condition.lead
        return PatternSet.Edge(
            target: Int32(edge.target), flags: edge.flags, symbol: symbol, need: needs[edge.target], words: signature(of: symbol),
            next: groups.contains(symbol) ? wordsBehind(members[Int(symbol)], to: edge.target) : following[edge.target])
    }

    private func wordsBehind(_ members: [Member], to target: Int) -> UInt64 {
        members.reduce(0) { $0 | wordsBehind($1.membership, to: target) }
    }

    /// The signatures of a symbol's words; all if any word will do.
    private func signature(of symbol: PatternSet.Symbol) -> UInt64 {
        symbol < 0 ? UInt64.max : signatures[Int(symbol)]
    }

    private func wordsBehind(_ place: PatternGraph.Place) -> UInt64 {
        place.accepts.isEmpty ? place.edges.reduce(0) { $0 | signature(of: graph.places[$1.target].condition.lead) } : UInt64.max
    }

    /// What a word leads along: an edge of a start, or one out of the place where that leads.
    private func beginning(
        _ edge: PatternGraph.Edge, at index: Int32, _ membership: PatternSet.Membership, behind first: Int32 = -1
    ) -> PatternSet.Beginning {
        let start = first < 0 ? edge.target : edgesOfStarts[Int(first)].target
        return PatternSet.Beginning(
            first: first, edge: index, membership: membership, next: wordsBehind(membership, to: edge.target), need: needs[edge.target],
            rules: graph.places[start].rules)
    }

    /// The signatures of the words that may follow one with which an edge is taken.
    private func wordsBehind(_ membership: PatternSet.Membership, to target: Int) -> UInt64 {
        (membership.isWord ? following[target] : 0) | (membership.phrases < 0 ? 0 : secondWords[Int(membership.phrases)])
    }

    private func add(_ place: PatternGraph.Place, to set: inout PatternSet) {
        let (first, further, accept) = (Int32(set.edges.count), Int32(set.furtherSymbols.count), Int32(set.acceptances.count))
        let condition = place.condition
        set.edges += place.edges.map(edge)
        set.furtherSymbols += condition.symbols.dropFirst()
        set.acceptances += place.accepts
        set.places.append(
            PatternSet.Place(
                required: condition.required, forbidden: condition.forbidden, symbol: condition.symbols.first?.symbol ?? -1,
                isNegated: condition.symbols.first?.isNegated ?? false, isMarked: place.isMarked,
                further: further..<Int32(set.furtherSymbols.count), accepts: accept..<Int32(set.acceptances.count),
                exits: first..<Int32(set.edges.count)
            )
        )
    }

    private func addStarts(of purpose: PatternSet.Purpose, to set: inout PatternSet) {
        var beginnings = Beginnings(wordCount: wordCount)
        let starts = firstEdges[purpose.rawValue]..<firstEdges[purpose.rawValue + 1]
        // What begins with the token before comes first, as if it had been followed from there.
        for index in starts where beginsWithAnything(edgesOfStarts[Int(index)]) {
            let target = edgesOfStarts[Int(index)].target
            for (exit, number) in zip(graph.places[target].edges, set.places[target].exits) {
                add(exit, at: number, behind: index, to: &beginnings)
            }
        }
        for index in starts where !beginsWithAnything(edgesOfStarts[Int(index)]) {
            add(edgesOfStarts[Int(index)], at: index, to: &beginnings)
        }
        let byFlag = beginnings.ofFlags.sorted { $0.key.rawValue < $1.key.rawValue }
        set.startsOfWords[purpose.rawValue] = Lists(beginnings.ofWords)
        set.startsOfFlags[purpose.rawValue] = PatternSet.FlagStarts(flags: byFlag.map(\.key), beginnings: Lists(byFlag.map(\.value)))
    }

    /// Whether nearly every token can be what an edge of a start leads to, and no pattern ends there.
    private func beginsWithAnything(_ edge: PatternGraph.Edge) -> Bool {
        let place = graph.places[edge.target]
        return place.condition.lead < 0 && place.accepts.isEmpty && [[], .word].contains(rarestFlag(of: edge))
    }

    /// By what is looked for: a word, or a flag.
    private struct Beginnings {
        var ofWords: [[PatternSet.Beginning]]
        var ofFlags: [Token.Flags: [PatternSet.Beginning]] = [:]

        init(wordCount: Int) { ofWords = [[PatternSet.Beginning]](repeating: [], count: wordCount) }
    }

    private func add(_ edge: PatternGraph.Edge, at index: Int32, behind first: Int32 = -1, to beginnings: inout Beginnings) {
        let symbol = graph.places[edge.target].condition.lead
        if symbol < 0 {
            let any = PatternSet.Membership(isWord: true)
            beginnings.ofFlags[rarestFlag(of: edge), default: []].append(beginning(edge, at: index, any, behind: first))
        } else {
            for member in members[Int(symbol)] {
                beginnings.ofWords[Int(member.word)].append(beginning(edge, at: index, member.membership, behind: first))
            }
        }
    }

    /// Of those that an edge asks for.
    private func rarestFlag(of edge: PatternGraph.Edge) -> Token.Flags {
        let required = graph.places[edge.target].condition.required.union(edge.flags)
        let rare: [Token.Flags] = [
            .question, .exclamation, .colon, .startsSentence, .firstName, .uncommon, .object, .symbol, .allCapitals, .number, .opensQuote,
            .opensBracket, .holdsDigit, .pause, .startsClause, .capitalized, .inQuotes, .endsInLY, .endsInING, .endsInED, .word,
        ]
        return rare.first { required.isSuperset(of: $0) } ?? []
    }

    /// The symbols that places ask words for; those that only begin a pattern or phrase are not among them.
    private func symbolsOfWords() -> [[PatternSet.WordSymbol]] {
        var isAsked = [Bool](repeating: false, count: members.count)
        for place in graph.places {
            for edge in place.edges {
                let symbol = graph.places[edge.target].condition.lead
                if symbol >= 0 { isAsked[Int(symbol)] = true }
            }
            let lead = place.condition.lead
            for condition in place.condition.symbols where condition.symbol != lead { isAsked[Int(condition.symbol)] = true }
        }
        var symbols = [[PatternSet.WordSymbol]](repeating: [], count: wordCount)
        for (symbol, members) in members.enumerated() where isAsked[symbol] {
            for member in members {
                symbols[Int(member.word)].append(PatternSet.WordSymbol(symbol: Int32(symbol), membership: member.membership))
            }
        }
        return symbols
    }

    private func needsOfWords(_ needsOfSymbol: [[PatternSet.Need]]) -> [[PatternSet.Need]] {
        var needs = [[PatternSet.Need]](repeating: [], count: wordCount)
        for (symbol, members) in members.enumerated() {
            for member in members { needs[Int(member.word)] += needsOfSymbol[symbol] }
        }
        return needs.map { $0.uniqued() }
    }
}
