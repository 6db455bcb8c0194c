/// Which pattern of a set.
typealias PatternID = Int32

/// All patterns of a topic's rules as one automaton that reads each token once.
///
/// A position automaton (Glushkov): a state is a place in a pattern, and there are no loops, so that a thread lives at most as long as its pattern.
/// Patterns that begin alike share their beginning; the phrases of a class or choice are an automaton of their own, which all patterns share.
/// All run side by side and no state is entered twice for a token: time is linear in the tokens, whatever they are.
/// `PatternCompiler` and `PatternLinker` make it, `PatternSearch` runs it.
struct PatternSet: Sendable {
    var places: [Place] = []
    /// What places ask for besides their first symbol.
    var furtherSymbols: [SymbolCondition] = []
    var acceptances: [Acceptance] = []
    /// Out of the starts, and then out of each place.
    var edges: [Edge] = []
    /// What begins for a purpose with each word of the lexicon, or with the token before it.
    var startsOfWords = Purpose.allCases.map { _ in Lists<Beginning>([[]]) }
    /// What begins for a purpose with a token of any word that has a flag.
    var startsOfFlags = Purpose.allCases.map { _ in FlagStarts() }
    /// The edges along which phrases of a group begin with one word.
    var phrases = Lists<Beginning>([])
    /// What each word of the lexicon is one of, in the order of symbols.
    var symbolsOfWords = Lists<WordSymbol>([[]])
    /// One bit in 64 for each symbol of a word, so that most of those that it has not are told at once.
    var signatures: [UInt64] = [0]
    /// The needs that each word of the lexicon meets.
    var needsOfWords = Lists<Need>([[]])
    var needCount = 0

    /// A set of words that patterns ask for: the forms of a word, one form, or a group, which may hold phrases too.
    typealias Symbol = Int32

    /// Symbols one of which has to come.
    typealias Need = Int32

    /// What a pattern is looked for.
    enum Purpose: Int, CaseIterable, Sendable {
        /// Something may begin with it.
        case finding
        /// It decides about what was found, and is looked for only where something was.
        case judging
    }

    /// Stands for a pattern where the phrase of a group ends.
    static let phrase: PatternID = -1

    struct Place {
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
        let accepts: Range<Int32>
        /// In `edges`.
        let exits: Range<Int32>
    }

    /// A pattern that ends at a place.
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
        /// What its place asks for; -1 if that is no symbol.
        let symbol: Symbol
        /// What the rest of the sentence has to hold for anything to come of it; -1 if that is not known.
        let need: Need
        /// The signatures of the symbol's words.
        let words: UInt64
        /// Those of the words that may follow.
        let next: UInt64
    }

    /// Rules, one bit each, by their order.
    struct RuleSet: OptionSet, Hashable {
        let rawValue: UInt32

        static let all = RuleSet(rawValue: .max)
        static let limit = 32

        init(rawValue: UInt32) { self.rawValue = rawValue }

        init(rule: Int) { rawValue = 1 << UInt32(rule) }
    }

    /// How a word is one of those of a symbol: by itself, as the first word of phrases, or both.
    ///
    /// Packed into one number: there are hundreds of thousands of them.
    struct Membership: Hashable {
        private let raw: Int32

        /// - Parameter phrases: in `phrases`; -1 if there are none
        init(isWord: Bool, phrases: Int32 = -1) { raw = phrases << 1 | (isWord ? 1 : 0) }

        var isWord: Bool { raw & 1 != 0 }
        var phrases: Int32 { raw >> 1 }
    }

    struct WordSymbol {
        let symbol: Symbol
        let membership: Membership
    }

    /// An edge out of a start that a word leads along, or one behind it.
    ///
    /// Most tokens could begin a pattern that asks for no word first. So it is looked for where its second token is, and the token before that is looked at then.
    struct Beginning: Hashable {
        /// The edge out of the start, if the token is the second one; else -1.
        var first: Int32 = -1
        let edge: Int32
        let membership: Membership
        /// The signatures of the words that may follow.
        var next = UInt64.max
        /// That of the edge.
        var need: Need = -1
        /// The rules that ask for what begins here.
        var rules = RuleSet.all
    }

    /// Beginnings by a flag that they ask for.
    struct FlagStarts {
        var flags: [Token.Flags] = []
        /// A list for each flag.
        var beginnings = Lists<Beginning>([])
    }

    /// Where a pattern matches, in tokens.
    struct Match: Equatable {
        let pattern: PatternID
        let tokens: Range<Int>
        /// What the pattern marks, or all of it.
        let marked: Range<Int>
    }

    /// One bit in 64.
    static func signature(of symbol: Symbol) -> UInt64 { 1 << UInt64(symbol & 63) }

    /// One bit in 64.
    static func signature(ofWord word: Int) -> UInt64 { 1 << ((UInt64(word) &* 0x9e37_79b9_7f4a_7c15) >> 58) }
}

/// Lists, kept one behind the other.
struct Lists<Element: Sendable>: Sendable {
    private(set) var elements: [Element] = []
    /// Where each begins, and the end of the last.
    private var starts: [Int32] = [0]

    init(_ lists: [[Element]]) {
        // No more than is needed: these are the largest parts of a gate.
        elements.reserveCapacity(lists.reduce(0) { $0 + $1.count })
        starts.reserveCapacity(lists.count + 1)
        for list in lists {
            elements += list
            starts.append(Int32(elements.count))
        }
    }

    var count: Int { starts.count - 1 }

    /// Where the elements of a list stand.
    subscript(list: Int) -> Range<Int> { Int(starts[list])..<Int(starts[list + 1]) }
}
