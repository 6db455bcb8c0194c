/// Patterns as they are compiled: places, and edges that lead from one to the next.
struct PatternGraph {
    var places: [Place] = []
    /// Edges out of the starts: first those of each purpose, then those of each group of phrases.
    var starts: [[Edge]] = PatternSet.Purpose.allCases.map { _ in [] }
    var groups: [Group] = []

    /// Where one token of a pattern, or one phrase of a group, goes.
    struct Place {
        let condition: Condition
        let isMarked: Bool
        var edges: [Edge] = []
        var accepts: [PatternSet.Acceptance] = []
        /// The rules of the patterns that begin there.
        var rules: PatternSet.RuleSet = []
    }

    struct Edge {
        /// Always a later place.
        let target: Int
        /// What the next token has to be.
        let flags: Token.Flags
    }

    /// Words and phrases that stand in patterns as one place. Those that a group holds come before it.
    struct Group {
        let symbol: PatternSet.Symbol
        /// Its single words.
        let words: [WordID]
        /// The start of its phrases, in `starts`.
        let start: Int
    }

    /// What one token is asked.
    struct Condition: Hashable {
        var required: Token.Flags = []
        var forbidden: Token.Flags = []
        /// What its word has to be one of, or begin a phrase of; those that have to be come before those that may not be.
        var symbols: [PatternSet.SymbolCondition] = []

        init() {}

        init(_ symbol: PatternSet.Symbol) { symbols = [PatternSet.SymbolCondition(symbol: symbol)] }

        /// What the token's word has to be one of; -1 if that is not known.
        var lead: PatternSet.Symbol {
            guard let first = symbols.first, !first.isNegated else { return -1 }
            return first.symbol
        }

        /// Asks for one thing more.
        mutating func add(_ other: Condition) {
            required.formUnion(other.required)
            forbidden.formUnion(other.forbidden)
            symbols = (symbols + other.symbols).sorted { !$0.isNegated && $1.isNegated }
        }

        var negated: Condition {
            var condition = self
            condition.forbidden = required
            condition.required = forbidden
            condition.symbols = symbols.map { PatternSet.SymbolCondition(symbol: $0.symbol, isNegated: !$0.isNegated) }
            return condition
        }
    }
}
