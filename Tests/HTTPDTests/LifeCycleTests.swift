import Glibc
import HTTPD
import Synchronization
import TestSupport
import Testing

/// A door that a handler waits at until the test opens it.
final class Door: Sendable {
    private let isOpen = Atomic(false)
    private let waiting = Atomic(0)

    func open() { isOpen.store(true, ordering: .releasing) }

    func pass() {
        waiting.add(1, ordering: .relaxed)
        while !isOpen.load(ordering: .acquiring) { sched_yield() }
    }

    /// Returns when somebody stands before the door.
    func awaitVisitor() { while waiting.load(ordering: .relaxed) == 0 { sched_yield() } }
}

/// Returns when connecting fails; in the rare case that another test gets the same port, after a while.
private func awaitNoListener(port: UInt16) {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline, (try? WireClient(port: port)) != nil { sched_yield() }
}

struct LifeCycleTests {
    @Test func `says when the port is taken`() throws {
        let taken = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(taken) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(taken, address, length)
                unsafe getsockname(taken, address, &length)
            }
        }
        listen(taken, 1)
        var configuration = Server.Configuration()
        configuration.port = UInt16(bigEndian: address.sin_port)
        configuration.log = { _ in }
        do throws(ServerError) {
            let server = try Server(configuration, refuse: refused, handler: echo)
            Issue.record("listens on port \(server.port)")
        } catch {
            guard case .cannotListen(.network("127.0.0.1", configuration.port), let reason) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(reason.contains("in use already"))
        }
    }

    @Test func `says when the host is unknown`() {
        var configuration = Server.Configuration()
        configuration.endpoint = .network(host: "no such host", port: 0)
        do throws(ServerError) {
            let server = try Server(configuration, refuse: refused, handler: echo)
            Issue.record("listens on port \(server.port)")
        } catch {
            guard case .cannotListen(.network("no such host", 0), _) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `finds a free port of its own`() throws {
        try withServer { server in #expect(server.port > 0) }
    }

    @Test func `ends with its scope`() throws {
        let port = try { () throws in
            var configuration = Server.Configuration()
            configuration.port = 0
            let server = try Server(configuration, refuse: refused, handler: echo)
            return server.port
        }()
        #expect(throws: WireClient.Failure.self) { try WireClient(port: port) }
    }

    @Test func `lets a slow handler finish and says goodbye`() throws {
        let door = Door()
        let prepared = PreparedResponse(status: 200, headers: [], body: Array("late".utf8))
        var configuration = Server.Configuration()
        configuration.port = 0
        let server = try Server(
            configuration, refuse: refused,
            handler: { _ in
                door.pass()
                return .prepared(prepared)
            })
        let client = try WireClient(port: server.port)
        let idle = try WireClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        door.awaitVisitor()
        #expect(server.requestsInFlight == 1)
        let port = server.port
        Thread.run {
            awaitNoListener(port: port)
            door.open()
        }
        server.stop(draining: .seconds(10))
        let answer = try client.remainder()
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        #expect(answer.contains("Connection: close"))
        #expect(answer.hasSuffix("late"))
        #expect(try idle.remainder().isEmpty)
    }

    @Test func `gives up on a handler that outlasts the grace`() throws {
        let door = Door()
        var configuration = Server.Configuration()
        configuration.port = 0
        let start = ContinuousClock.now
        let server = try Server(
            configuration, refuse: refused,
            handler: { _ in
                door.pass()
                return .once(status: 200, headers: [], body: [])
            })
        let client = try WireClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        door.awaitVisitor()
        // Stopping joins the threads, so the handler has to end some time; the client hears nothing any more.
        Thread.run {
            while ContinuousClock.now - start < .milliseconds(400) { sched_yield() }
            door.open()
        }
        server.stop(draining: .milliseconds(100))
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `serves whoever was connected but not yet accepted when it stops`() throws {
        for _ in 0..<5 {
            let door = Door()
            var configuration = Server.Configuration()
            configuration.port = 0
            configuration.threads = 1
            let server = try Server(
                configuration, refuse: refused,
                handler: { request in
                    if request.path == "/slow" { door.pass() }
                    return .once(status: 200, headers: [], body: Array("served".utf8))
                })
            // The only thread is busy, so the others wait in the listener's queue.
            let slow = try WireClient(port: server.port)
            slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
            door.awaitVisitor()
            let clients = try (0..<20).map { _ in try WireClient(port: server.port) }
            for client in clients { client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n") }
            let port = server.port
            Thread.run {
                awaitNoListener(port: port)
                door.open()
            }
            server.stop(draining: .seconds(10))
            #expect(try slow.remainder().hasSuffix("served"))
            for client in clients { #expect(try client.remainder().hasSuffix("served")) }
        }
    }

    /// The threads take themselves off the listener while it is taken from them; libmicrohttpd ends the process if one is told so twice.
    @Test func `stops as often as one likes while clients connect`() throws {
        for _ in 0..<1000 {
            try withServer(configured(threads: 16)) { server in
                for _ in 0..<8 { _ = try WireClient(port: server.port) }
            }
        }
    }

    @Test func `counts nothing in flight after clients have vanished`() throws {
        try withServer { server in
            for _ in 0..<20 {
                let client = try WireClient(port: server.port)
                client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf")
                client.reset()
            }
            let deadline = ContinuousClock.now + .seconds(10)
            while server.requestsInFlight > 0, ContinuousClock.now < deadline { sched_yield() }
            #expect(server.requestsInFlight == 0)
        }
    }
}
