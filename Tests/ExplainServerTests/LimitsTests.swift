import ExplainerKit
import Glibc
import HTTPD
import TestSupport
import Testing

@testable import ExplainServer

/// What a client may take: as it is set, as it is told, and as it is kept.
@Suite struct LimitsTests {
    /// Every limit that can be set, with a value that is not its default.
    private static let changed = [
        "connection_limit": 100, "backlog": 77, "threads": 3, "idle_timeout_seconds": 21, "head_timeout_seconds": 22,
        "body_timeout_seconds": 23, "answer_timeout_seconds": 24, "max_head_bytes": 9000, "max_target_bytes": 700, "max_body_bytes": 5000,
        "lint_max_bytes": 6000, "connections_per_client": 25, "rate_per_client": 26, "burst_per_client": 27,
    ]

    private func app(_ values: [String: Int]) throws -> App {
        let settings = try Settings(flags: values.mapValues(String.init))
        return App(site: try Site(snapshot: Snapshot(SmallTopic.files), settings: settings), settings: settings)
    }

    /// The limits that `/limits` tells, by name.
    private func told(_ app: App) throws -> [String: JSONObject] {
        let limits = try JSONObject(app.send(.get, "/limits").body).array("limits")
        return Dictionary(uniqueKeysWithValues: try limits.map { (try $0.string("name"), $0) })
    }

    @Test func `what is set is what is told`() throws {
        let limits = try told(app(Self.changed))
        for (name, value) in Self.changed {
            let limit = try #require(limits[name], "\(name)")
            #expect(try limit.integer("value") == value, "\(name)")
            #expect(try !limit.string("meaning").isEmpty && !limit.string("unit").isEmpty)
        }
        #expect(try limits["max_head_bytes"]?.integer("status") == 431)
        #expect(try app([:]).send(.get, "/limits").header("Cache-Control") == "no-store")
    }

    @Test func `what depends on the machine is worked out`() throws {
        #expect(try told(app([:]))["threads"]?.integer("value") == sysconf(CInt(_SC_NPROCESSORS_ONLN)))
        // Files and listeners need descriptors, too.
        var descriptors = rlimit()
        unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &descriptors)
        let connections = try told(app(["connection_limit": 1_000_000]))["connection_limit"]?.integer("value")
        #expect(connections == min(1_000_000, Int(clamping: descriptors.rlim_max) - 64))
    }

    @Test func `people read a table, terminals read lines`() throws {
        let app = try app(["max_target_bytes": 700])
        let page = String(decoding: app.send(.get, "/limits", ("Accept", "text/html")).body, as: UTF8.self)
        #expect(page.contains("<th scope=\"row\">max_target_bytes</th><td class=\"figure\">700 bytes</td>"))
        #expect(page.contains("<td>414 URI Too Long</td>"))
        let lines = String(decoding: app.send(.get, "/limits.txt").body, as: UTF8.self)
        #expect(lines.contains("\nmax_target_bytes: 700 bytes (414)\n"))
    }

    @Test(arguments: [
        ("GET /explain?_=\(String(repeating: "a", count: 800)) HTTP/1.1\r\nHost: h\r\n\r\n", 414, "700 bytes"),
        ("GET / HTTP/1.1\r\nHost: h\r\nX: \(String(repeating: "a", count: 9000))\r\n\r\n", 431, "9000 bytes"),
        ("POST /v2/check HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n", 413, "Error: "),
        ("POST /explain HTTP/1.1\r\nHost: h\r\nContent-Length: 5001\r\n\r\n", 413, "5000 bytes"),
    ])
    func `what is set is kept`(request: String, status: Int, says: String) throws {
        let settings = try Settings(flags: Self.changed.mapValues(String.init))
        try app(Self.changed).serving(settings.serverConfiguration) { port in
            let client = try WireClient(port: port)
            client.send(request)
            let answer = try client.answer()
            #expect(answer.status == status)
            #expect(answer.body.contains(says), "\(answer.body)")
        }
    }

    /// A client that has no request left, on an open connection.
    private func withExhaustedClient(_ body: (WireClient) throws -> Void) throws {
        var configuration = try Settings(flags: ["rate_per_client": "1", "burst_per_client": "1"]).serverConfiguration
        configuration.clock = { 0 }
        try App.small().serving(configuration) { port in
            let client = try WireClient(port: port)
            client.send("GET /explain HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().status == 200)
            try body(client)
        }
    }

    @Test(arguments: [
        ("GET /facts", "application/problem+json", "\"detail\": \"Too many requests from this address; ask again after 1 second.\""),
        ("GET /v2/languages", "text/plain; charset=utf-8", "Error: Too many requests"),
        ("GET /mcp", "application/json", "\"error\""),
    ])
    func `whoever asks too often is told when to come back, in the form of what was asked`(
        line: String, type: String, says: String
    ) throws {
        try withExhaustedClient { client in
            client.send("\(line) HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.answer()
            #expect(answer.status == 429)
            #expect(answer["Retry-After"] == "1")
            #expect(answer["Content-Type"] == type)
            #expect(answer["Cache-Control"] == "no-store")
            #expect(answer.body.contains(says), "\(answer.body)")
        }
    }

    @Test(arguments: ["/healthz", "/healthz.json", "/readyz"])
    func `probes are answered however often they ask`(path: String) throws {
        try withExhaustedClient { client in
            func status() throws -> Int {
                client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
                return try client.answer().status
            }
            let statuses = try (0..<3).map { _ in try status() }
            #expect(statuses == [200, 200, 200])
        }
    }

    @Test func `without a rate nothing is counted, and that is told`() throws {
        let limits = try told(app([:]))
        #expect(throws: JSONObject.NotThere.self) { try limits["rate_per_client"]?.integer("value") }
        #expect(String(decoding: try app([:]).send(.get, "/limits.txt").body, as: UTF8.self).contains("rate_per_client: no limit\n"))
        #expect(try Settings().serverConfiguration.rate == nil)
    }
}
