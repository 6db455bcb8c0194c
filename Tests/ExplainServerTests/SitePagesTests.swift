import ExplainerKit
import HTTPD
import Testing

@testable import ExplainServer

/// Myths, charts, the script and what the browser is allowed to do with them.
struct SitePagesTests {
    private let app: App

    init() throws { app = try TrickyTopic.shared.get() }

    // MARK: Myths

    @Test func `tells each claim that does not hold with the reason and with what holds instead`() {
        let html = app.page("/myths").text
        for part in [
            "1 claim on Tea &amp; water: 1 refuted, 0 that no source supports.", "href=\"#theme-taste\"",
            "<h2 id=\"theme-taste\">Taste</h2>",
            "<a href=\"/facts/myth-instant\">Tea is ready at once.</a>", "<span class=\"status refuted\">Refuted.</span>",
            "Water has to get hot &amp; stay so.", "What holds instead",
            "<a href=\"/facts/kettle-time\">A kettle &amp; lid boils a cup in 90 seconds &lt;from cold&gt;.</a> <span class=\"count\">Cup &amp; Sons (2024)",
        ] {
            #expect(html.contains(part), "\(part)")
        }
        #expect(!html.contains("Heat &amp; time <span class=\"count\">"), "a theme without a myth")
    }

    @Test func `gives programs the same myths as facts`() throws {
        let json = app.get("/myths.json").text
        #expect(json.contains("\"count\": 1") && json.contains("\"id\": \"myth-instant\""))
        #expect(json.contains("\"instead\": [\"kettle-time\"]"))
    }

    // MARK: Charts

    @Test func `shows a chart beside its table`() {
        let html = app.page("/charts/wait").text
        for part in [
            "<svg class=\"chart\"", "role=\"img\" aria-labelledby=\"chart-wait-1-title chart-wait-1-desc\"",
            "<h1>Wait &amp; see</h1>", "<th scope=\"row\">Model &quot;K&quot; 1</th><td>4-bit Kettle &amp; lid</td>",
            "<a href=\"/facts/kettle-time\">", "href=\"/charts/wait.svg\" type=\"image/svg+xml\"",
        ] {
            #expect(html.contains(part), "\(part)")
        }
    }

    @Test func `serves the picture with its one style allowed by digest and nothing else`() throws {
        let picture = app.get("/charts/wait.svg")
        #expect(picture.status == 200)
        #expect(picture.header("Content-Type") == "image/svg+xml")
        let policy = try #require(picture.header("Content-Security-Policy"))
        #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
        #expect(!policy.contains("unsafe") && !policy.contains("script-src"))
        #expect(picture.text.contains("<title id=\"title\">Wait &amp; see</title>"))
        #expect(picture.header("Link")?.contains("</charts/wait.html>; rel=\"alternate\"") == true)
    }

    @Test(arguments: [
        ("/charts/wayt", 404, "wait"), ("/charts/wait.svg?width=3", 400, "width"), ("/chart", 404, "/charts"), ("/myth", 404, "/myths"),
        ("/charts/wait.svg?topic=coffee", 400, "tea"),
    ])
    func `says what would have worked`(target: String, status: Int, says: String) {
        let answer = app.get(target)
        #expect(answer.status == status)
        #expect(answer.text.contains(says), "\(answer.text)")
    }

    @Test func `a topic without charts and myths does not offer them`() throws {
        var files = TrickyTopic.files
        files["topics/tea/charts.yaml"] = nil
        let app = try TrickyTopic.app(files: files)
        #expect(!app.page("/").text.contains("/charts"))
        #expect(app.page("/charts").text.contains("This topic has no chart."))
    }

    // MARK: Figures and copying

    @Test func `keeps for each figure of a piece where it was read`() {
        let html = app.page("/explain?audience=cook&trigger=boil-it-simply&length=standard").text
        #expect(html.contains("<li id=\"note-kettle-time\"><a href=\"/facts/kettle-time\">"))
        #expect(html.contains("Cup &amp; Sons, <cite>On &quot;Tea&quot; &lt;revised&gt;</cite>, 2024, Table 3 &amp; 4"))
        #expect(html.contains("<li id=\"note-kettle-saving\">"))
    }

    @Test func `offers link, command, element, citation and Markdown to copy, hidden until the script is there`() throws {
        var settings = try Settings()
        settings.publicURL = "https://tea.example"
        let html = try TrickyTopic.app(settings).page("/explain?audience=cook&trigger=boil-it-simply&length=full").text
        #expect(html.contains("<p class=\"copies\" data-script hidden>"))
        let address = "https://tea.example/explain?audience=cook&amp;trigger=boil-it-simply&amp;length=full"
        for part in [
            "data-copy=\"\(address)\"", "data-copy=\"curl &#39;\(address)&#39;\"", "&lt;tea-explainer audience=&quot;cook&quot;",
            "integrity=&quot;sha384-",
            "Tea &amp; water, 2026-01-31. \(address)\"",
            "data-from=\"/explain.md?audience=cook&amp;trigger=boil-it-simply&amp;length=full\"",
        ] {
            #expect(html.contains(part), "\(part)")
        }
        #expect(!html.contains("data-origin"), "the address is known")
        #expect(app.page("/explain").text.contains("<html lang=\"en\" data-origin=\"http://127.0.0.1:8080\">"))
    }

    // MARK: Script and policy

    @Test func `serves one small script that parses no strings`() {
        let script = app.get("/site.js")
        #expect(script.header("Content-Type") == "text/javascript; charset=utf-8")
        #expect(script.body.count < 10_240)
        for part in ["innerHTML", "eval(", "http:", "https:", "insertAdjacent", "document.write"] {
            #expect(!script.text.contains(part), "\(part)")
        }
    }

    @Test(arguments: ["/", "/explain", "/facts", "/myths", "/charts/wait", "/nothing"])
    func `lets a page have the service's own parts only`(target: String) {
        let policy = app.page(target).header("Content-Security-Policy")
        #expect(
            policy
                == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        )
    }
}
