import ExplainerKit

extension Pages {
    /// The form to have a text checked.
    func lint(options: LintOptions, in topic: Topic) -> String { render("lint", frame(topic), form("", options, topic)) }

    /// What the check of a text found: the text with its findings marked, then the form with the text still in it.
    func lint(_ answer: LintAnswer, options: LintOptions, in topic: Topic) -> String {
        let shown = answer.report.findings.prefix(Self.mostFindings)
        let counts = answer.counts
        let hidden = answer.report.findings.count - shown.count
        var page = form(answer.text(0..<answer.report.source.count), options, topic)
        page["result"] =
            [
                "isClean": answer.report.findings.isEmpty, "errors": counted(counts.error, "error"),
                "warnings": counted(counts.warning, "warning"), "verdict": counts.error > 0 ? "refuted" : "unsupported",
                "numbers": counted(counts.numbers, "figure"), "sourcedCount": counts.sourced,
                "exempt": counts.exempt > 0 ? counted(counts.exempt, "finding") : false as Any,
                "segments": MarkedText(answer, shown).segments.map { values(of: $0, answer, topic) },
                "findings": shown.enumerated().map { finding($1, number: $0 + 1, answer, topic) },
                "hiddenFindings": hidden > 0 ? counted(hidden, "more finding") : false as Any,
            ] as Values
        return render("lint", frame(topic), page)
    }

    /// A page is for people; programs get all.
    private static let mostFindings = 200

    private func frame(_ topic: Topic) -> Frame {
        let address = links(topic).lint
        return Frame(
            topic: topic, title: "Check a text – \(topic.title)", description: "Checks a text against the rules and the facts.",
            address: address, alternates: [(.json, json(of: address))], part: "/lint"
        )
    }

    private func form(_ text: String, _ options: LintOptions, _ topic: Topic) -> Values {
        func choice(_ value: String, _ name: String, _ isChosen: Bool) -> Values { ["value": value, "name": name, "isChosen": isChosen] }
        let formats: [(TextFormat, String)] = [(.plain, "Plain text"), (.markdown, "Markdown"), (.html, "HTML")]
        let scopes: [(LintOptions.Scope, String)] = [(.fragment, "Sentences"), (.explainer, "A whole explainer")]
        return [
            "text": text, "rulesHref": links(topic).list(.rules),
            "topicID": topic.id == defaultTopic.id ? false : topic.id as Any,
            "choosers": [
                [
                    "field": "format", "label": "Written as",
                    "choices": formats.map { choice($0.rawValue, $1, $0 == options.format) },
                ],
                [
                    "field": "scope", "label": "Checked as",
                    "choices": scopes.map { choice($0.rawValue, $1, $0 == options.scope) },
                ],
                [
                    "field": "audience", "label": "Written for",
                    "choices": [choice("", "Anybody", options.audience == nil)]
                        + topic.audiences.map { choice($0.id, $0.name, $0.id == options.audience) },
                ],
            ] as [Values],
        ]
    }

    private func values(of segment: MarkedText.Segment, _ answer: LintAnswer, _ topic: Topic) -> Values {
        var values: Values = ["text": answer.text(segment.range), "isMarked": segment.severity != nil]
        values["severity"] = segment.severity?.rawValue
        values["factHref"] = segment.fact.map { links(topic).fact($0) } ?? false as Any
        values["fact"] = segment.fact
        values["notes"] = segment.beginning.map { $0 + 1 }
        let titles = segment.beginning.map { answer.report.findings[$0] }.map { "\($0.rule): \($0.message)" }
        values["title"] = titles.isEmpty ? nil : titles.joined(separator: " ")
        return values
    }

    private func finding(_ finding: Finding, number: Int, _ answer: LintAnswer, _ topic: Topic) -> Values {
        let start = answer.positions.position(at: finding.range.lowerBound)
        return [
            "number": number, "place": "\(start.line):\(start.column)", "severity": finding.severity.rawValue,
            "status": finding.severity == .error ? "refuted" : "unsupported", "match": answer.text(finding.range).shortened,
            "message": finding.message, "help": finding.help, "rule": finding.rule,
            "ruleHref": links(topic).entry(finding.rule, of: .rules),
            "suggestions": finding.suggestions.map { suggestion -> Values in
                [
                    "replacement": suggestion.replacement ?? false as Any,
                    "factHref": suggestion.fact.map { links(topic).fact($0) } ?? false as Any,
                    "factText": suggestion.fact.map { topic.fact($0)?.statement ?? $0 } ?? "",
                ]
            },
        ]
    }
}

/// A text cut wherever a finding or a sourced quantity begins or ends.
struct MarkedText {
    struct Segment: Equatable {
        let range: Range<Int>
        /// The gravest of the findings that cover it; nil where there is none.
        var severity: Finding.Severity?
        /// Findings that begin here, by their place in the report.
        var beginning: [Int] = []
        /// The fact that holds the quantity that this is.
        var fact: String?
    }

    let segments: [Segment]
    /// So that a page stays one that a browser can show.
    private static let mostQuantities = 1000

    init(_ answer: LintAnswer, _ findings: ArraySlice<Finding>) {
        let end = answer.report.source.count
        let sourced = answer.report.sourced.prefix(Self.mostQuantities)
        var errors: [Int: Int] = [:]
        var warnings: [Int: Int] = [:]
        var beginning: [Int: [Int]] = [:]
        for (index, finding) in findings.enumerated() where !finding.range.isEmpty {
            for (place, step) in [(finding.range.lowerBound, 1), (finding.range.upperBound, -1)] {
                if finding.severity == .error { errors[place, default: 0] += step } else { warnings[place, default: 0] += step }
            }
            beginning[finding.range.lowerBound, default: []].append(index)
        }
        let facts = Dictionary(sourced.map { ($0.range.lowerBound, $0) }, uniquingKeysWith: { first, _ in first })
        let places = Set(
            [0, end] + Array(errors.keys) + Array(warnings.keys) + facts.values.flatMap { [$0.range.lowerBound, $0.range.upperBound] })
        let cuts = places.sorted()
        var open = (errors: 0, warnings: 0)
        var quantity: SourcedQuantity?
        segments = zip(cuts, cuts.dropFirst()).map { start, end in
            open.errors += errors[start] ?? 0
            open.warnings += warnings[start] ?? 0
            if let next = facts[start] { quantity = next }
            var segment = Segment(range: start..<end, beginning: beginning[start] ?? [])
            segment.severity = open.errors > 0 ? .error : open.warnings > 0 ? .warning : nil
            if segment.severity == nil, let quantity, quantity.range.contains(start) { segment.fact = quantity.fact }
            return segment
        }
    }
}
