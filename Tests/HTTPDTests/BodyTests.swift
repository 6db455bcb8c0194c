import HTTPD
import TestSupport
import Testing

struct BodyTests {
    static let echoSize: Server.Handler = { request in
        .once(status: 200, headers: [], body: Array("\(request.body.count)".utf8))
    }

    @Test(arguments: [0, 1, 999, 1000])
    func `takes a body up to the limit`(size: Int) throws {
        try withServer(configured(bodyBytes: 1000), handler: BodyTests.echoSize) { server in
            let client = try WireClient(port: server.port)
            let body = String(repeating: "x", count: size)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(size)\r\n\r\n\(body)")
            #expect(try client.answer().body == "\(size)")
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
            if size > 0 { client.send("\(String(size, radix: 16))\r\n\(body)\r\n") }
            client.send("0\r\n\r\n")
            #expect(try client.answer().body == "\(size)")
        }
    }

    @Test func `refuses a length above the limit while the client goes on sending`() throws {
        try withServer(configured(bodyBytes: 1000)) { server in
            let client = try WireClient(port: server.port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n")
            client.send(String(repeating: "x", count: 1001))
            let answer = try client.answer()
            #expect(answer.status == 413)
            #expect(answer.body == "refused: bodyTooLarge(limit: 1000)")
        }
    }

    @Test func `refuses chunks above the limit when they end soon`() throws {
        try withServer(configured(bodyBytes: 1000)) { server in
            let client = try WireClient(port: server.port)
            let piece = "3e8\r\n" + String(repeating: "x", count: 1000) + "\r\n"
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + piece + piece + "0\r\n\r\n")
            client.send("GET /evil HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.remainder()
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(!answer.contains("evil"))
        }
    }

    @Test func `cuts chunks that do not end`() throws {
        try withServer(configured(bodyBytes: 1000)) { server in
            let client = try WireClient(port: server.port)
            let piece = "1000\r\n" + String(repeating: "x", count: 0x1000) + "\r\n"
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + String(repeating: piece, count: 100))
            #expect(try client.remainder().isEmpty)
        }
    }

    @Test func `keeps a large body whole`() throws {
        let handler: Server.Handler = { request in .once(status: 200, headers: [], body: request.body) }
        try withServer(handler: handler) { server in
            let client = try WireClient(port: server.port)
            let body = (0..<100_000).map { "\($0 % 10)" }.joined()
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n\(body)")
            #expect(try client.answer().body == body)
        }
    }

    @Test func `a path and a type may have limits of their own`() throws {
        var configuration = configured(bodyBytes: 10)
        configuration.bodyLimit = { path, type in path == "/large" ? type.hasPrefix("text/") ? 100 : 200 : nil }
        try withServer(configuration, handler: BodyTests.echoSize) { server in
            for (path, type, limit) in [
                ("/", "text/plain", 10), ("/large", "text/plain", 100), ("/l%61rge?x=1", "a/b", 200), ("/large", nil, 200),
            ] {
                for size in [limit, limit + 1] {
                    let client = try WireClient(port: server.port)
                    let line = type.map { "Content-Type:  \($0) \r\n" } ?? ""
                    let body = String(repeating: "x", count: size)
                    client.send("POST \(path) HTTP/1.1\r\nHost: h\r\n\(line)Content-Length: \(size)\r\n\r\n\(body)")
                    let answer = try client.answer()
                    #expect(answer.body == (size == limit ? "\(size)" : "refused: bodyTooLarge(limit: \(limit))"))
                    let other = try WireClient(port: server.port)
                    other.send("POST \(path) HTTP/1.1\r\nHost: h\r\n\(line)Transfer-Encoding: chunked\r\n\r\n")
                    other.send("\(String(size, radix: 16))\r\n\(body)\r\n0\r\n\r\n")
                    #expect(try other.answer().status == (size == limit ? 200 : 413))
                }
            }
        }
    }

    /// From 1.0 on the library refuses the last of these heads by itself.
    @Test(.enabled(if: HostileTests.checksWire)) func `a refusal knows the path if there is one to know`() throws {
        let paths: @Sendable (Refusal) -> Response = { .once(status: $0.status, headers: [], body: Array(($0.path ?? "none").utf8)) }
        try withServer(configured(bodyBytes: 10), refuse: paths) { server in
            for (head, path) in [
                ("POST /a?b HTTP/1.1\r\nHost: h\r\nContent-Length: 11", "/a"), ("GET /a HTTP/1.1", "/a"),
                ("GET /%zz HTTP/1.1\r\nHost: h", "none"),
                ("GET /a HTTP/1.1\r\nHost: h\r\n folded: x", "none"),
            ] {
                let client = try WireClient(port: server.port)
                client.send(head + "\r\n\r\n")
                #expect(try client.answer().body == path)
            }
        }
    }

    @Test func `reads a form, with whatever a document may hold`() throws {
        let request = Request(method: .post, target: "/", body: Array("text=a+b%0A%0C&language=en".utf8))
        #expect(try request.form() == [Field("text", "a b\n\u{C}"), Field("language", "en")])
        #expect(throws: QueryError.self) { try Form.fields(of: Array("text=%ff".utf8)) }
    }
}
