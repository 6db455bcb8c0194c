import ExplainerKit
import HTTPD
import TestSupport
import Testing

@testable import ExplainServer

/// Compression and validators, over a real socket.
@Suite struct CodingTests {
    private static func get(
        _ client: WireClient, _ target: String, method: String = "GET", _ headers: String...
    ) throws -> WireClient.Answer {
        client.send("\(method) \(target) HTTP/1.1\r\nHost: test\r\n" + headers.map { $0 + "\r\n" }.joined() + "\r\n")
        return try client.answer(toHead: method == "HEAD")
    }

    /// What is there in every form, some of it kept, some made for the request.
    static let targets = [
        "/explain?length=full", "/explain.html", "/explain.json", "/explain.json?trigger=please+show+me+how+to+brew+some",
        "/explain?format=fragment", "/facts", "/facts?year=2001&facets=theme", "/facts/green-water.html", "/methods.html", "/myths.html",
        "/", "/style.css", "/site.js", "/embed.js", "/openapi.json", "/lint.html",
    ]

    @Test(arguments: targets)
    func `each coding decodes to the plain bytes and has a tag of its own`(target: String) throws {
        try App.small().serving { port in
            let client = try WireClient(port: port)
            let plain = try Self.get(client, target)
            try #require(plain.status == 200 && plain.bytes.count >= 1024, "\(plain.status), \(plain.bytes.count) bytes")
            #expect(plain["Content-Encoding"] == nil)
            var tags: Set = [plain["ETag"] ?? ""]
            for accepted in ["gzip", "br, gzip;q=0.5", "br;q=0.4, gzip"] {
                let coded = try Self.get(client, target, "Accept-Encoding: \(accepted)")
                let coding = coded["Content-Encoding"]
                #expect(coding == "gzip" || coding == "br" && accepted.hasPrefix("br, "), "\(accepted): \(coding ?? "plain")")
                #expect(coded.bytes.count < plain.bytes.count && coded["Content-Length"] == "\(coded.bytes.count)")
                #expect(Decoding.decode(coded.bytes, coding) == plain.bytes)
                #expect(coded["ETag"] == EntityTag.of(coded.bytes) && coded["Vary"] == plain["Vary"])
                #expect(coded["Content-Type"] == plain["Content-Type"] && coded["Link"] == plain["Link"])
                tags.insert(coded["ETag"] ?? "")
                let head = try Self.get(client, target, method: "HEAD", "Accept-Encoding: \(accepted)")
                #expect(
                    head.headers.filter { !["Date", "X-Request-Id"].contains($0.name) }.map { "\($0.name): \($0.value)" }
                        == coded.headers.filter { !["Date", "X-Request-Id"].contains($0.name) }.map { "\($0.name): \($0.value)" })
            }
            #expect(tags.count == (target.contains("?trigger") || target.contains("facets") || target == "/openapi.json" ? 2 : 3))
        }
    }

    @Test(arguments: targets)
    func `a tag is good for its own coding only`(target: String) throws {
        try App.small().serving { port in
            let client = try WireClient(port: port)
            let plain = try Self.get(client, target)
            let coded = try Self.get(client, target, "Accept-Encoding: gzip")
            for (answer, field) in [(plain, "Accept-Encoding: identity"), (coded, "Accept-Encoding: gzip")] {
                let tag = answer["ETag"] ?? ""
                let unchanged = try Self.get(client, target, field, "If-None-Match: \"x\", W/\(tag)")
                #expect(unchanged.status == 304 && unchanged.bytes.isEmpty)
                for name in ["ETag", "Vary", "Cache-Control", "Last-Modified", "Content-Length"] {
                    #expect(unchanged[name] == answer[name], "\(name)")
                }
                #expect(unchanged["Content-Encoding"] == nil && unchanged["Content-Type"] == nil)
            }
            let other = try Self.get(client, target, "Accept-Encoding: gzip", "If-None-Match: \(plain["ETag"] ?? "")")
            #expect(other.status == 200 && other.bytes == coded.bytes)
        }
    }

    @Test(arguments: ["/healthz", "/version.json", "/icon.svg", "/explain.txt?length=brief&audience=guest"])
    func `what fits into a packet is not coded unless the plain bytes are ruled out`(target: String) throws {
        try App.small().serving { port in
            let client = try WireClient(port: port)
            let plain = try Self.get(client, target, "Accept-Encoding: gzip, br")
            #expect(plain.bytes.count < 1024 && plain["Content-Encoding"] == nil && plain.status == 200)
            let coded = try Self.get(client, target, "Accept-Encoding: gzip, identity;q=0")
            #expect(coded["Content-Encoding"] == "gzip" && Decoding.decode(coded.bytes, "gzip") == plain.bytes)
        }
    }

    @Test(
        arguments: [
            (nil, nil), ("", nil), ("identity", nil), ("gzip", "gzip"), ("br", "br"), ("GZIP", "gzip"), ("x-gzip", "gzip"),
            ("deflate", nil),
            ("gzip, deflate, br, zstd", "br"), ("gzip;q=1.0, br;q=0.9", "gzip"), ("gzip;q=0, br", "br"), ("br;q=0, gzip", "gzip"),
            ("gzip;q=0", nil), ("*", "br"), ("*;q=0", nil), ("br;q=0, *", "gzip"), ("gzip;q=0.001", "gzip"),
            ("identity, gzip", "gzip"), ("identity, gzip;q=0.5", nil), ("identity;q=0.5, gzip", "gzip"), ("identity;q=0.5, *;q=0.4", nil),
            ("identity;q=0", nil), ("identity;q=0, gzip;q=0.1", "gzip"), ("*;q=0, gzip", "gzip"), ("gzip;q=2", nil), ("gzip;q=x, br", "br"),
            ("gzip ; q=0.5 , br; Q=0.6", "br"), (",,gzip,", "gzip"), ("gzipped", nil),
        ] as [(String?, String?)])
    func `the coding is the one that the client likes best`(field: String?, coding: String?) throws {
        let app = try App.small()
        let answer = field.map { app.send(.get, "/explain?length=full", ("Accept-Encoding", $0)) } ?? app.send(.get, "/explain?length=full")
        #expect(answer.status == 200)
        #expect(answer.header("Content-Encoding") == coding)
    }

    @Test func `prepared or not, on this replica or that, the bytes are the same`() throws {
        let (fresh, ready) = (try App.small(), try App.small())
        ready.site.prepare()
        for target in Self.targets {
            for coding in ["identity", "gzip", "br"] {
                let answers = [fresh, ready, ready].map { $0.send(.get, target, ("Accept-Encoding", coding)) }
                #expect(Set(answers.map(\.body)).count == 1 && Set(answers.map { $0.header("ETag") }).count == 1, "\(target) \(coding)")
            }
        }
    }

    @Test func `everything that is kept is found again under its address, and nothing else is in its place`() throws {
        let app = try App.small()
        let shelf = app.site.shelf
        #expect(shelf.addresses.count > 100 && Set(shelf.addresses).count == shelf.addresses.count)
        for address in shelf.addresses {
            #expect(shelf.slot(address)?.plain == nil, "\(address) was kept under another address, too")
            let made = app.send(.get, address)
            #expect(made.status == 200, "\(address)")
            let plain = try #require(shelf.slot(address)?.plain, "\(address) is not kept")
            #expect(plain.etag == made.header("ETag"))
            // The unusual spelling goes the whole way and has to come to the same.
            let other = app.send(.get, address + (address.contains("?") ? "&" : "?") + "utm_source=x")
            #expect(other.header("ETag") == plain.etag && other.header("Link") == made.header("Link"), "\(address)")
        }
    }

    @Test(arguments: [
        "/explain", "/explain?length=brief", "/explain?audience=guest&trigger=make-tea&length=standard", "/facts", "/facts/green-water",
        "/", "/methods/steeping",
    ])
    func `Accept decides where the address does not, kept or not`(target: String) throws {
        let app = try App.small()
        for accept in ["text/html", "application/json", "text/html;q=0.1, application/json;q=0.2", "*/*"] {
            let made = app.send(.get, target, ("Accept", accept))
            let kept = app.send(.get, target, ("Accept", accept))
            #expect(made.status == 200 && made.header("Vary") == "Accept, Accept-Encoding")
            #expect(kept.headers == made.headers && kept.body == made.body)
            if accept.hasPrefix("text/html;") || accept == "application/json" { #expect(made.header("Content-Type") == "application/json") }
        }
        let refused = app.send(.get, target, ("Accept", "image/png"), ("Accept-Encoding", "gzip"))
        #expect(refused.status == 406 && refused.header("Vary") == "Accept, Accept-Encoding")
    }

    @Test(arguments: [
        ("Fri, 01 Mar 2024 00:00:00 GMT", 304), ("Fri, 01 Mar 2024 00:00:01 GMT", 304), ("Thu, 29 Feb 2024 23:59:59 GMT", 200),
        ("Friday, 01-Mar-24 00:00:00 GMT", 304), ("Fri Mar  1 00:00:00 2024", 304), ("Thu Feb 29 23:59:59 2024", 200),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 200), ("Mon, 01 Jan 2029 00:00:00 GMT", 304),
        ("Fri, 01 Mar 2024 00:00:00 +0000", 200), ("yesterday", 200), ("", 200), ("Fri, 99 Mar 2024 00:00:00 GMT", 200),
        ("Fri, 01 Mar 2024 24:00:00 GMT", 200), ("1709251200", 200),
    ])
    func `a date is a validator where there is no tag`(date: String, status: Int) throws {
        var settings = try Settings()
        settings.port = 0
        let files = SmallTopic.files(replacing: "published: ", with: "published: 2024-03-01 # ", in: "topic.yaml")
        let app = App(site: try Site(snapshot: Snapshot(files), settings: settings), settings: settings)
        #expect(app.send(.get, "/explain").header("Last-Modified") == "Fri, 01 Mar 2024 00:00:00 GMT")
        for target in ["/explain", "/facts?year=2001"] {
            #expect(app.send(.get, target, ("If-Modified-Since", date)).status == status)
            #expect(app.send(.get, target, ("If-Modified-Since", date), ("If-None-Match", "\"other\"")).status == 200)
            #expect(app.send(.head, target, ("If-Modified-Since", date)).status == status)
        }
        #expect(app.send(.get, "/healthz", ("If-Modified-Since", date)).status == 200)
    }

    @Test func `answers to POST are sent as they are, and nobody keeps them`() throws {
        try App.small().serving { port in
            let client = try WireClient(port: port)
            let text = String(repeating: "It is simply amazing. ", count: 200)
            client.send(
                "POST /lint HTTP/1.1\r\nHost: test\r\nContent-Type: text/plain\r\nAccept-Encoding: gzip, br\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
            )
            let answer = try client.answer()
            #expect(answer.status == 200 && answer["Content-Encoding"] == nil && answer["Cache-Control"] == "no-store")
        }
    }
}
