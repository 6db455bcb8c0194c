/// The style gate of a topic: checks any text against the topic's rules and its facts.
///
/// Immutable, so any number of threads may use one.
package final class Gate: Sendable {
    /// The rules, in the order in which they are listed.
    package let rules: [Rule]

    package init(rules: [Rule]) { self.rules = rules }

    /// - Parameter text: valid UTF-8
    package func lint(_ text: [UInt8], _ options: LintOptions = LintOptions()) -> LintReport {
        let visible = options.format.visibleText(of: text)
        return LintReport(source: text, findings: [], sourced: [], numbers: 0, exempt: 0, skipped: visible.skipped)
    }
}

/// What a rule asks for, as it is listed: `GET /rules/{id}`.
package struct Rule: Sendable {
    package let id: String
    package let severity: Finding.Severity
    package let title: String
    /// Why there is such a rule.
    package let rationale: String
    /// What to write instead.
    package let help: String
    package let bad: [String]
    package let good: [String]
    package let origin: Origin
}
