import Foundation
import TestSupport
import Testing

@testable import ExplainerKit

/// What a report looks like in every form. Reports are made by hand: «…» is a finding, ‹…› a sourced quantity.
@Suite struct ReportTests {
    private func answer(
        _ marked: String, name: String? = nil, severity: Finding.Severity = .error, message: String = "Not so.", help: String = "But so.",
        suggestions: [Finding.Suggestion] = [], skipped: [VisibleText.SkippedKind: Int] = [:]
    ) -> LintAnswer {
        let report = LintReport(
            marked: marked, severity: severity, message: message, help: help, suggestions: suggestions, skipped: skipped)
        return LintAnswer(report, name: name)
    }

    private func parsed(_ bytes: some Sequence<UInt8>) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    private let rules = [
        Rule(
            id: "magic", severity: .error, title: "No magic", rationale: "Readers \"stop\".", message: "", help: "Say what happens.",
            bad: ["Magic!"],
            good: ["It rounds."], origin: Origin(file: "magic.yaml", line: 1))
    ]

    // MARK: JSON

    @Test func `JSON has the documented members in the documented order`() throws {
        let answer = answer(
            "😀 é\r\nIt is «magic»: ‹75%› less.",
            suggestions: [.init(replacement: "rounding", fact: nil), .init(replacement: nil, fact: "f")],
            skipped: [.code: 3])
        let json = JSON.object(answer.json(links: ReportLinks()))
        #expect(
            json.text == #"""
                {"ok":false,"counts":{"error":1,"warning":0,"numbers":1,"sourced":1,"exempt":0},"findings":[{"rule":"magic","severity":"error",\#
                "match":"magic","message":"Not so.","help":"But so.","docs":"/rules/magic","range":{"start":{"line":2,"column":7,"utf8":15,\#
                "codepoint":11,"utf16":12},"end":{"line":2,"column":12,"utf8":20,"codepoint":16,"utf16":17}},\#
                "suggestions":[{"replacement":"rounding"},{"fact":"f"}],"fingerprint":"\#(answer.fingerprint(of: answer.report.findings[0]))"}],\#
                "sourced":[{"match":"75%","fact":"a-fact","range":{"start":{"line":2,"column":14,"utf8":22,"codepoint":18,"utf16":19},\#
                "end":{"line":2,"column":17,"utf8":25,"codepoint":21,"utf16":22}}}],\#
                "coverage":{"linted_bytes":28,"skipped":[{"kind":"code","bytes":3}]},"text":{"bytes":31,"codepoints":27,"utf16":28}}
                """#)
    }

    @Test(arguments: [
        (FailOn.error, Finding.Severity.error, false), (.error, .warning, true), (.warning, .warning, false), (.warning, .error, false),
        (.never, .error, true),
    ])
    func `a text is ok if nothing is as grave as asked`(failOn: FailOn, severity: Finding.Severity, isOK: Bool) {
        let json = JSON.object(answer("«magic»", severity: severity).json(failOn: failOn, links: ReportLinks()))
        #expect(json["ok"] == .bool(isOK))
    }

    @Test func `a text with nothing in it is ok, and says how much nothing that was`() {
        let json = JSON.object(answer("").json(links: ReportLinks()))
        #expect(json["ok"] == .bool(true) && json["findings"] == .array([]) && json["text"]?["bytes"] == .integer(0))
    }

    // MARK: Fingerprints

    private func fingerprint(_ marked: String) -> String {
        let answer = answer(marked)
        return answer.fingerprint(of: answer.report.findings[0])
    }

    @Test func `a finding keeps its fingerprint when text comes before it or lines are broken elsewhere`() {
        let known = fingerprint("It works like pure «magic» for all models.")
        #expect(known.count == 16 && known.allSatisfy(\.isHexDigit))
        #expect(fingerprint("More text. And more.\n\nIt works like pure «magic» for all models.") == known)
        #expect(fingerprint("It works like\npure «Magic» for  all models.") == known)
        #expect(fingerprint("It works like pure «tricks» for all models.") != known)
        #expect(fingerprint("It works like some «magic» for all models.") != known)
    }

    // MARK: Lines

    @Test func `text has one line a finding, with the path in front if there is one`() {
        let marked = "a\n é «magic»"
        #expect(ReportLines.text([answer(marked, message: "Not\nso.")]) == Array("2:4: error: Not so. [magic]\n".utf8))
        let both = ReportLines.text([answer(marked, name: "a b.md"), answer("«x»", name: "c.md", severity: .warning)])
        #expect(both == Array("a b.md:2:4: error: Not so. [magic]\nc.md:1:1: warning: Not so. [magic]\n".utf8))
        #expect(ReportLines.text([answer("fine")]).isEmpty)
    }

    @Test func `workflow commands escape what would end them`() {
        let line = ReportLines.github([answer("«magic»", name: "a,b:c%.md", message: "100%\r\nwrong: no, ::", help: "")])
        #expect(
            String(decoding: line, as: UTF8.self)
                == "::error file=a%2Cb%3Ac%25.md,line=1,endLine=1,col=1,endColumn=6,title=magic::100%25%0D%0Awrong: no, ::\n")
        #expect(String(decoding: ReportLines.github([answer("«magic»")]), as: UTF8.self).hasPrefix("::error line=1,"))
    }

    @Test func `reviewdog counts columns in bytes, on lines of every ending`() throws {
        let marked = "é\rß\r\n😀 «magic» ö\n“«ma\ngic»”"
        let answer = answer(
            marked, name: "a.md", suggestions: [.init(replacement: "\"rounding\"", fact: "f"), .init(replacement: nil, fact: "g")])
        let lines = ReportLines.reviewdog([answer], links: ReportLinks(base: "https://x.example", query: "?topic=tea")).split(
            separator: 0x0A)
        #expect(lines.count == 2)
        let first = try parsed(lines[0])
        let location = try #require(first["location"] as? [String: Any])
        let range = try #require(location["range"] as? [String: [String: Int]])
        #expect(location["path"] as? String == "a.md" && first["severity"] as? String == "ERROR")
        #expect(range == ["start": ["line": 3, "column": 6], "end": ["line": 3, "column": 11]])
        #expect((first["code"] as? [String: String]) == ["value": "magic", "url": "https://x.example/rules/magic?topic=tea"])
        let suggestions = try #require(first["suggestions"] as? [[String: Any]])
        #expect(suggestions.count == 1 && suggestions[0]["text"] as? String == "\"rounding\"")
        let second = try #require((try parsed(lines[1])["location"] as? [String: Any])?["range"] as? [String: [String: Int]])
        #expect(second == ["start": ["line": 4, "column": 4], "end": ["line": 5, "column": 4]])
    }

    // MARK: SARIF

    @Test func `SARIF has rules, artifacts and regions in code points and bytes`() throws {
        let answers = [
            answer("fine", name: "fine.txt"),
            answer("é\n😀 «magic»", name: "docs/a b%.md", severity: .warning, suggestions: [.init(replacement: "rounding", fact: nil)]),
        ]
        let log = try parsed(SARIF.log(answers, rules: rules, version: "1.2.3", links: ReportLinks(base: "https://x.example")).bytes)
        #expect(log["version"] as? String == "2.1.0" && log["$schema"] is String)
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        #expect(run["columnKind"] as? String == "unicodeCodePoints")
        let driver = try #require((run["tool"] as? [String: [String: Any]])?["driver"])
        let rule = try #require((driver["rules"] as? [[String: Any]])?.first)
        #expect(rule["id"] as? String == "magic" && rule["helpUri"] as? String == "https://x.example/rules/magic")
        #expect((rule["shortDescription"] as? [String: String]) == ["text": "No magic"])
        #expect((rule["fullDescription"] as? [String: String]) == ["text": "Readers \"stop\"."])
        let artifacts = try #require(run["artifacts"] as? [[String: Any]])
        #expect(artifacts.compactMap { ($0["location"] as? [String: String])?["uri"] } == ["fine.txt", "docs/a%20b%25.md"])
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.count == 1)
        let result = results[0]
        #expect(result["ruleId"] as? String == "magic" && result["ruleIndex"] as? Int == 0 && result["level"] as? String == "warning")
        let place = try #require((result["locations"] as? [[String: [String: Any]]])?.first?["physicalLocation"])
        #expect((place["artifactLocation"] as? [String: Any])?["index"] as? Int == 1)
        var region = try #require(place["region"] as? [String: Any])
        #expect((region.removeValue(forKey: "snippet") as? [String: String]) == ["text": "magic"])
        #expect(
            region as? [String: Int] == [
                "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 8, "charOffset": 4, "charLength": 5, "byteOffset": 8,
                "byteLength": 5,
            ])
        let prints = try #require(result["partialFingerprints"] as? [String: String])
        #expect(prints.values.first == answers[1].fingerprint(of: answers[1].report.findings[0]))
        let fix = try #require((result["fixes"] as? [[String: Any]])?.first)
        #expect("\(fix)".contains("rounding"))
    }

    @Test func `SARIF names a text without a path, and leaves out addresses that it does not know`() throws {
        let text = SARIF.log([answer("«magic»")], rules: rules, version: "1", links: ReportLinks()).text
        #expect(text.contains("\"uri\":\"%3Cstdin%3E\"") && !text.contains("helpUri"))
    }
}

extension LintReport {
    /// A report about a text in which «…» is a finding of the rule "magic" and ‹…› a quantity that "a-fact" holds.
    init(
        marked: String, severity: Finding.Severity, message: String, help: String, suggestions: [Finding.Suggestion],
        skipped: [VisibleText.SkippedKind: Int]
    ) {
        var source: [UInt8] = []
        var findings: [Finding] = []
        var sourced: [SourcedQuantity] = []
        var start = 0
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "«", "‹": start = source.count
            case "»":
                findings.append(
                    Finding(
                        rule: "magic", severity: severity, range: start..<source.count, message: message, help: help,
                        suggestions: suggestions))
            case "›": sourced.append(SourcedQuantity(range: start..<source.count, fact: "a-fact"))
            default: source += Array(String(scalar).utf8)
            }
        }
        self.init(source: source, findings: findings, sourced: sourced, numbers: sourced.count, exempt: 0, skipped: skipped)
    }
}
