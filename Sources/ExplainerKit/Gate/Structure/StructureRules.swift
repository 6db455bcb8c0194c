/// What can be missing from a whole piece, or broken in it.
enum StructureFault: String, CaseIterable, Sendable {
    case noProblem = "no-problem"
    case definitionFirst = "definition-first"
    case noAnalogy = "no-analogy"
    case labelFirst = "label-first"
    case noOutcome = "no-outcome"
    case manyAnalogies = "many-analogies"
    case noEnabler = "no-enabler"
    case noInsights = "no-insights"
    case otherYear = "other-year"
    case fewInsights = "few-insights"
    case noClosingAnalogy = "no-closing-analogy"
    case sameAnalogy = "same-analogy"
    case noIntent = "no-intent"
    case unnamedMethods = "unnamed-methods"
    case otherSubject = "other-subject"
    case noteForm = "note-form"
    case placeholder
}

/// How a fault is reported.
struct StructureMessage: Sendable {
    /// Index of its rule.
    let rule: Int
    /// `{match}` stands for the words concerned, `{missing}` for the names of what is not there.
    let message: String
    let help: String
}

/// Numbers that decide where text is ambiguous.
struct StructureLimits: Sendable {
    /// The year whose insights a piece has to give.
    var year = 0
    var insights = 0
    /// How many sentences an opening has at most.
    var openingSentences = 0
    /// How many words a paragraph without a full stop may have to be a heading.
    var headingWords = 0
    /// How many sentences may lie between an image and what it stands for.
    var linkDistance = 0
    /// From how many comparisons of different kinds on there is no central one.
    var comparisons = 0
    /// From how many words on a passage can be about something else.
    var passageWords = 0
    /// How many things of another subject such a passage names at least.
    var otherThings = 0
    /// Percentage of words that hold a sentence together, below which it is a note.
    var functionPercent = 0
    /// Percentage of the words of a piece that may stand in notes.
    var notePercent = 0

    /// Each number with its name in `structure.yaml`.
    static let names: [(name: String, path: any WritableKeyPath<StructureLimits, Int> & Sendable)] = [
        ("year", \.year), ("insights", \.insights), ("opening_sentences", \.openingSentences), ("heading_words", \.headingWords),
        ("link_distance", \.linkDistance), ("comparisons", \.comparisons), ("passage_words", \.passageWords),
        ("other_things", \.otherThings), ("function_percent", \.functionPercent), ("note_percent", \.notePercent),
    ]
}

/// Everyday things, by the part of life that they belong to.
struct Thing: Hashable, Sendable {
    let domain: Int
    /// Which of the domain's things.
    let index: Int
}

/// What a pattern shows; the same words may show several things.
enum StructureMeaning: Sendable {
    case cue(StructureCue)
    case thing(Thing)
    /// Index of the method that is named.
    case method(Int)
}

/// The words of the structure checks, compiled.
struct StructurePatterns: Sendable {
    let set: PatternSet
    let meanings: [PatternID: [StructureMeaning]]
    /// Names of the methods that a piece has to name.
    let methodNames: [String]
    /// Names of the enablers.
    let enablerNames: [StructureCue: String]
}
