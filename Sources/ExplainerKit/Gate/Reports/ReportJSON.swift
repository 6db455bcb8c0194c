extension LintAnswer {
    /// The documented object, without the digest of the content.
    package func json(failOn: FailOn = .error, links: ReportLinks) -> [(String, JSON)] {
        let source = report.source
        let skipped = VisibleText.SkippedKind.allCases.compactMap { kind in report.skipped[kind].map { (kind.rawValue, $0) } }
            .filter { $0.1 > 0 }
        return [
            ("ok", .bool(passes(failOn))), ("counts", counts.json),
            ("findings", .elements(report.findings.count) { json(report.findings[$0], links) }),
            (
                "sourced",
                .elements(report.sourced.count) { index in
                    let quantity = report.sourced[index]
                    return .object([
                        ("match", .string(text(quantity.range))), ("fact", .string(quantity.fact)), ("range", json(quantity.range)),
                    ])
                }
            ),
            (
                "coverage",
                .object([
                    ("linted_bytes", .integer(max(0, source.count - skipped.reduce(0) { $0 + $1.1 }))),
                    ("skipped", .array(skipped.map { .object([("kind", .string($0)), ("bytes", .integer($1))]) })),
                ])
            ),
            (
                "text",
                .object([
                    ("bytes", .integer(source.count)), ("codepoints", .integer(positions.codepoints)),
                    ("utf16", .integer(positions.utf16)),
                ])
            ),
        ]
    }

    package var counts: ReportCounts {
        ReportCounts(
            error: report.count(.error), warning: report.count(.warning), numbers: report.numbers, sourced: report.sourced.count,
            exempt: report.exempt
        )
    }

    private func json(_ finding: Finding, _ links: ReportLinks) -> JSON {
        .object([
            ("rule", .string(finding.rule)), ("severity", .string(finding.severity.rawValue)), ("match", .string(text(finding.range))),
            ("message", .string(finding.message)), ("help", .string(finding.help)), ("docs", .string(links.rule(finding.rule))),
            ("range", json(finding.range)), ("suggestions", .array(finding.suggestions.map(\.json))),
            ("fingerprint", .string(fingerprint(of: finding))),
        ])
    }

    private func json(_ range: Range<Int>) -> JSON { .object([("start", start(of: range).json), ("end", end(of: range).json)]) }
}

/// How much there was of each kind.
package struct ReportCounts: Sendable, Equatable {
    package var error = 0
    package var warning = 0
    /// Quantities that were recognised as claims.
    package var numbers = 0
    package var sourced = 0
    package var exempt = 0

    package init(error: Int = 0, warning: Int = 0, numbers: Int = 0, sourced: Int = 0, exempt: Int = 0) {
        self.error = error
        self.warning = warning
        self.numbers = numbers
        self.sourced = sourced
        self.exempt = exempt
    }

    package static func + (a: ReportCounts, b: ReportCounts) -> ReportCounts {
        ReportCounts(
            error: a.error + b.error, warning: a.warning + b.warning, numbers: a.numbers + b.numbers, sourced: a.sourced + b.sourced,
            exempt: a.exempt + b.exempt
        )
    }

    package var json: JSON {
        .object([
            ("error", .integer(error)), ("warning", .integer(warning)), ("numbers", .integer(numbers)), ("sourced", .integer(sourced)),
            ("exempt", .integer(exempt)),
        ])
    }
}

extension SourcePosition {
    fileprivate var json: JSON {
        .object([
            ("line", .integer(line)), ("column", .integer(column)), ("utf8", .integer(utf8)), ("codepoint", .integer(codepoint)),
            ("utf16", .integer(utf16)),
        ])
    }
}

extension Finding.Suggestion {
    fileprivate var json: JSON {
        let members = [("replacement", replacement), ("fact", fact)]
        return .object(members.compactMap { name, value in value.map { (name, .string($0)) } })
    }
}

extension Rule {
    /// What a rule asks for.
    package func json(links: ReportLinks) -> JSON {
        .object([
            ("id", .string(id)), ("severity", .string(severity.rawValue)), ("title", .string(title)), ("rationale", .string(rationale)),
            ("help", .string(help)), ("bad", .strings(bad)), ("good", .strings(good)),
            ("links", .object([("self", .string(links.rule(id)))])),
        ])
    }
}
