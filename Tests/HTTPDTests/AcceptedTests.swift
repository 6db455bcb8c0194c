import HTTPD
import TestSupport
import Testing

/// What is unusual and still right.
struct AcceptedTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let request: String
        let body: String

        init(_ name: String, _ request: String, _ body: String) {
            self.name = name
            self.request = request
            self.body = body
        }

        var testDescription: String { name }
    }

    /// What 1.0 and later refuse, which is as right.
    private static let takenOnlyByOlder = ["a bare line feed before the request", "fifty empty lines before the request"]

    @Test(
        arguments: [
            Row("a whole address", "GET http://h:80/a?b=c HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a\nb=c"),
            Row("a whole address in capitals", "GET HTTP://H/a HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a"),
            Row("a whole address without a path", "GET http://h?b=c HTTP/1.1\r\nHost: h\r\n\r\n", "GET /\nb=c"),
            Row("an asterisk with OPTIONS", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "OPTIONS *"),
            Row("a method in lower case", "get / HTTP/1.1\r\nHost: h\r\n\r\n", "get /"),
            Row("a method nobody knows", "QUERY / HTTP/1.1\r\nHost: h\r\n\r\n", "QUERY /"),
            Row("an empty line before the request", "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET /"),
            Row("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET /"),
            Row("a Host with a port", "GET / HTTP/1.1\r\nHost: h.example:8080\r\n\r\n", "GET /"),
            Row("a Host that is an address", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "GET /"),
            Row("blanks around a value", "GET / HTTP/1.1\r\nHost: \t h \t\r\nX-A:\r\n\r\n", "GET /"),
            Row("version 1.0 without Host", "GET / HTTP/1.0\r\n\r\n", "GET /"),
            Row("an escaped letter", "GET /%61%C3%A9%25 HTTP/1.1\r\nHost: h\r\n\r\n", "GET /aé%"),
            Row("letters beyond ASCII", "GET /é?q=größe HTTP/1.1\r\nHost: h\r\n\r\n", "GET /é\nq=größe"),
            Row("an empty query", "GET /a? HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a"),
            Row("a question mark in the query", "GET /a?b=? HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a\nb=?"),
            Row("a slash in the query", "GET /a?b=%2F/ HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a\nb=//"),
            Row("plus, twice and without a value", "GET /a?b=c+d&b=%2B&e HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a\nb=c d\nb=+\ne="),
            Row("lines in an argument", "GET /a?b=c%0Ad HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a\nb=c\nd"),
            Row("a cookie that is none", "GET /a HTTP/1.1\r\nHost: h\r\nCookie: =x; a=b\r\n\r\n", "GET /a"),
            Row(
                "a chunked body",
                "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n",
                "POST /a\nbody: abc"),
            Row("a body with GET", "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0003\r\n\r\nabc", "GET /a\nbody: abc"),
            Row("a bare line feed before the request", "\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET /"),
            Row(
                "fifty empty lines before the request", String(repeating: "\r\n", count: 50) + "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET /"),
            Row("bytes beyond ASCII in a value", "GET / HTTP/1.1\r\nHost: h\r\nX-A: é\r\n\r\n", "GET /"),
            Row("a Host whose port is empty", "GET / HTTP/1.1\r\nHost: h:\r\n\r\n", "GET /"),
            Row("a whole address with brackets and port", "GET http://[::1]:8080/a HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a"),
            Row("an upgrade that is not taken", "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", "GET /"),
            Row("TRACE, for the application to refuse", "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", "TRACE /"),
            Row("dots in the path, which name no folder here", "GET /../a/%2e%2e/b HTTP/1.1\r\nHost: h\r\n\r\n", "GET /../a/../b"),
            Row("an asterisk as a name", "GET /* HTTP/1.1\r\nHost: h\r\n\r\n", "GET /*"),
            Row(
                "a chunked body with GET",
                "GET /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "GET /a\nbody: abc"),
            Row(
                "an expectation on 1.0, which is not met",
                "POST /a HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc", "POST /a\nbody: abc"),
            Row(
                "an expectation without a body",
                "GET /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /a"),
            Row(
                "an expectation with an empty body",
                "POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST /a"),
            Row("a body with zeros", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n\0\0", "POST /a\nbody: \0\0"),
        ].filter { HostileTests.checksWire || !Self.takenOnlyByOlder.contains($0.name) })
    func `answers what is unusual and still right`(row: Row) throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send(row.request)
            let answer = try client.answer()
            #expect(answer.status == 200)
            #expect(answer.body == row.body)
        }
    }

    @Test(arguments: [
        ("b=%00", "The parameter \"b\" contains a control character."),
        ("b=%1b", "The parameter \"b\" contains a control character."),
        ("a=1&b=%FF", "The parameter \"b\" is not valid UTF-8."),
        ("%FF=1", "The parameter \"%FF\" is not valid UTF-8."),
        ("b=%", "The parameter \"b\" \(EncodingError.badEscape.explanation)."),
        ("b=%4", "The parameter \"b\" \(EncodingError.badEscape.explanation)."),
        ("b=%+1", "The parameter \"b\" \(EncodingError.badEscape.explanation)."),
    ])
    func `leaves a bad argument to the application, by its name`(query: String, body: String) throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send("GET /a?\(query) HTTP/1.1\r\nHost: h\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.answer()
            #expect(answer.status == 400)
            #expect(answer.body == body)
            #expect(try client.answer().body == "GET /next")
        }
    }

    /// From 1.0 on the library keeps arguments of its own, in the connection's memory.
    @Test(.enabled(if: HostileTests.checksWire)) func `reads 2000 arguments at once and goes on`() throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            let arguments = Array(repeating: "a=1", count: 2000).joined(separator: "&")
            client.send("GET /?\(arguments) HTTP/1.1\r\nHost: h\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().body == "GET /\n" + Array(repeating: "a=1", count: 2000).joined(separator: "\n"))
            #expect(try client.answer().body == "GET /next")
        }
    }

    @Test func `joins the lines of a list header and ignores case`() throws {
        let handler: Server.Handler = { request in
            .once(status: 200, headers: [], body: Array((request.header("ACCEPT") ?? "none").utf8))
        }
        try withServer(handler: handler) { server in
            let client = try WireClient(port: server.port)
            client.send("GET / HTTP/1.1\r\nHost: h\r\nAccept: a/b \r\nX: y\r\naccept:c/d\r\n\r\n")
            #expect(try client.answer().body == "a/b, c/d")
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().body == "none")
        }
    }

    @Test func `tells a client that waits to go on`() throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            #expect(try client.answer().status == 100)
            client.send("abc")
            #expect(try client.answer().body == "POST /a\nbody: abc")
        }
    }

    @Test func `refuses a client that waits without reading its body`() throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n")
            #expect(try client.remainder().hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test(arguments: [204, 304])
    func `sends no body where none may be`(status: Int) throws {
        let handler: Server.Handler = { _ in .once(status: status, headers: [Field("ETag", "\"1\"")], body: Array("evil".utf8)) }
        try withServer(handler: handler) { server in
            let client = try WireClient(port: server.port)
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            let answers = try client.remainder()
            #expect(!answers.contains("evil"))
            #expect(answers.components(of: "HTTP/1.1 \(status) ") == 2)
        }
    }

    @Test func `says the length of what a 304 spares`() throws {
        let page = ResponseMemory(Array("twelve bytes".utf8))
        let spared = PreparedResponse(status: 304, headers: [Field("ETag", "\"1\"")], memory: page)
        #expect(spared.body.isEmpty)
        let handler: Server.Handler = { _ in .prepared(spared) }
        try withServer(handler: handler) { server in
            let client = try WireClient(port: server.port)
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.answer()
            #expect(answer.status == 304)
            #expect(answer["content-length"] == "12")
        }
    }
}

extension String {
    /// How often `part` occurs.
    func components(of part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}
