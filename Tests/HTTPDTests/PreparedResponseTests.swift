import Glibc
import HTTPD
import Synchronization
import TestSupport
import Testing

struct PreparedResponseTests {
    @Test func `shows what it was made of`() {
        let response = Response.prepared(
            PreparedResponse(status: 200, headers: [Field("Vary", "a"), Field("vary", "b")], body: [1, 2]))
        #expect(response.status == 200)
        #expect(response.header("VARY") == "a, b")
        #expect(response.body == [1, 2])
    }

    /// The clients read late and slowly, so that most of a body is still unsent when the application has forgotten it.
    @Test func `outlives the application's interest while it is being sent`() throws {
        let current = Guarded<PreparedResponse?>(nil)
        let handler: Server.Handler = { _ in
            current.withLock { .prepared($0 ?? PreparedResponse(status: 500, headers: [], body: [])) }
        }
        let size = 4 << 20
        try withServer(handler: handler) { server in
            for round in 0..<5 {
                let letter = UInt8(ascii: "a") + UInt8(round)
                weak var dropped: PreparedResponse?
                do {
                    let made = PreparedResponse(status: 200, headers: [], body: [UInt8](repeating: letter, count: size))
                    dropped = made
                    current.withLock { $0 = made }
                }
                let clients = try (0..<4).map { _ in try WireClient(port: server.port, receiveBuffer: 4096) }
                for client in clients { client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n") }
                while server.requestsInFlight < clients.count { sched_yield() }
                for client in clients { try client.awaitFirstBytes() }
                current.withLock { $0 = nil }
                #expect(dropped == nil)
                for client in clients {
                    let body = try client.answer().body
                    #expect(body.utf8.count == size)
                    #expect(body.utf8.allSatisfy { $0 == letter })
                }
            }
        }
    }

    @Test func `is replaced under load without a torn answer`() async throws {
        let current = Guarded(PreparedResponse(status: 200, headers: [Field("ETag", "\"0\"")], body: Array("0".utf8)))
        let server = try Server(configured(), refuse: refused) { _ in .prepared(current.withLock { $0 }) }
        let port = server.port
        let isDone = Atomic(false)
        defer { isDone.store(true, ordering: .relaxed) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let client = try WireClient(port: port)
                    for _ in 0..<500 {
                        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                        let answer = try client.answer()
                        #expect(answer["etag"] == "\"\(answer.body)\"")
                    }
                }
            }
            Thread.run {
                var version = 0
                while !isDone.load(ordering: .relaxed) {
                    version += 1
                    let headers = [Field("ETag", "\"\(version)\"")]
                    let next = PreparedResponse(status: 200, headers: headers, body: Array("\(version)".utf8))
                    current.withLock { $0 = next }
                }
            }
            try await group.waitForAll()
        }
        server.stop(draining: .seconds(5))
    }

    /// More threads than copies: those without one of their own make an answer of their own.
    @Test func `serves more threads than it has copies for`() throws {
        let prepared = PreparedResponse(status: 200, headers: [], body: Array("ready".utf8))
        let handler: Server.Handler = { _ in .prepared(prepared) }
        try withServer(configured(threads: 40), handler: handler) { server in
            var ids: Set<String> = []
            let clients = try (0..<80).map { _ in try WireClient(port: server.port) }
            for client in clients { client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n") }
            for client in clients {
                let answer = try client.answer()
                #expect(answer.body == "ready")
                ids.insert(answer["x-request-id"] ?? "")
            }
            #expect(ids.count == clients.count)
        }
    }
}
