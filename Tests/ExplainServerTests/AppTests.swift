import ExplainerKit
import HTTPD
import TestSupport
import Testing

@testable import ExplainServer

extension App {
    /// The service over the small topic.
    static func small(_ edit: (inout Settings) -> Void = { _ in }) throws -> App {
        var settings = try Settings()
        edit(&settings)
        return App(site: try Site(snapshot: Snapshot(SmallTopic.files), settings: settings), settings: settings)
    }

    func send(_ method: HTTPD.Method = .get, _ target: String, _ headers: (String, String)...) -> Response {
        respond(Request(method: method, target: target, headers: headers.map { Field($0.0, $0.1) }))
    }
}

/// What a client gets, without a socket.
@Suite struct AppTests {
    let app: App

    init() throws { app = try App.small() }

    struct Row: Sendable, CustomTestStringConvertible {
        var target: String
        var accept: String?
        var status = 200
        var type: String
        var says = ""
        var testDescription: String { "\(target) \(accept ?? "")" }
    }

    @Test(arguments: [
        Row(target: "/explain", type: "text/plain; charset=utf-8", says: "Tea for the guest\n===="),
        Row(
            target: "/explain", accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", type: "text/html; charset=utf-8",
            says: "<!doctype html>"),
        Row(target: "/explain", accept: "application/json", type: "application/json", says: "\"matched\": \"default\""),
        Row(target: "/explain", accept: "text/markdown;q=0.9, text/plain;q=0.1", type: "text/markdown; charset=utf-8", says: "# Tea"),
        Row(target: "/explain", accept: "text/*;q=0.5, application/json;q=0.4", type: "text/plain; charset=utf-8"),
        Row(target: "/explain", accept: "image/png, */*;q=0.1", type: "text/plain; charset=utf-8"),
        Row(target: "/explain", accept: "nonsense", type: "text/plain; charset=utf-8"),
        Row(target: "/explain", accept: "text/plain;q=0, */*", type: "text/markdown; charset=utf-8"),
        Row(target: "/explain.md", accept: "application/json", type: "text/markdown; charset=utf-8"),
        Row(target: "/explain.txt", type: "text/plain; charset=utf-8"),
        Row(target: "/explain.html", type: "text/html; charset=utf-8"),
        Row(target: "/explain.json?trigger=make+tea", type: "application/json", says: "\"matched\": \"exact\""),
        Row(target: "/explain.json?trigger=please+show+me+how+to+brew+some", type: "application/json", says: "\"phrase\": \"how to brew\""),
        Row(target: "/explain.json?format=JSON", type: "application/json"),
        Row(target: "/explain?format=fragment", type: "text/html; charset=utf-8", says: "<article class=\"explainer\""),
        Row(target: "/explain?format=fragment&heading=3", type: "text/html; charset=utf-8", says: "<h3 class=\"explainer-title\">"),
        Row(target: "/explain?format=markdown&heading=2", type: "text/markdown; charset=utf-8", says: "## Tea"),
        Row(
            target: "/explain?audience=VISITOR&length=Brief&_=1&utm_source=x", type: "text/plain; charset=utf-8", says: "Tea for the guest"),
        Row(
            target: "/explain?audience=hosts&trigger=Tea_By-analogy&length=full&topic=TEA", type: "text/plain; charset=utf-8",
            says: "Evidence"),
        Row(target: "/facts", type: "application/json", says: "\"count\": 4"),
        Row(target: "/facts.csv?status=refuted", type: "text/csv; charset=utf-8", says: "myth-milk-first"),
        Row(
            target: "/facts?format=ndjson&fields=id,year&limit=1", type: "application/x-ndjson",
            says: "{\"id\":\"boiling\",\"year\":2001}\n"),
        Row(target: "/facts.jsonld", type: "application/ld+json", says: "https://schema.org"),
        Row(target: "/facts.md?q=boils", type: "text/markdown; charset=utf-8", says: "# boiling"),
        Row(target: "/facts?used_in=visitor&fields=id&limit=1", type: "application/json", says: "\"id\": \"boiling\""),
        Row(target: "/facts/feed.atom", type: "application/atom+xml", says: "<feed xmlns=\"http://www.w3.org/2005/Atom\">"),
        Row(target: "/facts/Green_Water", type: "application/json", says: "\"locator\": \"chapter 3, page 12\""),
        Row(target: "/facts/green-water.csv", type: "text/csv; charset=utf-8", says: "green-water"),
        Row(
            target: "/facts/green-water", accept: "text/html", type: "text/html; charset=utf-8",
            says: "Green tea is made with water of 80 °C."),
        Row(target: "/topics", type: "application/json", says: "\"tea\""),
        Row(target: "/audiences", type: "application/json", says: "\"visitor\""),
        Row(target: "/triggers/make-tea", type: "application/json", says: "brew a cup"),
        Row(target: "/analogies/bath.json", type: "application/json", says: "stops_holding"),
        Row(target: "/methods/steeping", type: "application/json", says: "page 1"),
        Row(target: "/sources/tea-book", type: "application/json", says: "\"green-tea-cooler\""),
        Row(target: "/match?q=a+comparison+with+a+bath+for+the+host", type: "application/json", says: "\"id\": \"tea-by-analogy\""),
        Row(target: "/", type: "application/json", says: "\"path\": \"/facts/{id}\""),
        Row(target: "/", accept: "text/html", type: "text/html; charset=utf-8", says: "curl"),
        Row(target: "/healthz", type: "text/plain; charset=utf-8", says: "ok\n"),
        Row(target: "/readyz", accept: "application/json", type: "application/json", says: "\"ready\""),
        Row(target: "/version", type: "application/json", says: "\"libmicrohttpd\""),
        Row(target: "/style.css", type: "text/css; charset=utf-8"),
        Row(target: "/site.js", type: "text/javascript; charset=utf-8", says: "use strict"),
        Row(target: "/icon.svg", type: "image/svg+xml", says: "<svg"),
        Row(target: "/myths", type: "application/json", says: "\"count\""),
        Row(target: "/charts", type: "application/json", says: "\"charts\""),
    ])
    func `answers in the form that was asked for`(row: Row) {
        let response = row.accept.map { app.send(.get, row.target, ("Accept", $0)) } ?? app.send(.get, row.target)
        #expect(response.status == row.status)
        #expect(response.header("Content-Type") == row.type)
        #expect(response.text.lowercased().contains(row.says.lowercased()), "\(response.text.prefix(300))")
        for name in [
            "X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "Content-Language", "Vary",
            "Access-Control-Allow-Origin", "Link",
        ] {
            #expect(response.header(name) != nil, "\(name)")
        }
    }

