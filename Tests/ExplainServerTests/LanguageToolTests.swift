import HTTPD
import TestSupport
import Testing

@testable import ExplainServer
@testable import ExplainerKit

/// What an editor with a LanguageTool client gets.
@Suite struct LanguageToolTests {
    private let app: App

    init() throws { app = try App.small() }

    private func post(_ body: String, type: String? = nil, target: String = "/v2/check") -> Response {
        app.respond(
            Request(method: .post, target: target, headers: type.map { [Field("Content-Type", $0)] } ?? [], body: Array(body.utf8)))
    }

    // MARK: Requests

    @Test(arguments: [nil, "application/x-www-form-urlencoded", "application/json", "text/plain", "x"])
    func `a form is read whatever the type says`(type: String?) throws {
        let response = post("text=Tea+%F0%9F%98%80%0C.&language=en-US&unknown=1&level=picky&mode=all&username=", type: type)
        #expect(response.status == 200 && response.header("Content-Type") == "application/json")
        let object = try JSONObject(response.body)
        #expect(try object.array("matches").isEmpty)
        for part in ["\"apiVersion\": 1", "\"incompleteResults\": false", "\"code\": \"en-US\"", "\"detectedLanguage\""] {
            #expect(response.text.contains(part), "\(part)")
        }
    }

    @Test(arguments: [
        ("/v2/check?language=auto&text=Tea", 200, "\"code\": \"en-US\""), ("/v2/check?language=EN-gb&text=", 200, "English (GB)"),
        ("/v2/check?text=Tea", 400, "Error: Missing \"language\""), ("/v2/check?language=en", 400, "Error: Missing \"text\" or \"data\""),
        ("/v2/check?language=de-DE&text=Tee", 400, "Error: \"de-DE\" is not a language code known here."),
        ("/v2/check?language=en&text=a&data=%7B%7D", 400, "Error: Set only one of"),
        ("/v2/check?language=en&data=%7B%7D", 400, "Error: \"data\" has to hold a list"),
        ("/v2/check?language=en&data=%7B%22annotation%22:%5B%7B%22txt%22:1%7D%5D%7D", 400, "Error: Each annotation"),
        ("/v2/check?language=en&data=x", 400, "Error: \"data\" is not valid JSON: at byte 0"),
        ("/v2/check?language=en&text=%ff", 400, "Error: The parameter \"text\" is not valid UTF-8."),
        ("/v2/check?language=en&text=a&enabledOnly=true", 400, "Error: You must specify enabled rules"),
        ("/v2/check?language=en&text=a&enabledOnly=true&enabledRules=x&disabledRules=y", 400, "Error: You cannot specify disabled"),
        ("/v2/chek", 404, "Error: There is no page"), ("/v2/languages", 200, "\"longCode\": \"en-US\""), ("/v2/info", 200, "\"software\""),
        ("/v2/maxtextlength", 200, "1048576\n"), ("/v2/healthcheck", 200, "OK"),
    ])
    func `GET answers, and errors are lines of text`(target: String, status: Int, says: String) {
        let response = app.send(.get, target, ("Accept", "*/*"))
        #expect(response.status == status)
        #expect(response.text.contains(says), "\(response.text)")
        if status >= 400 {
            #expect(response.header("Content-Type") == "text/plain; charset=utf-8" && response.text.hasPrefix("Error: "))
        }
        #expect(response.header("Access-Control-Allow-Origin") == "*")
    }

    @Test func `a text that is too long is 413, also when it is refused before it was read`() throws {
        let app = try App.small { $0.lintMaxBytes = 10 }
        let response = app.respond(Request(method: .post, target: "/v2/check", body: Array("language=en&text=12345678901".utf8)))
        #expect(response.status == 413 && response.text == "Error: Your text has 11 bytes; the limit is 10.\n")
        let refused = app.refuse(Refusal(.bodyTooLarge(limit: 30), accept: "*/*", path: "/v2/check"))
        #expect(refused.status == 413 && refused.text.hasPrefix("Error: "))
    }

    // MARK: Places

