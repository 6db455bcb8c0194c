/// One violation of a rule, with position, reason and help.
package struct Finding: Sendable, Equatable {
    package let rule: String
    package let severity: Severity
    /// Bytes of the text as sent; covers the cue.
    package let range: Range<Int>
    /// Why it is a finding, with the cue that shows it.
    package let message: String
    /// What to write instead.
    package let help: String
    package let suggestions: [Suggestion]

    package enum Severity: String, Sendable, CaseIterable { case error, warning }

    /// What could stand in place of the match, and the fact that it rests on; either may be missing.
    package struct Suggestion: Sendable, Equatable {
        package let replacement: String?
        package let fact: String?
    }
}

/// A quantity that a fact of the catalogue holds.
package struct SourcedQuantity: Sendable, Equatable {
    /// Bytes of the text as sent.
    package let range: Range<Int>
    package let fact: String
}

/// What the gate has to say about a text.
package struct LintReport: Sendable {
    /// The text as sent.
    package let source: [UInt8]
    /// In the order of the text.
    package let findings: [Finding]
    /// Quantities that passed, in the order of the text.
    package let sourced: [SourcedQuantity]
    /// Quantities that were recognised as claims, sourced or not.
    package let numbers: Int
    /// Findings that a comment switched off.
    package let exempt: Int
    package let skipped: [VisibleText.SkippedKind: Int]
    /// How long it took; it belongs to no report's text.
    package var times = LintTimes()

    package func count(_ severity: Finding.Severity) -> Int { findings.count { $0.severity == severity } }
}

/// How long the stages of a check took.
package struct LintTimes: Sendable {
    /// Finding what people see, and its words and sentences.
    package var reading = Duration.zero
    /// The rules on sentences.
    package var rules = Duration.zero
    /// Figures, and the facts they rest on.
    package var numbers = Duration.zero
    /// The parts of a whole piece.
    package var structure = Duration.zero
}

/// What to check a text for.
package struct LintOptions: Sendable {
    package var format = TextFormat.plain
    package var scope = Scope.fragment
    /// Id of the audience, which may know words that others have to be told.
    package var audience: String?

    package enum Scope: String, Sendable, CaseIterable {
        /// Sentences, whatever they are part of.
        case fragment
        /// A whole piece, which also has to have every part that an explainer has.
        case explainer
    }

    package init(format: TextFormat = .plain, scope: Scope = .fragment, audience: String? = nil) {
        self.format = format
        self.scope = scope
        self.audience = audience
    }
}
