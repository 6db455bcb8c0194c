import ExplainerKit
import HTTPD
import TestSupport
import Testing

@testable import ExplainServer

/// The whole service over a real socket.
@Suite struct WireTests {
    static let shipped = Result {
        let settings = try Settings()
        return App(site: try Site(snapshot: Snapshot(ShippedConfig.files()), settings: settings), settings: settings)
    }

    private func request(_ line: String, _ headers: String...) -> String {
        ([line + " HTTP/1.1", "Host: test"] + headers).map { $0 + "\r\n" }.joined() + "\r\n"
    }

    @Test func `every piece of the shipped content is served in every form`() throws {
        let app = try Self.shipped.get()
        let topic = try #require(Snapshot(ShippedConfig.files()).topic("quantization"))
        try app.serving { port in
            let client = try WireClient(port: port, within: .seconds(60))
            for explainer in topic.explainers {
                for form in ["txt", "md", "html", "json"] {
                    client.send(
                        request(
                            "GET /explain.\(form)?audience=\(explainer.audience.id)&trigger=\(explainer.trigger.id)&length=\(explainer.length.rawValue)"
                        ))
                    let answer = try client.answer()
                    #expect(answer.status == 200)
                    #expect(answer.body.contains(explainer.facts[0].id) == ["html", "json"].contains(form), "\(explainer.key) \(form)")
                    #expect(answer["ETag"]?.count == 34)
                }
            }
        }
    }

    @Test func `the line of the README answers`() throws {
        try Self.shipped.get().serving { port in
            let client = try WireClient(port: port)
            client.send(request("GET /explain?audience=student", "User-Agent: curl/7.88.1", "Accept: */*"))
            let answer = try client.answer()
            #expect(answer.status == 200)
            #expect(answer["Content-Type"] == "text/plain; charset=utf-8")
            #expect(answer.body.contains("[1]") && answer.body.contains("\nSources\n"))
            #expect(answer.body.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 80 || $0.contains("https://") })
        }
    }

    @Test func `GET, HEAD and a conditional GET agree on one connection`() throws {
        try App.small().serving { port in
            let client = try WireClient(port: port)
            for target in ["/explain", "/facts?limit=2", "/"] {
                client.send(request("GET \(target)"))
                let full = try client.answer()
                client.send(request("HEAD \(target)"))
                let head = try client.answer(toHead: true)
                client.send(request("GET \(target)", "If-None-Match: \(full["ETag"] ?? "")"))
                let unchanged = try client.answer()
                #expect((full.status, head.status, unchanged.status) == (200, 200, 304))
                #expect(head["Content-Length"] == full["Content-Length"] && head["ETag"] == full["ETag"])
                #expect(unchanged.body.isEmpty && unchanged["ETag"] == full["ETag"] && unchanged["Vary"] == full["Vary"])
            }
        }
    }

    @Test func `every answer has a request id, the client's own if it is plain`() throws {
        try App.small().serving { port in
            let client = try WireClient(port: port)
            var seen: Set<String> = []
            for target in ["/explain", "/explain", "/facts?limit=1", "/nothing", "/explain?audience=x"] {
                client.send(request("GET \(target)"))
                seen.insert(try client.answer()["X-Request-Id"] ?? "")
            }
            #expect(seen.count == 5 && !seen.contains(""))
            client.send(request("GET /explain", "X-Request-Id: trace-1.2_3"))
            #expect(try client.answer()["X-Request-Id"] == "trace-1.2_3")
            client.send(request("GET /explain", "X-Request-Id: <b>no</b>"))
            #expect(try client.answer()["X-Request-Id"]?.contains("<") == false)
        }
    }

    @Test(
        arguments: [
            ("GET /explain?audience=" + String(repeating: "a", count: 9000), 414), ("GET /explain%00", 400), ("GET /facts/a%2Fb", 400),
            ("GET /%ff", 400),
            ("GET /explain?audience=%00", 400), ("GET /explain?audience=%ff%fe", 400), ("POST /explain", 405), ("DELETE /facts", 405),
            ("G(T /", 400),
            ("GET /explain?" + String(repeating: "a=1&", count: 600), 400), ("GET http://test/healthz", 200), ("OPTIONS *", 204),
            // From 1.0 on the library refuses so many arguments by itself.
        ].filter { Server.libraryVersion.hasPrefix("0.9.") || !$0.0.contains("a=1&") })
    func `bad requests get a clear answer at once`(line: String, status: Int) throws {
        try App.small().serving { port in
            let client = try WireClient(port: port)
            client.send(request(line))
            let answer = try client.answer()
            #expect(answer.status == status)
            if status >= 400 {
                #expect(answer["Content-Type"] == "application/problem+json")
                #expect(answer.body.contains("\"status\": \(status)"), "\(answer.body)")
            }
            let other = try WireClient(port: port)
            other.send(request("GET /healthz"))
            #expect(try other.answer().body == "ok\n")
        }
    }

    @Test func `a POST with a body is refused and the connection goes on`() throws {
        try App.small().serving { port in
            let client = try WireClient(port: port)
            client.send("POST /explain HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello")
            #expect(try client.answer().status == 405)
            client.send(request("GET /healthz"))
            #expect(try client.answer().status == 200)
        }
    }
}
