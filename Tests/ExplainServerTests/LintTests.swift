import ExplainerKit
import HTTPD
import TestSupport
import Testing

@testable import ExplainServer

/// The style gate with rules in it: one that is an error, and one that is a warning.
@Suite struct LintTests {
    private static let rules = [
        "hurry":
            "severity: error\ntitle: No <hurry>\nmessage: \"\\\"{match}\\\" hurries.\"\nbad: [Be quick & careless.]\ncues:\n  - find: [quick]\n",
        "praise":
            "severity: warning\ntitle: No praise\nmessage: \"\\\"{match}\\\" praises.\"\nbad: [A lovely cup.]\ncues:\n  - find: [lovely]\n    replacement: hot\n",
    ]

    private let app: App

    init() throws {
        var files = SmallTopic.files
        for (id, rule) in Self.rules {
            files.texts["topics/tea/rules/\(id).yaml"] =
                "id: \(id)\nrationale: Tea takes time.\nhelp: Let it stand.\ngood: [It stands.]\n" + rule
        }
        // The same again, as a topic that is not the default one.
        for (path, text) in files.texts where path.hasPrefix("topics/tea/") {
            var text = text
            for id in ["boiling", "green-water", "heat-gap", "green-tea-cooler", "myth-milk-first"] {
                text = text.replacing(id, with: "urn-" + id)
            }
            files.texts["topics/urn/" + path.dropFirst("topics/tea/".count)] = text
        }
        var settings = try Settings()
        settings.defaultTopic = "tea"
        app = App(site: try Site(snapshot: Snapshot(files), settings: settings), settings: settings)
    }

    private func post(_ target: String, _ text: String, accept: String = "*/*", type: String = "text/markdown") -> Response {
        app.respond(
            Request(
                method: .post, target: target,
                headers: [Field("Accept", accept), Field("Content-Type", type), Field("Host", "gate.example:81")],
                body: Array(text.utf8)))
    }

    @Test func `findings are answered in the order of the text, with links`() throws {
        let object = try JSONObject(post("/lint", "A *love*ly cup ☕,\nquick!").body)
        let findings = try object.array("findings")
        #expect(try findings.map { try $0.string("match") } == ["love*ly", "quick"])
        #expect(try findings.map { try $0.string("docs") } == ["/rules/praise", "/rules/hurry"])
        #expect(try findings[0].array("suggestions")[0].string("replacement") == "hot")
        let start = try findings[1].object("range").object("start")
        #expect(try (start.integer("line"), start.integer("column"), start.integer("utf8")) == (2, 1, 20))
        #expect(try object.object("counts").integer("error") == 1 && object.object("counts").integer("warning") == 1)
    }

    @Test(arguments: [
        ("/lint", "quick", 200, false), ("/lint?fail_on=error", "quick", 422, false), ("/lint?fail_on=ERROR", "lovely", 200, true),
        ("/lint?fail_on=warning", "lovely", 422, false), ("/lint?fail_on=never", "quick", 200, true), ("/lint", "lovely", 200, true),
        ("/lint?fail_on=warning", "calm", 200, true),
    ])
    func `findings make no error but on demand`(target: String, text: String, status: Int, isOK: Bool) {
        let response = post(target, text)
        #expect(response.status == status)
        #expect(response.text.hasPrefix("{\n  \"ok\": \(isOK),\n  \"counts\": {\"error\": "))
        #expect(response.header("Cache-Control") == "no-store" && response.header("Server-Timing") != nil)
        #expect(post(target + (target.contains("?") ? "&" : "?") + "format=text", text).status == status)
    }

