/// Runs the automaton of a pattern set over the sentences of one text; holds memory that each sentence uses again.
struct PatternSearch {
    private let set: PatternSet
    private let tokens: [Token]
    private var threads: [Thread] = []
    private var next: [Thread] = []
    /// Threads that go on behind a phrase, by the token that it ends with.
    private var later: [Later] = []
    private var firstLater: [Int32] = []
    /// The step in which each place was last entered.
    private var entered: [UInt32]
    private var step: UInt32 = 0
    /// Where in the text each need is met for the last time in this sentence; lower numbers are of earlier sentences.
    private var lastMet: [Int32]
    /// Where each list of phrases was last looked for, and what was found there.
    private var lookedFor: [PhraseLengths]
    private var sentence = 0..<0
    /// Of the words of the sentence, and none for what is behind it.
    private var signatures: [UInt64] = []

    private struct Thread {
        let place: Int32
        let start: Int32
        let markStart: Int32
        let markEnd: Int32
    }

    private struct Later {
        let thread: Thread
        /// In `later`, the next of the same token; -1 if there is none.
        let next: Int32
    }

    /// How many tokens the phrases of a group take that begin at a token: bit n stands for n + 1 tokens.
    private struct PhraseLengths {
        var start: Int32 = -1
        var bits: UInt64 = 0
    }

    init(_ set: PatternSet, in text: TokenizedText) {
        self.set = set
        tokens = text.tokens
        entered = [UInt32](repeating: 0, count: set.places.count)
        lastMet = [Int32](repeating: -1, count: set.needCount)
        lookedFor = [PhraseLengths](repeating: PhraseLengths(), count: set.phrases.count)
    }

    /// Adds every match in a sentence, by the place where it ends.
    ///
    /// - Parameter rules: those whose patterns are looked for
    mutating func findMatches(
        in sentence: Sentence, for purpose: PatternSet.Purpose = .finding, of rules: PatternSet.RuleSet = .all,
        into matches: inout [PatternSet.Match]
    ) {
        let starts = set.startsOfWords[purpose.rawValue]
        let ofFlags = set.startsOfFlags[purpose.rawValue]
        self.sentence = sentence.tokens
        threads.removeAll(keepingCapacity: true)
        later.removeAll(keepingCapacity: true)
        firstLater.removeAll(keepingCapacity: true)
        signatures.removeAll(keepingCapacity: true)
        for index in sentence.tokens {
            firstLater.append(-1)
            signatures.append(PatternSet.signature(ofWord: word(index)))
            for need in set.needsOfWords[word(index)] { lastMet[Int(set.needsOfWords.elements[need])] = Int32(index) }
        }
        signatures.append(0)
        for index in sentence.tokens {
            step &+= 1
            next.removeAll(keepingCapacity: true)
            var waiting = firstLater[index - sentence.tokens.lowerBound]
            while waiting >= 0 {
                enter(later[Int(waiting)].thread, index, &matches)
                waiting = later[Int(waiting)].next
            }
            for thread in threads { advance(thread, index, &matches) }
            for start in starts[word(index)] { begin(starts.elements[start], index, rules, &matches) }
            let flags = tokens[index].flags
            for (list, flag) in ofFlags.flags.enumerated() where flags.isSuperset(of: flag) {
                for start in ofFlags.beginnings[list] { begin(ofFlags.beginnings.elements[start], index, rules, &matches) }
            }
            swap(&threads, &next)
        }
    }

    private mutating func begin(
        _ beginning: PatternSet.Beginning, _ index: Int, _ rules: PatternSet.RuleSet, _ matches: inout [PatternSet.Match]
    ) {
        guard !beginning.rules.isDisjoint(with: rules), mayFollow(beginning.next, index), isWorthwhile(beginning.need, index),
            let thread = thread(before: beginning, index)
        else { return }
        follow(set.edges[Int(beginning.edge)], beginning.membership, from: thread, index, &matches)
    }

