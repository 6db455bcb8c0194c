import Glibc
import TestSupport
import Testing

@testable import HTTPD

struct SlowClientTests {
    @Test(arguments: [
        "", "GET /", "GET / HTTP/1.1\r\nHost: h\r\n", "\r\n\r\n", "\0\0\r\n", "\0\r\n\0\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhalf",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\nA: b\r\n",
    ])
    func `hangs up on a client that stops half way`(beginning: String) throws {
        try withServer(configured(headSeconds: 1, bodySeconds: 1)) { server in
            let client = try WireClient(port: server.port)
            client.send(beginning)
            #expect(try client.remainder().isEmpty)
        }
    }

    /// The library's own timeout begins anew with each of these bytes.
    @Test(arguments: [
        "", "GET / HTTP/1.1\r\nHost: h\r\n", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n",
    ])
    func `hangs up on a client that sends a byte now and then`(beginning: String) throws {
        try withServer(configured(headSeconds: 1, bodySeconds: 1)) { server in
            let client = try WireClient(port: server.port, within: .seconds(8))
            client.send(beginning)
            #expect(try client.remainder(sending: "x") == "")
        }
    }

    @Test func `hangs up on a client that does not read its answer`() throws {
        let page = PreparedResponse(status: 200, headers: [], body: Array(repeating: 0x78, count: 32 << 20))
        let handler: Server.Handler = { _ in .prepared(page) }
        try withServer(configured(answerSeconds: 1), handler: handler) { server in
            let client = try WireClient(port: server.port, receiveBuffer: 4096)
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            try client.awaitFirstBytes()
            let deadline = ContinuousClock.now + .seconds(10)
            while server.requestsInFlight > 0, ContinuousClock.now < deadline { sched_yield() }
            #expect(server.requestsInFlight == 0)
            #expect(try client.remainder().utf8.count < 32 << 20)
        }
    }

    @Test(arguments: [
        "GET /", "GET / HTTP/1.1\r\nHost: h\r\n", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
    ])
    func `answers nothing to a client that says goodbye half way`(beginning: String) throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send(beginning)
            client.finishSending()
            #expect(try client.remainder().isEmpty)
        }
    }

    @Test func `outlives clients that vanish at any point`() throws {
        let requests = "GET /a HTTP/1.1\r\nHost: h\r\n\r\nPOST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nwhole now"
        try withServer { server in
            for count in 0...requests.utf8.count {
                let client = try WireClient(port: server.port)
                client.send(Array(requests.utf8.prefix(count)))
                if count % 2 == 0 { client.reset() }
            }
            let client = try WireClient(port: server.port)
            client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().body == "GET /a")
            let deadline = ContinuousClock.now + .seconds(10)
            while server.requestsInFlight > 0, ContinuousClock.now < deadline { sched_yield() }
            #expect(server.requestsInFlight == 0)
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

    @Test(arguments: [(threads: 1, limit: 20, attackers: 40), (threads: 2, limit: 100, attackers: 150)], ["", "GET / HTTP/1.1\r\n"])
    func `makes room when it is crowded`(crowd: (threads: Int, limit: Int, attackers: Int), beginning: String) throws {
        try withServer(configured(threads: crowd.threads, connections: crowd.limit)) { server in
            let attackers = try (0..<crowd.attackers).map { _ in try WireClient(port: server.port) }
            for attacker in attackers { attacker.send(beginning) }
            let client = try WireClient(port: server.port)
            client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().body == "GET /a")
        }
    }

    @Test(arguments: [(40, 20), (128, 64), (1024, 960), (20_000, 19_936)])
    func `takes no more connections than there are descriptors for`(limit: Int, connections: Int) {
        #expect(Descriptors.connections(within: limit) == connections)
    }
}
