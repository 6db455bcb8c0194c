import ExplainerKit

/// Findings as LanguageTool writes matches.
struct LanguageToolMatches {
    private let report: LintReport
    private let text: AnnotatedText
    private let titles: [String: String]
    private let links: ReportLinks
    /// UTF-16 of the whole.
    private let units: [UInt16]

    init(_ report: LintReport, _ text: AnnotatedText, rules: [Rule], links: ReportLinks) {
        self.report = report
        self.text = text
        self.links = links
        titles = Dictionary(rules.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        units = Array(text.whole.utf16)
    }

    /// What an editor needs to know to colour a match.
    private struct Category {
        let id: String
        let name: String
        /// A value of ITS 2.0.
        let issueType: String

        init(rule: String) {
            switch rule {
            case "unverified-number": self.init(id: "QUANT_FACTS", name: "Facts and figures", issueType: "numbers")
            case "refuted-claim": self.init(id: "QUANT_FACTS", name: "Facts and figures", issueType: "inconsistency")
            case "jargon", "jargon-extended": self.init(id: "TERMINOLOGY", name: "Terminology", issueType: "terminology")
            default: self.init(id: "STYLE", name: "Style", issueType: "style")
            }
        }

        private init(id: String, name: String, issueType: String) {
            self.id = id
            self.name = name
            self.issueType = issueType
        }
    }

    /// - Parameter isWanted: whether findings of a rule, in a category, are to be shown.
    func json(where isWanted: (_ rule: String, _ category: String) -> Bool) -> JSON {
        let wanted = report.findings.filter { isWanted($0.rule, Category(rule: $0.rule).id) }
        return .elements(wanted.count) { json(wanted[$0]) }
    }

    private func json(_ finding: Finding) -> JSON {
        let category = Category(rule: finding.rule)
        let place = text.place(of: finding.range)
        let title = titles[finding.rule] ?? finding.rule
        return .object([
            ("message", .string(finding.message + (finding.help.isEmpty ? "" : " " + finding.help))), ("shortMessage", .string(title)),
            ("replacements", .array(finding.suggestions.compactMap(\.replacement).map { .object([("value", .string($0))]) })),
            ("offset", .integer(place.lowerBound)), ("length", .integer(place.count)), ("context", context(of: place)),
            ("sentence", .string(sentence(around: finding.range))), ("type", .object([("typeName", .string("Other"))])),
            (
                "rule",
                .object([
                    ("id", .string(finding.rule)), ("description", .string(title)), ("issueType", .string(category.issueType)),
                    ("urls", .array([.object([("value", .string((links.base ?? "") + links.rule(finding.rule)))])])),
                    ("category", .object([("id", .string(category.id)), ("name", .string(category.name))])),
                ])
            ),
            ("ignoreForIncompleteSentence", .bool(false)), ("contextForSureMatch", .integer(0)),
        ])
    }

    /// Up to 40 units on both sides, with "..." where something was cut.
    private func context(of place: Range<Int>) -> JSON {
        var start = max(0, place.lowerBound - 40)
        var end = min(units.count, place.upperBound + 40)
        // No half of a character.
        if start > 0, UTF16.isTrailSurrogate(units[start]) { start -= 1 }
        if end < units.count, UTF16.isTrailSurrogate(units[end]) { end += 1 }
        let before = start > 0 ? "..." : ""
        let cut = units[start..<end].map { $0 < 0x20 ? 0x20 : $0 }
        return .object([
            ("text", .string(before + String(decoding: cut, as: UTF16.self) + (end < units.count ? "..." : ""))),
            ("offset", .integer(place.lowerBound - start + before.utf16.count)), ("length", .integer(place.count)),
        ])
    }

    /// The checked text from the end of the sentence before to the end of this one; at most 500 bytes on each side.
    private func sentence(around range: Range<Int>) -> String {
        let bytes = text.checked
        func isEnd(_ index: Int) -> Bool {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0A
            switch bytes[index] {
            case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return next <= 0x20
            case 0x0A: return next == 0x0A
            default: return false
            }
        }
        var start = range.lowerBound
        while start > 0, start > range.lowerBound - 500, !isEnd(start - 1) { start -= 1 }
        var end = range.upperBound
        while end < bytes.count, end < range.upperBound + 500, end == 0 || !isEnd(end - 1) { end += 1 }
        while start < range.lowerBound, bytes[start] <= 0x20 || bytes[start] & 0xC0 == 0x80 { start += 1 }
        while end > range.upperBound, bytes[end - 1] <= 0x20 || end < bytes.count && bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
