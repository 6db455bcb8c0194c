import ExplainerKit
import HTTPD
import TestSupport
import Testing

@testable import ExplainServer

/// What chatbots and their builders read: prompt, description of the interface, map, skill.
@Suite struct ChatbotTests {
    let app: App

    init() throws { app = try Self.app(frame: Self.frame) }

    private static let frame = """
        max_facts: 2
        system: |
          On {title}. {summary}
          {rules}
          {facts}
        user: |
          For {audience}: {needs} At most {max_grade}. {trigger}: {shape}
          {structure} {methods} {min_facts} {fact_count}
        rule: "- {title}. {help}"
        structure_rule: "{number}. {title}"
        method: "- {name}: {definition}"
        fact: "- [{id}] {statement}{wordings}{caveat}"
        wordings: "As {wordings}."
        caveat: "But {caveat}"
        """

    private static func app(frame: String?, _ edit: (inout Settings) -> Void = { _ in }) throws -> App {
        let files = frame.map { SmallTopic.files(adding: $0, as: "prompt.yaml") } ?? SmallTopic.files
        var settings = try Settings()
        edit(&settings)
        return App(site: try Site(snapshot: Snapshot(files), settings: settings), settings: settings)
    }

    @Test func `the prompt holds the rules, the reader's needs, the shape and the usable facts with their ids`() {
        let response = app.send(.get, "/prompt?audience=hosts&trigger=a+comparison+with+a+bath")
        #expect(response.status == 200 && response.header("Content-Type") == "text/markdown; charset=utf-8")
        for part in [
            "On Tea. How water and leaves become tea.", "For Hosts: A pot. At most 12. Tea by analogy: With a comparison.",
            "- [boiling] Water boils at 100 °C at sea level. As \"100 °C\", \"100 degrees\".", "- steeping: Steeping leaves", " 3 2",
        ] {
            #expect(response.text.contains(part), "\(part) in \(response.text)")
        }
        #expect(!response.text.contains("myth-milk-first"))
        #expect(response.text.components(of: "- [") == 2)
    }

    @Test func `as JSON it is the messages of a chat`() throws {
        let json = try JSONObject(app.send(.get, "/prompt.json?audience=guest").body)
        let messages = try json.array("messages")
        #expect(try messages.map { try $0.string("role") } == ["system", "user"])
        #expect(try messages[1].string("content").hasPrefix("For Guests: A cup."))
        #expect(try json.string("audience") == "guest" && json.string("trigger") == "make-tea")
        #expect(try json.object("links").string("lint") == "/lint?scope=explainer&audience=guest&topic=tea")
    }

    @Test(arguments: [
        ("/prompt?audience=gest", 400, "Did you mean guest?"), ("/prompt?trigger=mkae-tea", 400, "Did you mean make-tea?"),
        ("/prompt?length=brief", 400, "no parameter"), ("/prompt?audience=", 400, "is empty"),
        ("/prompt?trigger=" + String(repeating: "a", count: 501), 400, "longer than 500 characters"),
        ("/openapi.json?x=1", 400, "no parameter"), ("/llms.txt?x=1", 400, "no parameter"), ("/skill/SKILL.md?x=1", 400, "no parameter"),
        ("/openapi", 404, "Did you mean /openapi.json?"), ("/llms", 404, "Did you mean /llms.txt?"),
        ("/skill", 404, "no page"), ("/prompt.html", 404, "Did you mean"),
    ])
    func `what is asked wrongly is told what would have worked`(target: String, status: Int, says: String) {
        let response = app.send(.get, target)
        #expect(response.status == status && response.text.contains(says), "\(response.text)")
    }

    @Test func `a topic without a frame has no prompt, and says how it gets one`() throws {
        let response = try Self.app(frame: nil).send(.get, "/prompt")
        #expect(response.status == 404 && response.text.contains("prompt.yaml"))
    }

