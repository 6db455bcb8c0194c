import ExplainerKit

/// How many texts the style gate was asked to check, and what it found.
struct LintCounts: Equatable, Sendable {
    private(set) var texts = 0
    private(set) var bytes = 0
    private(set) var findings: [String: Int] = [:]

    mutating func add(_ report: LintReport) {
        texts += 1
        bytes += report.source.count
        for finding in report.findings { findings[finding.rule, default: 0] += 1 }
    }
}

extension Call {
    /// Checks a text that a client sent, and counts it.
    func lint(_ text: [UInt8], _ options: LintOptions = LintOptions(), in topic: Topic) -> LintReport {
        let report = topic.gate.lint(text, options)
        state.count(report)
        return report
    }
}
