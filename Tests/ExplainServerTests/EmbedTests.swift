import Crypto
import ExplainerKit
import Foundation
import HTTPD
import TestSupport
import Testing

@testable import ExplainServer

/// What other people's pages get of an explainer.
@Suite struct EmbedTests {
    let app: App

    init() throws {
        let settings = try Settings()
        var files = SmallTopic.files
        files.images = ["topics/tea/images/guest.png": Self.picture()]
        app = App(site: try Site(snapshot: Snapshot(files), settings: settings), settings: settings)
    }

    /// As much of a PNG as tells its size.
    private static func picture(width: UInt8 = 0xB0) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 4, width, 0, 0, 2, 0x76, 8, 2]
    }

    private func json(_ target: String, host: String = "wiki.test") throws -> [String: Any] {
        let response = app.send(.get, target, ("Host", host))
        #expect(response.status == 200, "\(target)")
        return try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
    }

    private func text(_ response: Response) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test func `the script has an address and an integrity that fit its bytes`() throws {
        let guide = try json("/embed.json")
        let script = try #require(guide["script"] as? String)
        #expect(script.hasPrefix("http://wiki.test/embed/") && script.hasSuffix("/embed.js"))
        let response = app.send(.get, String(script.dropFirst("http://wiki.test".count)))
        #expect(response.status == 200)
        #expect(response.header("Content-Type") == "text/javascript; charset=utf-8")
        #expect(response.header("Cache-Control") == "max-age=31536000, immutable")
        #expect(response.header("Access-Control-Allow-Origin") == "*")
        let hash = Data(SHA384.hash(data: response.body)).base64EncodedString()
        #expect(guide["integrity"] as? String == "sha384-\(hash)")
        #expect(text(response).contains(#"const TOPICS = ["tea"];"#))
        let newest = app.send(.get, "/embed.js")
        #expect(newest.body == response.body && newest.header("Cache-Control")?.contains("immutable") == false)
    }

    @Test func `another version of the script is not there, and the answer names the one that is`() throws {
        let response = app.send(.get, "/embed/0123456789abcdef/embed.js")
        #expect(response.status == 404)
        #expect(text(response).contains("/embed/\(app.site.embedScript.digest)/embed.js"))
    }

    @Test func `only the page for frames may be framed`() {
        let frame = app.send(.get, "/embed?audience=guest")
        #expect(frame.header("Content-Security-Policy")?.hasSuffix("frame-ancestors *") == true)
        #expect(frame.header("X-Frame-Options") == nil && frame.header("Set-Cookie") == nil)
        #expect(text(frame).contains("<article class=\"explainer\"") && text(frame).contains("src=\"/embed/frame.js\""))
        #expect(!text(frame).contains("<nav"))
        for target in ["/explain.html", "/facts.html", "/?format=html"] {
            #expect(app.send(.get, target).header("Content-Security-Policy")?.contains("frame-ancestors 'none'") == true)
        }
    }

    @Test func `what is wrong with a frame can be read in it`() {
        let response = app.send(.get, "/embed?audience=gest", ("Accept", "text/html"))
        #expect(response.status == 400)
        #expect(response.header("Content-Security-Policy")?.hasSuffix("frame-ancestors *") == true)
        #expect(text(response).contains("Did you mean guest?"))
    }

    @Test(arguments: [
        "http://wiki.test/explain?audience=guest&length=brief",
        "https://WIKI.test/explain.html?audience=GUEST&length=brief&utm_source=x#top",
        "/explain?audience=guest&length=brief", "http://wiki.test/embed?audience=guest&length=brief",
    ])
    func `oEmbed knows an explainer by its address`(url: String) throws {
        let embed = try json("/oembed?dnt=1&url=\(percentEncoded(url))")
        #expect(embed["version"] as? String == "1.0" && embed["type"] as? String == "rich")
        #expect(embed["width"] as? Int == 600 && embed["height"] as? Int == 800)
        let html = try #require(embed["html"] as? String)
        // WordPress takes a bare blockquote and an iframe, and nothing else.
        #expect(html.wholeMatch(of: /<blockquote><a href="[^"]*">.*<\/blockquote><iframe [^>]*><\/iframe>/) != nil)
        #expect(html.contains("src=\"http://wiki.test/embed?audience=guest&amp;trigger=make-tea&amp;length=brief\""))
        #expect(embed["thumbnail_url"] as? String == "http://wiki.test/og/guest.png")
    }

    @Test func `oEmbed keeps to the sizes that it is given, and so does the picture`() throws {
        let embed = try json("/oembed?url=/explain&maxwidth=400&maxheight=300")
        #expect(embed["width"] as? Int == 400 && embed["height"] as? Int == 300)
        #expect((embed["html"] as? String)?.contains("width=\"400\" height=\"300\"") == true)
        #expect(embed["thumbnail_url"] == nil && embed["thumbnail_width"] == nil)
    }

    @Test(arguments: [
        ("", 400, "url is missing"), ("url=/explain&format=xml", 501, "no XML"), ("url=/explain&format=yaml", 400, "format"),
        ("url=http://other.example/explain", 404, "other.example"), ("url=//other.example/explain", 404, "no web address"),
        ("url=javascript:alert(1)", 404, "no web address"), ("url=http://wiki.test", 404, "Only explainers"),
        ("url=/facts", 404, "Only explainers"), ("url=/explain%3Faudience%3Dgest", 404, "Did you mean guest?"),
        ("url=/explain%3Faudience%3D%2500%25ff", 404, "query"), ("url=/explain&maxwidth=0", 400, "whole number"),
        ("url=/explain&maxheight=wide", 400, "whole number"),
    ])
    func `oEmbed says what is wrong with a request`(query: String, status: Int, says: String) {
        let response = app.send(.get, "/oembed?\(query)", ("Host", "wiki.test"))
        #expect(response.status == status)
        #expect(text(response).contains(says), "\(text(response))")
    }

    @Test func `a page leads to its embed, and with a public address to its picture`() throws {
        #expect(text(app.send(.get, "/explain.html")).contains("type=\"application/json+oembed\""))
        #expect(!text(app.send(.get, "/explain.html")).contains("og:image"))
        var settings = try Settings()
        settings.publicURL = "https://tea.example"
        let site = try Site(snapshot: app.site.snapshot, settings: settings)
        let page = text(App(site: site, settings: settings).send(.get, "/explain.html?audience=guest"))
        #expect(page.contains("href=\"https://tea.example/oembed?url=https%3A%2F%2Ftea.example%2Fexplain%3Faudience%3Dguest"))
        #expect(page.contains("<meta property=\"og:image\" content=\"https://tea.example/og/guest.png\">"))
    }

    @Test func `pictures are served, and an unknown one is answered with the nearest`() {
        let picture = app.send(.get, "/og/guest.png")
        #expect(picture.status == 200 && picture.header("Content-Type") == "image/png" && picture.body == Self.picture())
        #expect(app.send(.get, "/og/host.png").status == 404)
        let unknown = app.send(.get, "/og/gest.png")
        #expect(unknown.status == 404 && text(unknown).contains("Did you mean guest?"))
    }

    @Test(arguments: [
        ("gest.png", picture(), "did you mean guest.png?"), ("guest.png", Array("GIF89a".utf8), "is no PNG"),
        ("guest.png", picture(width: 0xB1), "measures 1201×630"),
    ])
    func `a picture that nobody could show stops the start`(name: String, bytes: [UInt8], says: String) throws {
        var files = SmallTopic.files
        files.images = ["topics/tea/images/\(name)": bytes]
        let errors = try #require(throws: LoadingErrors.self) { try Snapshot(files) }
        #expect(errors.problems.contains { $0.message.contains(says) })
    }

    @Test func `another picture is another snapshot`() throws {
        var files = SmallTopic.files
        files.images = ["topics/tea/images/guest.png": Self.picture()]
        #expect(files.digest != SmallTopic.files.digest)
    }

    @Test func `every audience of the shipped topics has its picture`() throws {
        let site = try WireTests.shipped.get().site
        for topic in site.snapshot.topics {
            #expect(topic.images.keys.sorted() == topic.audiences.map(\.id).sorted())
        }
    }
}
