import HTTPD
import TestSupport
import Testing

@testable import ExplainServer
@testable import ExplainerKit

/// The page on which people check a text.
@Suite struct LintPageTests {
    private let site: Site

    init() throws { site = try Site(snapshot: Snapshot(SmallTopic.files), settings: Settings()) }

    private func page(_ report: LintReport, _ options: LintOptions = LintOptions()) -> String {
        site.pages.lint(LintAnswer(report), options: options, in: site.defaultTopic.topic)
    }

    @Test func `the form works without a script and keeps what was chosen`() throws {
        let page = try App.small().page("/lint?scope=explainer&audience=visitor").text
        #expect(page.contains("<form class=\"search\" action=\"/lint#result\" method=\"post\">"))
        #expect(page.contains("<option value=\"explainer\" selected>") && page.contains("<option value=\"guest\" selected>"))
        for field in ["text", "format", "scope", "audience"] {
            #expect(page.contains("<label for=\"\(field)\">") && page.contains("id=\"\(field)\" name=\"\(field)\""))
        }
        #expect(
            page.contains("<a href=\"/lint\" aria-current=\"true\">Check</a>")
                || page.contains("<a href=\"/lint\" aria-current=\"page\">Check</a>"))
    }

    @Test func `a form that a browser sends is answered with the page, the text still in it`() throws {
        let app = try App.small()
        let response = app.respond(
            Request(
                method: .post, target: "/lint",
                headers: [
                    Field("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
                    Field("Content-Type", "application/x-www-form-urlencoded"),
                ],
                body: Array(
                    "text=%0D%0A%3Cscript%3Ealert(1)%3C/script%3E+%26amp%3B+%3C/textarea%3E&format=html&scope=fragment&audience=".utf8)))
        #expect(response.status == 200 && response.header("Cache-Control") == "no-store")
        let page = response.text
        #expect(page.contains("required>\n\r\n&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &lt;/textarea&gt;</textarea>"))
        #expect(!page.contains("<script>") && page.contains("<option value=\"html\" selected>"))
        #expect(page.contains("Nothing was found."))
    }

    @Test func `findings are marked in place with number, rule and message, and sourced figures lead to their fact`() {
        let page = page(LintReport(marked: "A <b> «88%»\nof “huge” ‹100 °C›.", message: "\"<88%>\" & so on"))
        #expect(
            page.contains(
                "A &lt;b&gt; <mark class=\"error\" title=\"unverified-number: &quot;&lt;88%&gt;&quot; &amp; so on\">88%<sup><a id=\"mark-1\" href=\"#finding-1\">"
            ))
        #expect(page.contains("<mark class=\"warning\""))
        #expect(page.contains("<a class=\"explainer-fact\" href=\"/facts/boiling\" title=\"sourced: boiling\">100 °C</a>."))
        #expect(page.contains("<a href=\"#mark-1\">1:7</a>") && page.contains("<a href=\"/rules/hype\">hype</a>"))
        #expect(page.contains("<strong>1 error, 1 warning.</strong>") && page.contains("1 figure recognised"))
        #expect(!page.contains("<88%>") && !page.contains("Optional("))
    }

    @Test func `suggestions name the replacement and the fact`() {
        let suggestions: [Finding.Suggestion] = [
            .init(replacement: "<100>", fact: "boiling"), .init(replacement: nil, fact: "green-water"),
        ]
        let page = page(LintReport(marked: "«88»", suggestions: suggestions))
        #expect(
            page.contains("Write <strong>&lt;100&gt;</strong>. Fact: <a href=\"/facts/boiling\">Water boils at 100 °C at sea level.</a>"))
        #expect(page.contains("<a href=\"/facts/green-water\">Green tea is made with water of 80 °C.</a>"))
    }

    @Test(arguments: [
        ("a «b» c", ["a ", "b", " c"]), ("«a “b” c»", ["a ", "b", " c"]), ("«a “b» c”", ["a ", "b", " c"]), ("«“a”», b", ["a", ", b"]),
        ("«a ‹b› c» ‹d›", ["a ", "b", " c", " ", "d"]), ("", []), ("plain", ["plain"]),
    ])
    func `a text is cut where findings begin and end, also inside of one another`(marked: String, pieces: [String]) {
        let answer = LintAnswer(LintReport(marked: marked))
        let segments = MarkedText(answer, answer.report.findings[...]).segments
        #expect(segments.map { answer.text($0.range) } == pieces)
        for segment in segments {
            let covering = answer.report.findings.filter { $0.range.overlaps(segment.range) }
            let severity: Finding.Severity? = covering.contains { $0.severity == .error } ? .error : covering.isEmpty ? nil : .warning
            #expect(segment.severity == severity && (segment.fact == nil || covering.isEmpty))
        }
    }

    @Test func `a page shows so many findings and says how many more there are`() {
        let page = page(LintReport(marked: String(repeating: "«x» ", count: 250)))
        #expect(page.ranges(of: "<li id=\"finding-").count == 200 && page.contains("50 more findings, not shown here."))
        #expect(page.contains("<strong>250 errors, 0 warnings.</strong>"))
    }
}