    @Test func `a frame with an unknown name in braces is refused with its line`() {
        let frame = Self.frame.replacing("{needs}", with: "{need}")
        let error = #expect(throws: LoadingErrors.self) { _ = try Snapshot(SmallTopic.files(adding: frame, as: "prompt.yaml")) }
        let text = error?.problems.map(\.description).joined() ?? ""
        #expect(
            text.contains("topics/tea/prompt.yaml:6") && text.contains("\"need\"") && text.contains("did you mean \"needs\""), "\(text)")
    }

    // MARK: OpenAPI

    @Test func `every parameter of every route is described within the limits`() throws {
        for route in Site.routes.routes where !MCP.owns(route.pattern) {
            #expect((1...300).contains(route.summary.count), "\(route.pattern)")
            for name in route.parameters + route.headers + (route.frame == nil ? [] : ["id"]) {
                let description = try #require(ParameterDescription.named(name, at: route.pattern), "\(route.pattern) \(name)")
                #expect((1...700).contains(description.summary.count), "\(name)")
            }
        }
        for name in LintRequest.members { #expect(ParameterDescription.named(name, at: "body") != nil, "\(name)") }
    }

    @Test func `every route has its own operation and says what it answers`() throws {
        let document = OpenAPI(site: app.site, base: nil).document
        var names: [String] = []
        for route in Site.routes.routes where !MCP.owns(route.pattern) {
            let path = route.pattern.replacing(":id", with: "{id}")
            let operation = try #require(document["paths"]?[path]?[route.method == .post ? "post" : "get"], "\(route.pattern)")
            names.append(route.operation)
            #expect(operation["operationId"] == .string(route.operation))
            for format in route.formats {
                #expect(operation["responses"]?["200"]?["content"]?[String(format.essence)] != nil, "\(path) \(format)")
            }
        }
        #expect(names.uniqued() == names)
    }

    @Test func `values come from the catalogue that is served`() throws {
        let parameters = OpenAPI(site: app.site, base: nil).document["paths"]?["/explain"]?["get"]?["parameters"]
        guard case .array(let parameters)? = parameters else { throw JSONObject.NotThere(key: "parameters") }
        let audience = try #require(parameters.first { $0["name"] == .string("audience") })
        #expect(audience["schema"]?["enum"] == .strings(["guest", "host"]) && audience["in"] == .string("query"))
    }

    @Test(arguments: ["/openapi.json", "/llms.txt", "/skill/SKILL.md"])
    func `documents that are read elsewhere name the host that was asked, or the public one`(target: String) throws {
        #expect(app.send(.get, target, ("Host", "tea.example:81")).text.contains("http://tea.example:81"))
        let known = try Self.app(frame: Self.frame) { $0.publicURL = "https://public.example" }
        let text = known.send(.get, target, ("Host", "tea.example:81")).text
        #expect(text.contains("https://public.example") && !text.contains("tea.example"))
    }

    @Test func `every answer links to the description of the service`() {
        let link = app.send(.get, "/explain").header("Link") ?? ""
        #expect(link.contains("</openapi.json>; rel=\"service-desc\"; type=\"application/json\""))
    }

    // MARK: Map and skill

    @Test func `llms.txt has the form that its readers expect, and its links lead somewhere`() {
        let response = app.send(.get, "/llms.txt", ("Host", "h"))
        #expect(response.header("Content-Type") == "text/plain; charset=utf-8")
        let lines = response.text.split(separator: "\n")
        #expect(lines[0] == "# explain-server" && lines[1].hasPrefix("> "))
        #expect(lines.filter { $0.hasPrefix("# ") }.count == 1 && lines.contains("## Optional"))
        let links = response.text.matches(of: /\]\(http:\/\/h([^)]*)\)/).map { String($0.1) }
        #expect(links.count > 10)
        for link in links where link != "/prompt.md" || app.site.defaultTopic.topic.id == "tea" {
            #expect(app.send(.get, link).status == 200, "\(link)")
        }
    }

    @Test func `the skill has the head that Agent Skills ask for`() throws {
        let response = app.send(.get, "/skill/SKILL.md", ("Host", "h"))
        #expect(response.header("Content-Type") == "text/markdown; charset=utf-8")
        #expect(response.text.hasPrefix("---\nname: sourced-explainer\ndescription: >-\n"))
        let head = try #require(response.text.split(separator: "---\n").first)
        #expect(head.utf8.count < 1024 && response.text.split(separator: "\n", omittingEmptySubsequences: false).count < 500)
        for command in response.text.matches(of: /'http:\/\/h(\/(?:explain|facts|prompt)[^']*)'/).map({ String($0.1) }) {
            #expect(app.send(.get, command).status == 200, "\(command)")
        }
    }
}

extension String {
    /// How often a text stands in this one.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