    /// What a beginning goes on from: nothing yet, or the token before if that is what the pattern begins with.
    private func thread(before beginning: PatternSet.Beginning, _ index: Int) -> Thread? {
        guard beginning.first >= 0 else { return Thread(place: -1, start: Int32(index), markStart: -1, markEnd: -1) }
        guard index > sentence.lowerBound else { return nil }
        let edge = set.edges[Int(beginning.first)]
        let flags = tokens[index - 1].flags
        let place = set.places[Int(edge.target)]
        guard flags.isSuperset(of: edge.flags), set.isRight(word(index - 1), flags, at: place) else { return nil }
        let mark = place.isMarked ? (start: Int32(index) - 1, end: Int32(index)) : (start: -1, end: -1)
        return Thread(place: edge.target, start: Int32(index) - 1, markStart: mark.start, markEnd: mark.end)
    }

    private mutating func advance(_ thread: Thread, _ index: Int, _ matches: inout [PatternSet.Match]) {
        let word = word(index)
        let signature = signatures[index - sentence.lowerBound]
        for edge in set.places[Int(thread.place)].exits {
            let edge = set.edges[Int(edge)]
            guard edge.words & signature != 0, mayFollow(edge.next, index), isWorthwhile(edge.need, index),
                let membership = set.membership(of: word, in: edge.symbol)
            else { continue }
            follow(edge, membership, from: thread, index, &matches)
        }
    }

    /// Whether the token behind `index` can be one of those words that a pattern goes on with.
    private func mayFollow(_ words: UInt64, _ index: Int) -> Bool {
        words & signatures[index - sentence.lowerBound + 1] != 0 || words == .max
    }

    /// Whether what a pattern needs later is still to come.
    private func isWorthwhile(_ need: PatternSet.Need, _ index: Int) -> Bool { need < 0 || Int(lastMet[Int(need)]) > index }

    /// Enters the edge's place if the token, whose word it asks for, is also else what it asks for, or begins a phrase that is.
    private mutating func follow(
        _ edge: PatternSet.Edge, _ membership: PatternSet.Membership, from thread: Thread, _ index: Int,
        _ matches: inout [PatternSet.Match]
    ) {
        let flags = tokens[index].flags
        guard flags.isSuperset(of: edge.flags) else { return }
        let place = set.places[Int(edge.target)]
        func through(_ last: Int) -> Thread {
            Thread(
                place: edge.target, start: thread.start,
                markStart: place.isMarked && thread.markStart < 0 ? Int32(index) : thread.markStart,
                markEnd: place.isMarked ? Int32(last) + 1 : thread.markEnd
            )
        }
        if membership.isWord, set.isRight(word(index), flags, at: place) { enter(through(index), index, &matches) }
        guard membership.phrases >= 0 else { return }
        var lengths = lengths(of: membership.phrases, at: index)
        while lengths != 0 {
            let last = index + lengths.trailingZeroBitCount
            lengths &= lengths - 1
            if last == index {
                enter(through(index), index, &matches)
            } else {
                later.append(Later(thread: through(last), next: firstLater[last - sentence.lowerBound]))
                firstLater[last - sentence.lowerBound] = Int32(later.count - 1)
            }
        }
    }

    /// A thread gets to its place with a token: patterns may end there, and others go on.
    private mutating func enter(_ thread: Thread, _ index: Int, _ matches: inout [PatternSet.Match]) {
        guard entered[Int(thread.place)] != step else { return }
        entered[Int(thread.place)] = step
        let place = set.places[Int(thread.place)]
        if !place.exits.isEmpty { next.append(thread) }
        for acceptance in place.accepts {
            let accepted = set.acceptances[Int(acceptance)]
            guard tokens[index].flags.isSuperset(of: accepted.flags) else { continue }
            let whole = Int(thread.start)..<index + 1
            let marked = thread.markStart < 0 ? whole : Int(thread.markStart)..<Int(thread.markEnd)
            matches.append(PatternSet.Match(pattern: accepted.pattern, tokens: whole, marked: marked))
        }
    }

