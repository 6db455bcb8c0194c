/// What the structure checks look for in a sentence; the patterns of each stand in the topic's `structure.yaml`.
enum StructureCue: String, CaseIterable, Sendable {
    /// The topic's own name.
    case label
    /// Words of the subject that no other subject shares: what tells a sentence about it from one about something else.
    case topic
    /// Something that a reader owns, rents or ships to, or an amount of it.
    case place
    /// Something that does not work, or costs too much.
    case failure
    case definition
    case history
    /// A comparison that says so: "like", "think of", "the way a … does".
    case comparison
    /// A comparison carried over to the subject: "the same trick", "likewise", "as well".
    case link
    /// What the reader gains.
    case gain
    /// Hardware within reach.
    case hardware
    /// Work done where the user is.
    case edge
    /// Models that come and change quickly.
    case pace
    /// A product, tool, model or format by its name.
    case artefact
    case technique
    /// What a technique does.
    case behaviour
    /// What the model or its users can now do, or lose.
    case result
    /// "First", "another", "finally".
    case ordinal
    /// Somebody decides what stays exact.
    case intent
    /// Luck, chance, conjuring.
    case chance
    /// The heading of sources, notes, a glossary.
    case backMatter = "back-matter"
    /// What a writer leaves where text is still to come.
    case placeholder
    /// A word that holds sentences together: articles, pronouns, prepositions, auxiliaries.
    case function
}

/// A set of cues.
struct StructureCues: Sendable, Equatable {
    private var bits: UInt32 = 0

    mutating func insert(_ cue: StructureCue) { bits |= Self.bit(of: cue) }
    mutating func formUnion(_ other: StructureCues) { bits |= other.bits }
    func contains(_ cue: StructureCue) -> Bool { bits & Self.bit(of: cue) != 0 }

    private static let numbers = Dictionary(uniqueKeysWithValues: StructureCue.allCases.enumerated().map { ($1, UInt32($0)) })
    private static func bit(of cue: StructureCue) -> UInt32 { 1 << (numbers[cue] ?? 0) }
}
