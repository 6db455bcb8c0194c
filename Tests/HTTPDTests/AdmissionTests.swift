import HTTPD
import TestSupport
import Testing

/// How much one client may take.
struct AdmissionTests {
    private let ask = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

    private func limited(_ edit: (inout Server.Configuration) -> Void) -> Server.Configuration {
        var configuration = configured()
        configuration.isExempt = { $0 == "/healthz" }
        edit(&configuration)
        return configuration
    }

    private func asking(for client: String) -> String { "GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: \(client)\r\n\r\n" }

    private func trustingLoopback() throws -> TrustedProxies {
        var proxies = TrustedProxies()
        proxies.subnets = [try #require(Subnet("127.0.0.0/8"))]
        return proxies
    }

    @Test func `answers a client's connection beyond its limit with 429, and closes it`() throws {
        try withServer(limited { $0.connectionsPerClient = 2 }) { server in
            var clients = try (0..<2).map { _ in try WireClient(port: server.port) }
            for client in clients {
                client.send(ask)
                #expect(try client.answer().status == 200)
            }
            let third = try WireClient(port: server.port)
            third.send(ask)
            let answer = try third.answer()
            #expect(answer.status == 429)
            #expect(answer.body == "refused: tooManyConnections(limit: 2)")
            #expect(answer["Connection"] == "close")
            #expect(try third.remainder().isEmpty)
            // The two are none the worse for it.
            clients[0].send(ask)
            #expect(try clients[0].answer().status == 200)
            // Whoever hangs up makes room.
            clients.removeFirst()
            let deadline = ContinuousClock.now + .seconds(10)
            var status = 0
            while status != 200, ContinuousClock.now < deadline {
                let next = try WireClient(port: server.port)
                next.send(ask)
                status = try next.answer().status
            }
            #expect(status == 200)
        }
    }

    @Test func `answers probes on any connection`() throws {
        try withServer(limited { $0.connectionsPerClient = 1 }) { server in
            let first = try WireClient(port: server.port)
            first.send(ask)
            #expect(try first.answer().status == 200)
            let probe = try WireClient(port: server.port)
            probe.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try probe.answer().status == 200)
            probe.send(ask)
            #expect(try probe.answer().status == 429)
        }
    }

    @Test func `does not wait long for what a connection beyond the limit may ask`() throws {
        let configuration = limited {
            $0.connectionsPerClient = 1
            $0.headTimeoutSeconds = 3600
        }
        try withServer(configuration) { server in
            let first = try WireClient(port: server.port)
            first.send(ask)
            #expect(try first.answer().status == 200)
            #expect(try WireClient(port: server.port).remainder().isEmpty)
        }
    }

    @Test func `counts no connections of a trusted proxy`() throws {
        let proxies = try trustingLoopback()
        let configuration = limited {
            $0.connectionsPerClient = 1
            $0.trustedProxies = proxies
        }
        try withServer(configuration) { server in
            let clients = try (0..<5).map { _ in try WireClient(port: server.port) }
            for client in clients {
                client.send(ask)
                #expect(try client.answer().status == 200)
            }
        }
    }

    @Test func `answers requests beyond the rate with 429 until the time has come, on the same connection`() throws {
        let clock = TestClock()
        let configuration = limited {
            $0.rate = RateLimit(perSecond: 1, burst: 2)
            $0.clock = clock.read
        }
        try withServer(configuration) { server in
            let client = try WireClient(port: server.port)
            func status(_ request: String) throws -> Int {
                client.send(request)
                return try client.answer().status
            }
            #expect(try (0..<4).map { _ in try status(ask) } == [200, 200, 429, 429])
            #expect(try status("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n") == 200)
            clock.advance(.seconds(1))
            #expect(try (0..<2).map { _ in try status(ask) } == [200, 429])
        }
    }

    @Test func `does not wait for a body that it will not read`() throws {
        let clock = TestClock()
        let configuration = limited {
            $0.rate = RateLimit(perSecond: 1, burst: 1)
            $0.clock = clock.read
        }
        try withServer(configuration) { server in
            let client = try WireClient(port: server.port)
            client.send(ask)
            #expect(try client.answer().status == 200)
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n")
            let answer = try client.answer()
            #expect(answer.status == 429)
            #expect(answer.body == "refused: tooManyRequests(wait: 1)")
            #expect(try client.remainder().isEmpty)
        }
    }

    @Test func `is not got round by asking whether to go on`() throws {
        let clock = TestClock()
        let configuration = limited {
            $0.rate = RateLimit(perSecond: 1, burst: 1)
            $0.clock = clock.read
        }
        try withServer(configuration) { server in
            for status in [200, 429] {
                let client = try WireClient(port: server.port)
                client.send("GET /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\n")
                #expect(try client.answer().status == status)
            }
        }
    }

    @Test func `counts for the client behind a trusted proxy`() throws {
        let proxies = try trustingLoopback()
        let clock = TestClock()
        let configuration = limited {
            $0.rate = RateLimit(perSecond: 1, burst: 1)
            $0.clock = clock.read
            $0.trustedProxies = proxies
        }
        try withServer(configuration) { server in
            let proxy = try WireClient(port: server.port)
            func status(for client: String) throws -> Int {
                proxy.send(asking(for: client))
                return try proxy.answer().status
            }
            #expect(try status(for: "203.0.113.1") == 200)
            #expect(try status(for: "203.0.113.2") == 200)
            #expect(try status(for: "203.0.113.1") == 429)
            #expect(try status(for: "9.9.9.9, 203.0.113.1, 127.0.0.2") == 429)
            #expect(try status(for: "2001:db8::1") == 200)
            #expect(try status(for: "2001:db8::2") == 429)
        }
    }

    @Test func `does not believe whoever is no trusted proxy`() throws {
        let clock = TestClock()
        let configuration = limited {
            $0.rate = RateLimit(perSecond: 1, burst: 1)
            $0.clock = clock.read
        }
        try withServer(configuration) { server in
            let client = try WireClient(port: server.port)
            for (name, status) in [("203.0.113.1", 200), ("203.0.113.2", 429)] {
                client.send(asking(for: name))
                #expect(try client.answer().status == status)
            }
        }
    }

    @Test func `tells the handler who asks`() throws {
        let proxies = try trustingLoopback()
        let handler: Server.Handler = { request in .once(status: 200, headers: [], body: Array(request.client.description.utf8)) }
        try withServer(limited { $0.trustedProxies = proxies }, handler: handler) { server in
            let client = try WireClient(port: server.port)
            client.send(ask + asking(for: "203.0.113.9"))
            #expect(try client.answer().body == "127.0.0.1")
            #expect(try client.answer().body == "203.0.113.9")
        }
    }
}
