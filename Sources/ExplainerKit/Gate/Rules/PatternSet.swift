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

    struct Position {
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
    struct Acceptance {
        let pattern: PatternID
        /// What its last token has to be.
        let flags: Token.Flags
    }

    struct SymbolCondition: Hashable {
        let symbol: Symbol
        var isNegated = false
    }

    struct Edge {
        let target: Int32
        /// What the next token has to be.
        let flags: Token.Flags
        /// What its position asks for; -1 if that is no symbol.
        var symbol: Symbol = -1
        /// What the rest of the sentence has to hold for anything to come of it; -1 if that is not known.
        var need: Need = -1
    }

    /// Symbols one of which has to come.
    typealias Need = Int32

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

extension PatternSet {
    mutating func add(
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

    mutating func link(
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
    mutating func add(_ edge: PatternSet.Edge, required: Token.Flags) {
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
