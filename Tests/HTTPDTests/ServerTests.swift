import Glibc
import HTTPD
import TestSupport
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

    @Test(arguments: [3, 50, 500])
    func `answers pipelined requests in their order`(count: Int) throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send((0..<count).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
            for number in 0..<count { #expect(try client.answer().body == "GET /\(number)") }
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

    @Test func `sends the head alone for HEAD, prepared or not`() throws {
        let prepared = PreparedResponse(status: 200, headers: [Field("ETag", "\"1\"")], body: Array("ready".utf8))
        let handler: Server.Handler = { _ in .prepared(prepared) }
        try withServer(handler: handler) { server in
            let client = try WireClient(port: server.port)
            for _ in 0..<3 {
                client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
                let head = try client.answer(toHead: true)
                #expect(head.status == 200)
                #expect(head["content-length"] == "5")
                #expect(head["etag"] == "\"1\"")
            }
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().body == "ready")
        }
    }

    @Test(arguments: [
        ("HTTP/1.1\r\nHost: h\r\nConnection: close", "close"),
        ("HTTP/1.0", "close"),
        ("HTTP/1.0\r\nConnection: keep-alive", "Keep-Alive"),
    ])
    func `closes or keeps the connection as the client asks`(rest: String, connection: String) throws {
        let prepared = PreparedResponse(status: 200, headers: [], body: Array("ready".utf8))
        let handler: Server.Handler = { _ in .prepared(prepared) }
        try withServer(handler: handler) { server in
            let client = try WireClient(port: server.port)
            client.send("GET / \(rest)\r\n\r\n")
            let answer = try client.answer()
            #expect(answer["connection"] == connection)
            if connection == "close" { #expect(try client.remainder().isEmpty) }
        }
    }

    @Test func `cannot be made to send a header line of the application's making`() throws {
        let handler: Server.Handler = { _ in
            let fields = [
                Field("X-A", "1\r\nX-Evil: 2"), Field("X-B\r\nX-Evil", "3"), Field("Content-Length", "999"), Field("X-C", "4"),
            ]
            return .once(status: 200, headers: fields, body: Array("body".utf8))
        }
        try withServer(handler: handler) { server in
            let client = try WireClient(port: server.port)
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.answer()
            #expect(answer["x-evil"] == nil)
            #expect(answer["content-length"] == "4")
            #expect(answer["x-c"] == "4")
            #expect(answer.body == "body")
        }
    }

    /// A successor opens the port while its forerunner still serves.
    @Test func `shares its port with a successor`() throws {
        try withServer { first in
            var configuration = configured()
            configuration.port = first.port
            try withServer(configuration) { second in
                #expect(second.port == first.port)
                for _ in 0..<10 {
                    let client = try WireClient(port: second.port)
                    client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
                    #expect(try client.answer().body == "GET /a")
                }
            }
        }
    }

    @Test func `listens on both families when asked for every interface`() throws {
        var configuration = configured()
        configuration.endpoint = .network(host: "::", port: 0)
        try withServer(configuration) { server in
            let client = try WireClient(port: server.port)
            client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().body == "GET /a")
        }
    }
}