    @Test(arguments: [
        ("/explain?audience=gest", "audience", "guest"), ("/explain?trigger=xyzzy", "trigger", nil),
        ("/explain?trigger=mkae-tea", "trigger", "make-tea"),
        ("/explain?length=breif", "length", "brief"), ("/explain?topic=coffee", "topic", nil),
        ("/explain?audiance=guest", "audiance", "audience"),
        ("/explain?audience=guest&audience=host", "audience", nil), ("/explain?audience=", "audience", nil),
        ("/explain?audience=+", "audience", nil),
        ("/explain?audience=%00", "audience", nil), ("/explain?audience=%ff", "audience", nil), ("/explain?audience=%zz", "audience", nil),
        ("/explain?format=yaml", "format", nil), ("/explain.md?format=json", "format", nil),
        ("/explain?heading=5&format=fragment", "heading", nil),
        ("/explain?heading=2", "heading", nil), ("/explain?trigger=" + String(repeating: "a", count: 501), "trigger", nil),
        ("/facts?theme=heat,tast", "theme", "taste"), ("/facts?limit=0", "limit", nil), ("/facts?limit=1001", "limit", nil),
        ("/facts?limit=x", "limit", nil),
        ("/facts?sort=size", "sort", nil), ("/facts?sort=-value", "sort", "value"), ("/facts?q=-", "q", nil),
        ("/facts?cursor=x", "cursor", nil), ("/facts?fields=idd", "fields", "id"),
        ("/facts.csv?fields=id", "fields", nil),
        ("/facts?facets=them", "facets", "theme"), ("/facts?status=", "status", nil), ("/facts?used_in=hst", "used_in", "host"),
        ("/facts?theme=heat,", "theme", nil),
        ("/match", "q", nil), ("/match?q=" + String(repeating: "a", count: 501), "q", nil), ("/topics?topic=tea", "topic", nil),
        ("/healthz?x=1", "x", nil),
    ])
    func `a parameter that cannot be understood is named, with what would have worked`(
        target: String, parameter: String, suggestion: String?
    ) {
        let response = app.send(.get, target)
        #expect(response.status == 400)
        #expect(response.header("Content-Type") == "application/problem+json")
        #expect(response.header("Cache-Control") == "no-store")
        #expect(response.text.contains("\"parameter\": \"\(parameter)\""), "\(response.text)")
        #expect(response.text.contains("\"did_you_mean\": \(suggestion.map { "\"\($0)\"" } ?? "null")"), "\(response.text)")
    }