    // MARK: Phrases

    /// How long the phrases are that begin at a token; they are short, so that all are tried one after the other.
    private mutating func lengths(of phrases: Int32, at start: Int) -> UInt64 {
        if lookedFor[Int(phrases)].start == start { return lookedFor[Int(phrases)].bits }
        var bits: UInt64 = 0
        for beginning in set.phrases[Int(phrases)] {
            let beginning = set.phrases.elements[beginning]
            guard mayFollow(beginning.next, start) else { continue }
            bits |= lengths(through: set.edges[Int(beginning.edge)], beginning.membership, at: start, from: start)
        }
        lookedFor[Int(phrases)] = PhraseLengths(start: Int32(start), bits: bits)
        return bits
    }

    private mutating func lengths(
        through edge: PatternSet.Edge, _ membership: PatternSet.Membership, at index: Int, from start: Int
    ) -> UInt64 {
        let flags = tokens[index].flags
        guard flags.isSuperset(of: edge.flags) else { return 0 }
        let place = set.places[Int(edge.target)]
        var bits = membership.isWord && set.isRight(word(index), flags, at: place) ? lengths(behind: place, at: index, from: start) : 0
        guard membership.phrases >= 0 else { return bits }
        var inner = lengths(of: membership.phrases, at: index)
        while inner != 0 {
            bits |= lengths(behind: place, at: index + inner.trailingZeroBitCount, from: start)
            inner &= inner - 1
        }
        return bits
    }

    /// - Parameter last: the token with which the place is left
    private mutating func lengths(behind place: PatternSet.Place, at last: Int, from start: Int) -> UInt64 {
        guard last - start < UInt64.bitWidth else { return 0 }
        let flags = tokens[last].flags
        let ends = place.accepts.contains { flags.isSuperset(of: set.acceptances[Int($0)].flags) }
        var bits: UInt64 = ends ? 1 << UInt64(last - start) : 0
        let next = last + 1
        guard next < sentence.upperBound else { return bits }
        let word = word(next)
        let signature = signatures[next - sentence.lowerBound]
        for edge in place.exits {
            let edge = set.edges[Int(edge)]
            guard edge.words & signature != 0, mayFollow(edge.next, next), let membership = set.membership(of: word, in: edge.symbol)
            else { continue }
            bits |= lengths(through: edge, membership, at: next, from: start)
        }
        return bits
    }

    /// The word's place in the lists by word: words that the lexicon learnt after the set was compiled mean nothing to it.
    private func word(_ index: Int) -> Int {
        let word = Int(tokens[index].word)
        return word < set.symbolsOfWords.count ? word : Int(Lexicon.unknown)
    }
}

extension PatternSet {
    /// What a token is that is not asked for its word.
    fileprivate static let anyWord = Membership(isWord: true)

    /// Whether a token whose word is what a place asks for first is also the rest of it.
    fileprivate func isRight(_ word: Int, _ flags: Token.Flags, at place: Place) -> Bool {
        guard flags.isSuperset(of: place.required), flags.isDisjoint(with: place.forbidden) else { return false }
        if place.isNegated, isOne(word, of: place.symbol) { return false }
        return place.further.allSatisfy { index in
            let condition = furtherSymbols[Int(index)]
            return isOne(word, of: condition.symbol) != condition.isNegated
        }
    }

    private func isOne(_ word: Int, of symbol: Symbol) -> Bool { membership(of: word, in: symbol)?.isWord == true }

    /// - Parameter symbol: -1 for any
    fileprivate func membership(of word: Int, in symbol: Symbol) -> Membership? {
        if symbol < 0 { return Self.anyWord }
        guard signatures[word] & Self.signature(of: symbol) != 0 else { return nil }
        var range = symbolsOfWords[word]
        while let middle = range.isEmpty ? nil : (range.lowerBound + range.upperBound) / 2 {
            let found = symbolsOfWords.elements[middle]
            if found.symbol == symbol { return found.membership }
            range = found.symbol < symbol ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
