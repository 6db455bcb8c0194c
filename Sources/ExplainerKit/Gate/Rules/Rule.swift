/// A rule as it is listed: what it asks for and why.
package struct Rule: Sendable {
    package let id: String
    package let severity: Finding.Severity
    package let title: String
    /// Why there is such a rule.
    package let rationale: String
    /// What a finding says; `{match}` stands for the words that were found.
    package let message: String
    /// What to write instead.
    package let help: String
    /// Texts with a finding.
    package let bad: [String]
    /// Texts without one.
    package let good: [String]
    package let origin: Origin
}

/// How a rule finds what it looks for: cues that have to be there, and exceptions that take them back.
struct PhraseRule: Sendable {
    let rule: Rule
    let cues: [Cue]
    /// A finding that touches a match of one of these is none.
    let exceptions: PatternIDSet
    /// A sentence that holds one of these has no finding.
    let unless: PatternIDSet
    /// What one of these marks is explained by the text: none of its mentions is a finding.
    let explanations: PatternIDSet
    /// What a sentence holds is explained if one of these is in the next one: "This is a measure of …".
    let explanationsBehind: PatternIDSet
    let corrections: Corrections
    /// Patterns of words that an audience knows, by audience.
    let known: [String: PatternIDSet]

    /// How the sentences around a finding take it back.
    struct Corrections: Sendable {
        /// A sentence has no finding if one of these is in the one before: "A common misconception:".
        var before: PatternIDSet = []
        /// Nor if one of these is in the next one: "That is wrong."
        var behind: PatternIDSet = []
        /// A sentence that holds one of these says what others say: "It is often read that …"
        var reports: PatternIDSet = []
        /// A report is taken back if one of these is in the next sentence: "Tests show the opposite."
        var behindReports: PatternIDSet = []
    }

    /// One way to break a rule, within a sentence.
    struct Cue: Sendable {
        /// Any of these begins a finding, if all the others of one of its lists are in the same sentence, in any order.
        let find: [PatternID: [Parts]]
        /// If there are any, one of them has to be in the same sentence.
        let with: PatternIDSet
        /// None of these may be in the same sentence.
        let unless: PatternIDSet
        let message: String?
        let help: String?
        /// Text that could stand in place of the match.
        let replacement: String?
        /// A fact that the cue contradicts.
        let fact: String?
    }

    /// Patterns that all have to be in the sentence.
    typealias Parts = [PatternID]
}
