/// Findings in SARIF 2.1.0, which code hosts and editors read.
package enum SARIF {
    /// Stands in for the path of a text that has none.
    package static let nameless = "<stdin>"

    /// One run over any number of texts.
    package static func log(_ answers: [LintAnswer], rules: [Rule], version: String, links: ReportLinks) -> JSON {
        let indices = Dictionary(rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let driver = JSON.object([
            ("name", .string("explain-server")), ("version", .string(version)),
            ("rules", .array(rules.map { descriptor($0, links) })),
        ])
        let findings = answers.enumerated().flatMap { index, answer in answer.report.findings.map { (artifact: index, finding: $0) } }
        let run = JSON.object([
            ("tool", .object([("driver", driver)])), ("columnKind", .string("unicodeCodePoints")),
            ("newlineSequences", .strings(["\r\n", "\n", "\r"])), ("defaultEncoding", .string("utf-8")),
            (
                "artifacts",
                .array(
                    answers.map {
                        .object([
                            ("location", .object([("uri", .string(uri($0)))])), ("length", .integer($0.report.source.count)),
                            ("encoding", .string("utf-8")),
                        ])
                    }
                )
            ),
            (
                "results",
                .elements(findings.count) { index in
                    let (artifact, finding) = findings[index]
                    return result(finding, in: answers[artifact], artifact: artifact, rule: indices[finding.rule])
                }
            ),
        ])
        return .object([
            ("$schema", .string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")),
            ("version", .string("2.1.0")), ("runs", .array([run])),
        ])
    }

    private static func descriptor(_ rule: Rule, _ links: ReportLinks) -> JSON {
        var members: [(String, JSON)] = [
            ("id", .string(rule.id)), ("shortDescription", message(rule.title)), ("fullDescription", message(rule.rationale)),
            ("help", message(rule.help)),
        ]
        if let address = links.wholeRule(rule.id) { members.append(("helpUri", .string(address))) }
        members.append(("defaultConfiguration", .object([("level", .string(rule.severity.rawValue))])))
        return .object(members)
    }

    private static func result(_ finding: Finding, in answer: LintAnswer, artifact index: Int, rule: Int?) -> JSON {
        let artifact = JSON.object([("uri", .string(uri(answer))), ("index", .integer(index))])
        var members: [(String, JSON)] = [("ruleId", .string(finding.rule))]
        if let rule { members.append(("ruleIndex", .integer(rule))) }
        let region = region(finding.range, in: answer)
        members += [
            ("level", .string(finding.severity.rawValue)),
            ("message", message(finding.message + (finding.help.isEmpty ? "" : " " + finding.help))),
            (
                "locations",
                .array([
                    .object([
                        (
                            "physicalLocation",
                            .object([
                                ("artifactLocation", artifact),
                                ("region", .object(region + [("snippet", message(answer.text(finding.range)))])),
                            ])
                        )
                    ])
                ])
            ),
            ("partialFingerprints", .object([("ruleMatchAndNeighbours/v1", .string(answer.fingerprint(of: finding)))])),
        ]
        let replacements = finding.suggestions.compactMap(\.replacement)
        if !replacements.isEmpty {
            members.append(("fixes", .array(replacements.map { fix($0, artifact: artifact, region: .object(region)) })))
        }
        return .object(members)
    }

    private static func fix(_ replacement: String, artifact: JSON, region: JSON) -> JSON {
        let change = JSON.object([
            ("artifactLocation", artifact),
            ("replacements", .array([.object([("deletedRegion", region), ("insertedContent", message(replacement))])])),
        ])
        return .object([("description", message("Write \(replacement)")), ("artifactChanges", .array([change]))])
    }

    private static func region(_ range: Range<Int>, in answer: LintAnswer) -> [(String, JSON)] {
        let start = answer.start(of: range)
        let end = answer.end(of: range)
        return [
            ("startLine", .integer(start.line)), ("startColumn", .integer(start.column)), ("endLine", .integer(end.line)),
            ("endColumn", .integer(end.column)), ("charOffset", .integer(start.codepoint)),
            ("charLength", .integer(end.codepoint - start.codepoint)), ("byteOffset", .integer(start.utf8)),
            ("byteLength", .integer(end.utf8 - start.utf8)),
        ]
    }

    private static func message(_ text: String) -> JSON { .object([("text", .string(text))]) }

    /// The path as a reference: what is no unreserved character or slash is escaped.
    private static func uri(_ answer: LintAnswer) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in (answer.name ?? nameless).utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
