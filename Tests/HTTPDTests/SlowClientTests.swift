import HTTPD
import TestSupport
import Testing

struct SlowClientTests {
    @Test(arguments: [
        "", "GET /", "GET / HTTP/1.1\r\nHost: h\r\n", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf",
    ])
    func `hangs up on a client that stops half way`(beginning: String) throws {
        try withServer(configured(headSeconds: 1, bodySeconds: 1)) { server in
            let client = try WireClient(port: server.port)
            client.send(beginning)
            #expect(try client.remainder().isEmpty)
        }
    }

    @Test func `hangs up on a client that sends a byte now and then`() throws {
        try withServer(configured(headSeconds: 1)) { server in
            let client = try WireClient(port: server.port, within: .seconds(8))
            client.send("GET / HTTP/1.1\r\nHost: h\r\n")
            #expect(try client.remainder(sending: "x") == "")
        }
    }

    @Test func `hangs up on a client that asks nothing more`() throws {
        try withServer(configured(idleSeconds: 1)) { server in
            let client = try WireClient(port: server.port)
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.remainder().hasSuffix("GET /"))
        }
    }

    @Test func `answers a client that said goodbye with its request`() throws {
        try withServer { server in
            let clients = try (0..<20).map { _ in try WireClient(port: server.port) }
            for client in clients {
                client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
                client.finishSending()
            }
            for client in clients { #expect(try client.remainder().hasSuffix("GET /a")) }
        }
    }

    @Test func `makes room when it is crowded`() throws {
        try withServer(configured(threads: 1, connections: 20)) { server in
            let silent = try (0..<40).map { _ in try WireClient(port: server.port) }
            let client = try WireClient(port: server.port, within: .seconds(15))
            client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().body == "GET /a")
            #expect(silent.count == 40)
        }
    }
}