    @Test func `all wrong parameters are reported in one answer, and empty ones say what is allowed`() {
        let text = app.send(.get, "/explain?audience=&length=long&colour=red").text
        for part in ["\"parameter\": \"audience\"", "\"parameter\": \"length\"", "\"parameter\": \"colour\"", "\"host\"", "\"standard\""] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test(arguments: [
        ("/explian", "/explain"), ("/explain/", "/explain"), ("/fact", "/facts"), ("/facts/boilin", "boiling"),
        ("/audiences/gest", "guest"), ("/explain.csv", nil),
        ("/methods/xyzzy", nil), ("/nothing-like-it", nil), ("/facts/", nil), ("/facts/a/b", nil), ("//", nil),
    ])
    func `what is not there is 404, with the nearest name`(target: String, suggestion: String?) {
        let response = app.send(.get, target)
        #expect(response.status == 404)
        if let suggestion { #expect(response.text.contains("\"did_you_mean\": \"\(suggestion)\""), "\(response.text)") }
    }

    @Test func `one answer names a few errors, however many there are`() {
        let many = app.send(.get, "/explain?" + (0..<500).map { "x\($0)=1" }.joined(separator: "&"))
        let commas = app.send(
            .get,
            "/facts?" + ["theme", "method", "model", "status"].map { "\($0)=" + String(repeating: ",", count: 499) }.joined(separator: "&"))
        for response in [many, commas] { #expect(response.status == 400 && response.body.count < 20_000, "\(response.body.count)") }
    }

    @Test(arguments: ["/facts?theme=heta", "/facts/boilin", "/nothing"])
    func `what is wrong with the address comes before what is wrong with Accept`(target: String) {
        #expect(app.send(.get, target, ("Accept", "image/png")).status != 406)
    }

    @Test func `what does not hold says so wherever it is repeated`() throws {
        for target in ["/facts/feed.atom", "/facts/myth-milk-first.jsonld", "/facts.csv?status=refuted", "/facts/myth-milk-first"] {
            let text = app.send(.get, target).text
            #expect(text.contains("Refuted: Tea has to be poured on milk. Nobody could taste it."), "\(target)")
        }
    }

    @Test func `steering characters of a terminal are not sent back`() {
        let line = app.send(.get, "/explain?audience=%0aHTTP/1.1%20200%20OK%c2%9b31m", ("Accept", "text/plain")).text
        #expect(line.split(separator: "\n").count == 1 && !line.unicodeScalars.contains("\u{9B}"))
    }

    @Test func `the next page keeps the form, and a form without a choice ignores Accept`() {
        #expect(
            app.send(.get, "/facts.csv?limit=3").header("Link")?.contains("</facts.csv?limit=3&cursor=green-water>; rel=\"next\"") == true)
        #expect(app.send(.get, "/facts/feed.atom", ("Accept", "application/rss+xml")).status == 200)
    }

    @Test func `nothing acceptable is 406 with the list`() {
        let response = app.send(.get, "/explain", ("Accept", "image/png"))
        #expect(response.status == 406)
        #expect(response.text.contains("text/plain, text/markdown, text/html, application/json"))
        #expect(response.header("Vary") == "Accept, Accept-Encoding")
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "get", "TRACE", "QUERY"])
    func `other methods are 405 with Allow`(method: String) {
        let response = app.send(HTTPD.Method(rawValue: method), "/explain")
        #expect(response.status == 405)
        #expect(response.header("Allow") == "GET, HEAD, OPTIONS")
    }

    @Test func `OPTIONS is 204; preflight fields stand only on preflights`() {
        let plain = app.send(.options, "/facts")
        #expect(plain.status == 204 && plain.body.isEmpty)
        #expect(plain.header("Allow") == "GET, HEAD, OPTIONS")
        #expect(plain.header("Access-Control-Allow-Methods") == nil)
        let preflight = app.send(.options, "/facts", ("Origin", "https://wiki.example"), ("Access-Control-Request-Method", "GET"))
        #expect(preflight.header("Access-Control-Allow-Methods") == "GET, HEAD, OPTIONS")
        #expect(preflight.header("Access-Control-Max-Age") != nil)
        #expect(app.send(.options, "/nothing").status == 404)
    }

    @Test func `HEAD has the headers of GET`() {
        #expect(app.send(.head, "/explain").headers == app.send(.get, "/explain").headers)
        #expect(app.send(.head, "/facts?limit=1").headers == app.send(.get, "/facts?limit=1").headers)
    }

    @Test(arguments: [
        "/explain", "/explain.json", "/facts?limit=2", "/facts/boiling", "/version", "/style.css", "/explain?format=fragment&heading=2",
    ])
    func `a known entity tag is answered with 304 and the headers that caches need`(target: String) throws {
        let full = app.send(.get, target)
        let etag = try #require(full.header("ETag"))
        for list in [etag, "W/\(etag)", "\"x\", \(etag)", "*"] {
            let response = app.send(.get, target, ("If-None-Match", list))
            #expect(response.status == 304)
            for name in ["ETag", "Cache-Control", "Vary", "Last-Modified"] {
                #expect(response.header(name) == full.header(name), "\(name)")
            }
        }
        #expect(app.send(.get, target, ("If-None-Match", "\"x\"")).status == 200)
    }

    @Test func `the tag is the content's: one for each form, the same on every replica`() throws {
        let tags = ["/explain.txt", "/explain.md", "/explain.html", "/explain.json", "/explain?format=fragment"].map {
            app.send(.get, $0).header("ETag")
        }
        #expect(Set(tags).count == 5)
        #expect(try App.small().send(.get, "/explain.json").header("ETag") == app.send(.get, "/explain.json").header("ETag"))
    }

    @Test func `Vary tells whether Accept decided`() {
        #expect(app.send(.get, "/explain").header("Vary") == "Accept, Accept-Encoding")
        #expect(app.send(.get, "/explain.md").header("Vary") == "Accept-Encoding")
        #expect(app.send(.get, "/explain?format=md").header("Vary") == "Accept-Encoding")
        #expect(app.send(.get, "/explain").header("Last-Modified") == "Thu, 02 Jan 2025 00:00:00 GMT")
    }

    @Test func `Link names the canonical address, other forms and the next page`() throws {
        let link = try #require(app.send(.get, "/explain?audience=visitor").header("Link"))
        #expect(link.contains("</explain?audience=guest&trigger=make-tea&length=standard>; rel=\"canonical\""))
        #expect(link.contains("</explain.md?audience=guest&trigger=make-tea&length=standard>; rel=\"alternate\"; type=\"text/markdown\""))
        #expect(link.contains("rel=\"service-desc\""))
        let page = app.send(.get, "/facts?limit=3")
        #expect(page.header("Link")?.contains("</facts?limit=3&cursor=green-water>; rel=\"next\"") == true)
        #expect(app.send(.get, "/facts?limit=3&cursor=green-water").text.contains("\"heat-gap\""))
    }

    @Test func `health is never cached`() {
        for target in ["/healthz", "/readyz"] {
            #expect(app.send(.get, target).header("Cache-Control") == "no-store")
            #expect(app.send(.get, target).header("ETag") == nil)
        }
    }

    @Test(arguments: [
        "/facts?q=%3Cscript%3Ealert(1)%3C/script%3E", "/explain?audience=%3Cb%3E", "/%3Cscript%3E", "/facts/%3Cb%3E", "/explain?%3Cb%3E=1",
        "/match?q=%3Cb%3E", "/explain?trigger=%22%3E%3Cb%3E",
    ])
    func `markup in what a client sends comes back harmless`(target: String) {
        for accept in ["text/html", "application/json", "text/plain"] {
            let response = app.send(.get, target, ("Accept", accept))
            if response.header("Content-Type")?.hasPrefix("text/plain") == true { continue }
            #expect(!response.text.contains("<script>alert") && !response.text.contains("<b>"), "\(response.text)")
        }
    }

    @Test func `errors are a page for a browser and a line for a terminal`() {
        let page = app.send(.get, "/explain?audience=gest", ("Accept", "text/html"))
        #expect(page.header("Content-Type") == "text/html; charset=utf-8")
        #expect(page.text.contains("guest"))
        let line = app.send(.get, "/explain?audience=gest", ("Accept", "text/plain"))
        #expect(line.text == "400 Bad Request: \"gest\" is not a known audience. Did you mean guest? Valid: guest, host.\n")
    }

    @Test func `a list of origins is checked one by one`() throws {
        let app = try App.small { $0.corsOrigins = ["https://wiki.example"] }
        let known = app.send(.get, "/explain", ("Origin", "https://wiki.example"))
        #expect(known.header("Access-Control-Allow-Origin") == "https://wiki.example")
        #expect(known.header("Vary") == "Accept, Accept-Encoding, Origin")
        let unknown = app.send(.get, "/explain", ("Origin", "https://evil.example"))
        #expect(unknown.header("Access-Control-Allow-Origin") == nil)
        #expect(unknown.header("Vary") == "Accept, Accept-Encoding, Origin")
    }

    @Test func `a public address stands in canonical links and fragments`() throws {
        let app = try App.small { $0.publicURL = "https://explain.example" }
        #expect(app.send(.get, "/explain").header("Link")?.hasPrefix("<https://explain.example/explain?") == true)
        #expect(app.send(.get, "/explain?format=fragment").text.contains("href=\"https://explain.example/facts/boiling\""))
    }

    @Test func `what the gate refuses is told in our words`() {
        let response = app.refuse(Refusal(.severalHosts, accept: "text/plain"))
        #expect(response.status == 400)
        #expect(response.text == "400 Bad Request: The request has more than one Host field; send exactly one.\n")
        #expect(app.refuse(Refusal(.targetTooLong(limit: 8192))).header("Content-Type") == "application/problem+json")
    }

    @Test func `every claim in JSON points at its text`() throws {
        // Read back with Foundation's parser, as a client would.
        let object = try JSONObject(app.send(.get, "/explain.json?trigger=tea-by-analogy&length=full").body)
        let claims = try object.array("claims")
        let sections = try object.array("sections")
        #expect(claims.count > 8)
        for claim in claims {
            let block = try sections[claim.integer("section")].array("blocks")[claim.integer("block")]
            let points = Array(try block.string("text").unicodeScalars)
            let text = try String(String.UnicodeScalarView(points[claim.integer("start")..<claim.integer("end")]))
            #expect(try claim.string("text") == text)
        }
    }
}
