import Synchronization
import TestSupport
import Testing

@testable import HTTPD

struct HostileTests {
    /// The wire check makes this library stricter than it is; where it is switched off, the library is strict itself.
    static let checksWire = RequestGate.canCheckWire(version: Server.libraryVersion)

    /// The very status here; with a library that refuses by itself, one that lays it on the client, or a close.
    private func expectRefusal(_ answer: String, _ hostile: Hostile) {
        if Self.checksWire {
            #expect(hostile.status == 0 ? answer.isEmpty : answer.hasPrefix("HTTP/1.1 \(hostile.status) "))
        } else {
            let isClients = ["HTTP/1.1 4", "HTTP/1.1 501 ", "HTTP/1.1 505 "].contains { answer.hasPrefix($0) }
            #expect(answer.isEmpty || isClients, "\(answer)")
        }
    }

    @Test(arguments: Hostile.framing + Hostile.heads + Hostile.lines)
    func `refuses, closes, and answers nothing that follows`(hostile: Hostile) throws {
        let handled = Atomic(0)
        let refusals = Guarded<[Refusal.Reason]>([])
        let (answer, beside) = try withServer(
            refuse: { refusal in
                refusals.withLock { $0.append(refusal.reason) }
                return refused(refusal)
            },
            handler: { request in
                if request.path == "/good" { return .once(status: 200, headers: [], body: Array("good".utf8)) }
                handled.add(1, ordering: .relaxed)
                return .once(status: 200, headers: [], body: Array("evil".utf8))
            },
            { server in
                let good = try WireClient(port: server.port)
                let client = try WireClient(port: server.port)
                client.send(hostile.bytes)
                client.send("GET /evil HTTP/1.1\r\nHost: h\r\n\r\n")
                good.send("GET /good HTTP/1.1\r\nHost: h\r\n\r\n")
                return (try client.remainder(), try good.answer())
            }
        )
        #expect(beside.body == "good")
        if !Self.checksWire, hostile.isTakenLater { return }
        expectRefusal(answer, hostile)
        #expect(!answer.contains("evil"))
        #expect(handled.load(ordering: .relaxed) == 0)
        guard Self.checksWire else { return }
        #expect(refusals.withLock { $0 } == (hostile.reason.map { [$0] } ?? []))
        if hostile.reason != nil {
            #expect(answer.contains("X-Request-Id: "))
            #expect(answer.contains("Connection: close"))
        }
    }

    @Test(arguments: Hostile.bodies)
    func `refuses a broken chunked body`(hostile: Hostile) throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
            client.send(hostile.bytes)
            client.send("GET /evil HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.remainder()
            expectRefusal(answer, hostile)
            #expect(!answer.contains("evil"))
        }
    }

    /// What stands between and after chunks is read loosely, so no second request may come out of it.
    @Test(arguments: [
        "3\nabc\n0\n\n", "3\r\nabc\n0\r\n\r\n", "3\r\nabc\r\n0\r\nA: b\r\n: x\r\n", "3\r\nabc\r\n0\r\n\0\r\n", "3;a=\"\r\nabc\r\n0\r\n\r\n",
        "3;a\nabc\r\n0\r\n\r\n", "3;a\rb\r\nabc\r\n0\r\n\r\n", "3;a=\0\r\nabc\r\n0\r\n\r\n",
        "0003\r\nabc\r\n0\r\nContent-Length: 99\r\n\r\n",
        "3\r\nabc\r\n0\r\nTransfer-Encoding: x\r\n\r\n", "3\r\nabc\r\n0\r\nHost: evil.example\r\n\r\n", "1\r\na\r\n2\r\nbc\r\n000\r\n\r\n",
    ])
    func `closes after a chunked body`(body: String) throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
            client.send("GET /evil HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.remainder()
            if Self.checksWire {
                #expect(answer.contains("body: abc"))
                #expect(answer.contains("Connection: close"))
            } else {
                #expect(answer.contains("body: abc") || answer.hasPrefix("HTTP/1.1 400 "))
            }
            #expect(!answer.contains("GET /evil"))
        }
    }

    /// A fault of the server's is what a client must not be able to cause.
    @Test func `answers with 5xx only what asks for something that is not spoken here`() {
        for hostile in Hostile.framing + Hostile.heads + Hostile.lines where hostile.status >= 500 {
            let isUnknownCoding = hostile.status == 501 && hostile.reason == .unsupportedCoding
            let isUnknownVersion = hostile.status == 505 && hostile.bytes.contains(UInt8(ascii: "."))
            #expect(isUnknownCoding || isUnknownVersion, "\(hostile.name)")
        }
        #expect(
            Hostile.bodies.filter { $0.status >= 500 }.map(\.name) == [
                "a chunk extension beyond all memory", "zeros beyond all memory before a chunk size",
            ])
    }

    @Test(arguments: [3, 50, 500])
    func `answers what came before a hostile request, and nothing after it`(count: Int) throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            let good = (0..<count).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined()
            client.send("\(good)GET / HTTP/1.1\r\nHost: h\r\n folded: x\r\n\r\nGET /evil HTTP/1.1\r\nHost: h\r\n\r\n")
            for number in 0..<count { #expect(try client.answer().body == "GET /\(number)") }
            let rest = try client.remainder()
            #expect(rest.components(of: "HTTP/1.1 ") == 1)
            #expect(rest.hasPrefix("HTTP/1.1 400 "))
        }
    }

    /// The wire check leans on where this library keeps the head. A build with another one must be looked at again.
    @Test func `checks the wire on the libraries it was made for`() {
        #expect(RequestGate.canCheckWire(version: "0.9.75"))
        #expect(!RequestGate.canCheckWire(version: "1.0.1"))
        #expect(RequestGate.canCheckWire(version: Server.libraryVersion) == Server.libraryVersion.hasPrefix("0.9.75"))
    }
}