    @Test func `every form tells of the same findings`() throws {
        let text = "# Tea\n\nBe quick. ☕"
        #expect(post("/lint.txt", text).text == "3:4: error: \"quick\" hurries. [hurry]\n")
        #expect(post("/lint?format=text&path=a%20b.md", text).text == "a b.md:3:4: error: \"quick\" hurries. [hurry]\n")
        #expect(
            post("/lint?format=github&path=a.md", text).text
                == "::error file=a.md,line=3,endLine=3,col=4,endColumn=9,title=hurry::\"quick\" hurries.%0ALet it stand.\n")
        #expect(post("/lint.rdjsonl", text).text.contains("\"url\":\"http://gate.example:81/rules/hurry\""))
        let sarif = try JSONObject(post("/lint", text, accept: "application/sarif+json").body).array("runs")[0]
        #expect(try sarif.array("results")[0].string("ruleId") == "hurry")
        let rules = try sarif.object("tool").object("driver").array("rules")
        #expect(
            try rules.map { try $0.string("helpUri") } == ["http://gate.example:81/rules/hurry", "http://gate.example:81/rules/praise"])
        let page = post("/lint", text, accept: "text/html").text
        #expect(page.contains("<mark class=\"error\" title=\"hurry: &quot;quick&quot; hurries.\">quick<sup>"))
    }

    @Test func `links keep to a topic that is not the default one`() throws {
        let finding = try JSONObject(post("/lint?topic=urn", "quick").body).array("findings")[0]
        #expect(try finding.string("docs") == "/rules/hurry?topic=urn")
        #expect(post("/lint?topic=urn", "quick", accept: "text/html").text.contains("<a href=\"/rules/hurry?topic=urn\">hurry</a>"))
        #expect(app.page("/lint?topic=urn").text.contains("<input type=\"hidden\" name=\"topic\" value=\"urn\">"))
    }

    @Test func `JSON and forms say how the text is written`() throws {
        let html = #"<code>quick</code> quick"#
        for (format, count) in [("html", 1), ("plain", 2)] {
            let json = post("/lint", "{\"text\": \"\(html)\", \"format\": \"\(format)\"}", type: "application/json")
            #expect(try JSONObject(json.body).array("findings").count == count)
            let form = post("/lint", "text=\(percentEncoded(html))&format=\(format)", type: "application/x-www-form-urlencoded")
            #expect(try JSONObject(form.body).array("findings").count == count)
        }
    }

    @Test func `rules are listed, each with reason, help and examples`() throws {
        let list = try JSONObject(app.send(.get, "/rules").body).array("rules")
        #expect(try list.map { try $0.string("id") } == ["hurry", "praise"])
        let rule = app.send(.get, "/rules/HURRY")
        for part in [
            "\"severity\": \"error\"", "\"rationale\": \"Tea takes time.\"", "\"bad\": [\"Be quick & careless.\"]",
            "\"good\": [\"It stands.\"]",
            "\"self\": \"/rules/hurry\"",
        ] {
            #expect(rule.text.contains(part), "\(rule.text)")
        }
        #expect(app.send(.get, "/rules/hury").text.contains("\"did_you_mean\": \"hurry\""))
        let page = app.page("/rules/hurry").text
        for part in ["<h1>No &lt;hurry&gt;</h1>", "Tea takes time.", "Let it stand.", "Be quick &amp; careless.", "It stands."] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(app.page("/rules?topic=urn").text.contains("href=\"/rules/hurry?topic=urn\""))
    }

    @Test func `an editor that speaks LanguageTool sees the same findings`() throws {
        let body =
            "language=auto&data="
            + percentEncoded(##"{"annotation": [{"markup": "# "}, {"text": "☕😀 love"}, {"markup": "**"}, {"text": "ly"}]}"##)
        let response = post("/v2/check", body, type: "application/json")
        let match = try JSONObject(response.body).array("matches")[0]
        #expect(try (match.integer("offset"), match.integer("length")) == (6, 8))
        #expect(try match.array("replacements")[0].string("value") == "hot")
        #expect(try match.object("rule").array("urls")[0].string("value") == "http://gate.example:81/rules/praise")
        #expect(try JSONObject(post("/v2/check", body + "&disabledRules=praise").body).array("matches").isEmpty)
    }
}