    private func matches(_ marked: String, _ text: AnnotatedText? = nil, where isWanted: (String, String) -> Bool = { _, _ in true }) throws
        -> [JSONObject]
    {
        let report = LintReport(marked: marked)
        let text = text ?? AnnotatedText([.text(String(decoding: report.source, as: UTF8.self))])
        #expect(text.checked == report.source)
        let rules = [
            Rule(
                id: "hype", severity: .warning, title: "No hype", rationale: "", message: "", help: "", bad: [], good: [],
                origin: Origin(file: "", line: 1))
        ]
        let all = LanguageToolMatches(report, text, rules: rules, links: ReportLinks(base: "http://gate.example"))
        return try JSONObject(JSON.object([("matches", all.json(where: isWanted))]).bytes).array("matches")
    }

    @Test func `a match is placed in UTF-16 and has everything that clients look for`() throws {
        let match = try #require(matches("😀😀 Fine. Это «88%» 😀!\n\nNext.").first)
        #expect(try (match.integer("offset"), match.integer("length")) == (15, 3))
        #expect(try match.string("sentence") == "Это 88% 😀!")
        let context = try match.object("context")
        #expect(try context.string("text") == "😀😀 Fine. Это 88% 😀!  Next." && context.integer("offset") == 15)
        #expect(try match.object("type").string("typeName") == "Other")
        let rule = try match.object("rule")
        #expect(try rule.string("id") == "unverified-number" && rule.string("issueType") == "numbers")
        #expect(try rule.object("category").string("id") == "QUANT_FACTS")
        #expect(try rule.array("urls")[0].string("value") == "http://gate.example/rules/unverified-number")
        #expect(try match.string("message") == "Not so. But so." && match.array("replacements").isEmpty)
        #expect(try matches("“vast”")[0].string("shortMessage") == "No hype")
    }

    @Test func `the context is cut between characters`() throws {
        let match = try #require(matches(String(repeating: "😀", count: 30) + "a«88»" + String(repeating: "😀", count: 30)).first)
        let context = try match.object("context")
        let units = Array(try context.string("text").utf16)
        let start = try context.integer("offset")
        #expect(String(decoding: units[start..<start + 2], as: UTF16.self) == "88")
        #expect(
            try context.string("text").hasPrefix("...😀") && context.string("text").hasSuffix("😀...")
                && !context.string("text").contains("\u{FFFD}"))
    }

    @Test func `offsets count markup, which is not looked at`() throws {
        let text = try AnnotatedText(
            data:
                #"{"annotation": [{"text": "😀 A "}, {"markup": "<b>"}, {"text": "88"}, {"markup": "</b>"}, {"text": "% of"}, {"markup": "<br>", "interpretAs": "\n\n"}, {"text": "9 &"}, {"markup": "&#37;", "interpretAs": "%"}, {"text": "."}]}"#
        )
        let whole = Array(text.whole.utf16)
        let found = try matches("😀 A «88%» of\n\n«9» &«%».", text).map { match in
            try String(decoding: whole[match.integer("offset")..<match.integer("offset") + match.integer("length")], as: UTF16.self)
        }
        #expect(found == ["88</b>%", "9", "&#37;"])
    }

    @Test(arguments: [
        ("", ["unverified-number", "hype"]), ("disabledRules=HYPE", ["unverified-number"]), ("disabledRules=x,hype,unverified-number", []),
        ("disabledCategories=STYLE", ["unverified-number"]), ("disabledCategories=STYLE&enabledRules=hype", ["unverified-number", "hype"]),
        ("enabledOnly=true&enabledRules=hype", ["hype"]), ("enabledOnly=true&enabledCategories=QUANT_FACTS", ["unverified-number"]),
        ("enabledRules=hype", ["unverified-number", "hype"]),
    ])
    func `rules and categories can be switched off`(query: String, rules: [String]) throws {
        let fields = try Form.fields(of: Array("text=&language=en&\(query)".utf8))
        let request = try LanguageToolRequest(fields, language: "en", limit: 100)
        #expect(try matches("«88» “vast”", where: request.isWanted).map { try $0.object("rule").string("id") } == rules)
    }
}
