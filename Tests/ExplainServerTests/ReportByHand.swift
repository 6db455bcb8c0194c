@testable import ExplainerKit

extension LintReport {
    /// A report about a text in which «…» is an error, “…” a warning and ‹…› a quantity that the fact "boiling" holds.
    init(marked: String, message: String = "Not so.", suggestions: [Finding.Suggestion] = []) {
        var source: [UInt8] = []
        var findings: [Finding] = []
        var sourced: [SourcedQuantity] = []
        var starts: [Int] = []
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "«", "“", "‹": starts.append(source.count)
            case "»", "”":
                findings.append(
                    Finding(
                        rule: scalar == "»" ? "unverified-number" : "hype", severity: scalar == "»" ? .error : .warning,
                        range: starts.removeLast()..<source.count, message: message, help: "But so.", suggestions: suggestions))
            case "›": sourced.append(SourcedQuantity(range: starts.removeLast()..<source.count, fact: "boiling"))
            default: source += Array(String(scalar).utf8)
            }
        }
        findings.sort { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
        self.init(source: source, findings: findings, sourced: sourced, numbers: sourced.count, exempt: 0, skipped: [:])
    }
}
