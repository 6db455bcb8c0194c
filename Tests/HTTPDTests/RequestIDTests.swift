import HTTPD
import TestSupport
import Testing

struct RequestIDTests {
    static func idServer(_ body: (borrowing Server) throws -> Void) throws {
        let prepared = PreparedResponse(status: 200, headers: [Field("ETag", "\"1\"")], body: Array("body".utf8))
        let handler: Server.Handler = { request in
            request.path == "/once" ? .once(status: 200, headers: [], body: Array(request.id.utf8)) : .prepared(prepared)
        }
        try withServer(handler: handler, body)
    }

    @Test(arguments: ["a", "A-b_c.9", String(repeating: "x", count: 64)], ["/once", "/prepared"])
    func `takes over a short and plain id`(id: String, path: String) throws {
        try RequestIDTests.idServer { server in
            let client = try WireClient(port: server.port)
            client.send("GET \(path) HTTP/1.1\r\nHost: h\r\nX-Request-Id: \(id)\r\n\r\n")
            let answer = try client.answer()
            #expect(answer["x-request-id"] == id)
            if path == "/once" { #expect(answer.body == id) }
        }
    }

    @Test(arguments: ["", "a b", "é", "<b>", String(repeating: "x", count: 65)])
    func `gives its own id in place of any other`(id: String) throws {
        try RequestIDTests.idServer { server in
            let client = try WireClient(port: server.port)
            client.send("GET /once HTTP/1.1\r\nHost: h\r\nX-Request-Id: \(id)\r\n\r\n")
            let answer = try client.answer()
            let given = try #require(answer["x-request-id"])
            #expect(given.utf8.count == 16)
            #expect(given.allSatisfy { $0.isHexDigit })
            #expect(answer.body == given)
        }
    }

    @Test func `takes the id over on a refusal`() throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send("GET /%00 HTTP/1.1\r\nHost: h\r\nX-Request-Id: mine\r\n\r\n")
            #expect(try client.answer()["x-request-id"] == "mine")
        }
    }

    /// All clients share one prepared response, and half of each one's requests come in a single piece.
    @Test func `gives every exchange an id of its own, whole`() async throws {
        let prepared = PreparedResponse(status: 200, headers: [], body: Array("body".utf8))
        var configuration = Server.Configuration()
        configuration.port = 0
        configuration.threads = 4
        let server = try Server(configuration, refuse: refused, handler: { _ in .prepared(prepared) })
        let port = server.port
        let ids = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let client = try WireClient(port: port)
                    var ids: [String] = []
                    for round in 0..<40 {
                        let count = round.isMultiple(of: 2) ? 1 : 25
                        client.send(String(repeating: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", count: count))
                        for _ in 0..<count { ids.append(try client.answer()["x-request-id"] ?? "") }
                    }
                    return ids
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(ids.count == 8 * 20 * 26)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.utf8.count == 16 && $0.allSatisfy { $0.isHexDigit && !$0.isUppercase } })
        server.stop(draining: .seconds(5))
    }
}
