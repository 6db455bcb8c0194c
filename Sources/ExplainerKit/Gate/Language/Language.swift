/// What reading a text needs to know about its language: the words that rules speak of, and those that part clauses and sentences.
struct Language: Sendable {
    let lexicon: Lexicon
    let grammar: Grammar
}

/// Words that decide where clauses and sentences begin.
struct Grammar: Sendable {
    /// Behind these a clause begins: "and", "but", "so", "then".
    let conjunctions: Range<WordID>
    /// A full stop behind these ends no sentence: "e.g", "vs", "approx".
    let abbreviations: Range<WordID>

    /// - Parameter lexicon: knows no word yet, so that the words get numbers in a row
    init(conjunctions: [String], abbreviations: [String], lexicon: inout Lexicon) {
        func numbers(_ words: [String]) -> Range<WordID> {
            let ids = words.map { lexicon.intern($0) }
            return (ids.first ?? 0)..<(ids.last.map { $0 + 1 } ?? 0)
        }
        self.conjunctions = numbers(conjunctions)
        self.abbreviations = numbers(abbreviations.filter { !conjunctions.contains($0) })
    }
}
