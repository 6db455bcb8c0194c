/// What is said about one text: the report, and where in the text everything stands that it speaks of.
package struct LintAnswer: Sendable {
    package let report: LintReport
    /// Path or name of the text; nil for one that has none.
    package let name: String?
    package let positions: SourcePositions

    package init(_ report: LintReport, name: String? = nil) {
        self.report = report
        self.name = name
        positions = SourcePositions(report.source)
    }

    /// The bytes of a stretch as text.
    package func text(_ range: Range<Int>) -> String { String(decoding: report.source[range], as: UTF8.self) }

    func start(of range: Range<Int>) -> SourcePosition { positions.position(at: range.lowerBound) }
    func end(of range: Range<Int>) -> SourcePosition { positions.position(at: range.upperBound) }

    /// Whether nothing was found that the caller does not want to let pass.
    package func passes(_ failOn: FailOn) -> Bool {
        switch failOn {
        case .never: true
        case .error: report.count(.error) == 0
        case .warning: report.findings.isEmpty
        }
    }
}

/// From which severity on a text does not pass.
package enum FailOn: String, Sendable, CaseIterable { case error, warning, never }

/// Where links in an answer lead.
package struct ReportLinks: Sendable {
    /// Scheme and host, such as "https://explain.example.org"; nil when they are not known.
    package let base: String?
    /// What an address of the topic's rules has to add: "?topic=…"; "" for the default topic.
    package let query: String

    package init(base: String? = nil, query: String = "") {
        self.base = base
        self.query = query
    }

    /// The address of a rule on this service.
    package func rule(_ id: String) -> String { "/rules/\(id)\(query)" }

    /// With scheme and host, which some forms want; nil when they are not known.
    func wholeRule(_ id: String) -> String? { base.map { $0 + rule(id) } }
}
