/// Findings as lines: for people and terminals, for GitHub, for reviewdog.
package enum ReportLines {
    /// `path:line:column: severity: message [rule]`, without the path where a text has no name.
    package static func text(_ answers: [LintAnswer]) -> [UInt8] {
        lines(answers) { answer, finding in
            let start = answer.start(of: finding.range)
            let name = answer.name.map { $0.onOneLine + ":" } ?? ""
            return "\(name)\(start.line):\(start.column): \(finding.severity.rawValue): \(finding.message.onOneLine) [\(finding.rule)]"
        }
    }

    /// Workflow commands of GitHub Actions, which become notes beside the lines of a pull request.
    package static func github(_ answers: [LintAnswer]) -> [UInt8] {
        lines(answers) { answer, finding in
            let start = answer.start(of: finding.range)
            let end = answer.end(of: finding.range)
            let properties = [
                answer.name.map { "file=\(property($0))" }, "line=\(start.line)", "endLine=\(end.line)", "col=\(start.column)",
                "endColumn=\(end.column)", "title=\(property(finding.rule))",
            ]
            let message = data(finding.message + (finding.help.isEmpty ? "" : "\n" + finding.help))
            return "::\(finding.severity.rawValue) \(properties.compactMap(\.self).joined(separator: ","))::\(message)"
        }
    }

    /// What has to be escaped in the message of a workflow command.
    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r\n", with: "%0D%0A").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    /// Likewise in a property.
    private static func property(_ text: String) -> String { data(text).replacing(":", with: "%3A").replacing(",", with: "%2C") }

    /// rdjsonl: one JSON object a line, columns counted in bytes.
    package static func reviewdog(_ answers: [LintAnswer], links: ReportLinks) -> [UInt8] {
        let sources = answers.map { LineStarts($0.report.source) }
        return zip(answers, sources).flatMap { answer, lineStarts in
            lines([answer]) { answer, finding in
                func place(_ position: SourcePosition) -> JSON {
                    let column = position.utf8 - lineStarts.start(ofLine: position.line) + 1
                    return .object([("line", .integer(position.line)), ("column", .integer(column))])
                }
                let range = JSON.object([
                    ("start", place(answer.start(of: finding.range))), ("end", place(answer.end(of: finding.range))),
                ])
                var code: [(String, JSON)] = [("value", .string(finding.rule))]
                if let url = links.wholeRule(finding.rule) { code.append(("url", .string(url))) }
                var source: [(String, JSON)] = [("name", .string("explain-server"))]
                if let base = links.base { source.append(("url", .string(base))) }
                let help = finding.help.isEmpty ? "" : "\n" + finding.help
                var members: [(String, JSON)] = [
                    ("message", .string(finding.message + help)),
                    ("location", .object([("path", .string(answer.name ?? SARIF.nameless)), ("range", range)])),
                    ("severity", .string(finding.severity.rawValue.uppercased())), ("source", .object(source)), ("code", .object(code)),
                ]
                let replacements = finding.suggestions.compactMap(\.replacement)
                if !replacements.isEmpty {
                    members.append(
                        ("suggestions", .array(replacements.map { .object([("range", range), ("text", .string($0))]) }))
                    )
                }
                return JSON.object(members).text
            }
        }
    }

    private static func lines(_ answers: [LintAnswer], _ line: (LintAnswer, Finding) -> String) -> [UInt8] {
        var bytes: [UInt8] = []
        for answer in answers {
            for finding in answer.report.findings {
                bytes += line(answer, finding).utf8
                bytes.append(0x0A)
            }
        }
        return bytes
    }
}

/// Where each line of a text begins, in bytes.
private struct LineStarts {
    private let starts: [Int]

    init(_ source: [UInt8]) {
        var starts = [0]
        for (index, byte) in source.enumerated()
        where byte == 0x0A || byte == 0x0D && (index + 1 == source.count || source[index + 1] != 0x0A) {
            starts.append(index + 1)
        }
        self.starts = starts
    }

    func start(ofLine line: Int) -> Int { starts[min(line, starts.count) - 1] }
}

extension String {
    /// Line breaks as blanks.
    fileprivate var onOneLine: String { contains(where: \.isNewline) ? split(whereSeparator: \.isNewline).joined(separator: " ") : self }
}
