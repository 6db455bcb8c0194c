import TestSupport
import Testing

@testable import HTTPD

struct RequestTests {
    @Test func `can be made by hand`() throws {
        let request = Request(
            method: .post, target: "/a%20b?c=d&c=e+f&g", headers: [Field("Accept", "x/y"), Field("accept", "z")], body: [1]
        )
        #expect(request.method == .post)
        #expect(request.path == "/a b")
        #expect(request.target == "/a%20b?c=d&c=e+f&g")
        #expect(request.rawQuery == "c=d&c=e+f&g")
        #expect(try request.query() == [Field("c", "d"), Field("c", "e f"), Field("g", "")])
        #expect(request.header("ACCEPT") == "x/y, z")
        #expect(request.header("Host") == nil)
        #expect(request.body == [1])
    }

    @Test func `has no query without a question mark`() throws {
        let request = Request(method: .get, target: "/")
        #expect(request.rawQuery == nil)
        #expect(try request.query().isEmpty)
    }

    @Test func `reduces a whole address to its path and query`() {
        #expect(Request(method: .get, target: "http://h/a?b").target == "/a?b")
        #expect(Request(method: .get, target: "http://h").target == "/")
        #expect(Request(method: .get, target: "http://h?b").target == "/?b")
        #expect(Request(method: .get, target: "http://h?b").path == "/")
    }

    @Test func `names the argument that is not text`() {
        let request = Request(method: .get, target: "/?good=1&bad=%FF")
        #expect(throws: QueryError(name: "bad", reason: .notUTF8)) { try request.query() }
    }

    /// Copied out of its handler, a request keeps its values and loses what was the connection's.
    @Test func `keeps no pointer into a connection that has gone on`() throws {
        final class Kept: @unchecked Sendable { var request: Request? }
        let kept = Kept()
        let handler: Server.Handler = { request in
            if request.path == "/keep" { kept.request = copy request }
            return .once(status: 200, headers: [], body: Array((kept.request?.header("x-a") ?? "none").utf8))
        }
        try withServer(configured(threads: 1), handler: handler) { server in
            let client = try WireClient(port: server.port)
            client.send("GET /keep?b=c HTTP/1.1\r\nHost: h\r\nX-A: 1\r\n\r\n")
            #expect(try client.answer().body == "1")
            client.send("GET /next HTTP/1.1\r\nHost: h\r\nX-A: 2\r\n\r\n")
            #expect(try client.answer().body == "none")
        }
        let request = try #require(kept.request)
        #expect(request.header("x-a") == nil)
        #expect(request.target == "/keep?b=c")
    }

    /// Made of the bytes that matter, always the same ones.
    @Test func `reads any target as what it means or not at all`() {
        var state: UInt64 = 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let alphabet = Array("//%%%?&=+*:#.ah20FfcC3aA9e5".utf8) + [0, 0x0A, 0x20, 0x7F, 0x80, 0xC3, 0xA9, 0xED, 0xFF]
        for _ in 0..<50_000 {
            let prefix = Array(["/", "", "http://", "http://h"][next(4)].utf8)
            let bytes = prefix + (0..<next(24)).map { _ in alphabet[next(alphabet.count)] }
            guard let target = try? Target(bytes) else { continue }
            let path = target.decodedPath(bytes)
            #expect(path.utf8.allSatisfy { !$0.isControl })
            let slashes = bytes[target.path].count { $0 == UInt8(ascii: "/") }
            #expect(path.utf8.count { $0 == UInt8(ascii: "/") } == max(slashes, target.path.isEmpty ? 1 : 0))
            if let query = target.query, let fields = try? Query.fields(bytes[query]) {
                #expect(fields.count <= bytes[query].count { $0 == UInt8(ascii: "&") } + 1)
            }
        }
    }

    @Test func `limits the library's complaints and counts what it left out`() {
        final class Lines: @unchecked Sendable { var all: [String] = [] }
        let lines = Lines()
        let limiter = LogLimiter { lines.all.append($0) }
        limiter.write("before the start", second: 1)
        #expect(lines.all.isEmpty && limiter.lastLine == "before the start")
        limiter.open()
        for number in 0..<100 { limiter.write("line \(number)", second: 1) }
        #expect(lines.all.count == LogLimiter.linesPerSecond)
        limiter.write("later", second: 2)
        #expect(lines.all.suffix(2) == ["95 more lines like these were left out", "later"])
        #expect(limiter.lastLine == "later")
    }
}
