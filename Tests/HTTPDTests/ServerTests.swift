import Glibc
import HTTPD
import Testing

struct ServerTests {
    @Test func `answers GET, HEAD and POST on one connection`() throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send("GET /a%20b?x=1&y=%C3%A9 HTTP/1.1\r\nHost: h\r\n\r\n")
            let get = try client.answer()
            #expect(get.status == 200)
            #expect(get.body == "GET /a b\nx=1\ny=é")
            #expect(get["content-type"] == "text/plain")

            client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n")
            let head = try client.answer(toHead: true)
            #expect(head["content-length"] == "7")

            client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello")
            #expect(try client.answer().body == "POST /a\nbody: hello")
        }
    }

    @Test func `answers pipelined requests in their order`() throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send((0..<50).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
            for number in 0..<50 { #expect(try client.answer().body == "GET /\(number)") }
        }
    }

    @Test func `sends a prepared response again and again`() throws {
        let prepared = PreparedResponse(status: 200, headers: [Field("ETag", "\"1\"")], body: Array("ready".utf8))
        let handler: Server.Handler = { _ in .prepared(prepared) }
        try withServer(handler: handler) { server in
            let client = try WireClient(port: server.port)
            var ids: Set<String> = []
            for _ in 0..<20 {
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                let answer = try client.answer()
                #expect(answer.body == "ready")
                #expect(answer["etag"] == "\"1\"")
                ids.insert(try #require(answer["x-request-id"]))
            }
            #expect(ids.count == 20)
            #expect(ids.allSatisfy { $0.utf8.count == 16 })
        }
    }
}
