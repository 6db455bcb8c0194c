import ExplainerKit
import Foundation
import HTTPD
import TestSupport
import Testing

@testable import ExplainServer

/// Prometheus' text as numbers by series.
struct Scrape {
    let text: String

    subscript(_ series: String) -> Double? {
        text.split(separator: "\n").first { $0.hasPrefix(series + " ") }.flatMap { Double($0.dropFirst(series.count + 1)) }
    }
}

/// What is measured, after requests that are known.
@Suite(.timeLimit(.minutes(2))) struct MetricsTests {
    /// Serves the small topic for the length of `body`, which can ask for the numbers.
    private func serving(_ body: (WireClient, UInt16, () -> Scrape) throws -> Void) throws {
        let settings = try Settings()
        var files = SmallTopic.files
        files.texts["topics/tea/rules/hurry.yaml"] =
            "id: hurry\nseverity: error\ntitle: t\nrationale: r\nmessage: m\nhelp: h\ngood: [It stands.]\nbad: [Be quick.]\ncues:\n  - find: [quick]\n"
        let site = try Site(snapshot: Snapshot(files), settings: settings)
        let state = ServiceState(started: 1_700_000_000)
        let app = App(site: site, settings: settings, state: state)
        var configuration = settings.serverConfiguration
        configuration.port = 0
        let server = try Server(configuration, refuse: app.refuse, handler: app.respond)
        let metrics = Metrics(site: site, state: state, instruments: server.instruments)
        let port = server.port
        try body(try WireClient(port: port), port) { Scrape(text: metrics.text) }
        server.stop(draining: .seconds(5))
    }

    /// The numbers once nothing is in flight: a client has its answer a moment before the request is counted.
    private func settled(_ scrape: () -> Scrape) -> Scrape {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline, scrape()["explain_http_requests_in_flight"] != 0 { sched_yield() }
        return scrape()
    }

    @Test func `requests are counted by route, method and status, with their bytes`() throws {
        try serving { client, port, scrape in
            func ask(_ head: String, _ body: String = "") throws -> WireClient.Answer {
                client.send("\(head) HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.utf8.count)\r\nContent-Type: text/plain\r\n\r\n\(body)")
                return try client.answer(toHead: head.hasPrefix("HEAD"))
            }
            var bytes = 0
            for target in ["/explain", "/explain.md?audience=host", "/facts/boiling", "/facts/green-water.csv", "/explain?audience=x"] {
                bytes += try ask("GET \(target)").body.utf8.count
            }
            let length = try ask("HEAD /explain").headers.first { $0.name == "Content-Length" }
            #expect(length != nil)
            bytes += try ask("GET /nowhere").body.utf8.count + ask("POST /lint", "Be quick, be quick. Stand.").body.utf8.count
            bytes += try ask("DELETE /facts").body.utf8.count + ask("OPTIONS /facts").body.utf8.count
            let refused = try WireClient(port: port)
            refused.send("G(T / HTTP/1.1\r\nHost: h\r\n\r\n")
            bytes += try refused.answer().body.utf8.count
            let numbers = settled(scrape)
            let name = "explain_http_request_duration_seconds"
            for (labels, count) in [
                (#"route="/explain",method="GET",status="2xx""#, 2.0), (#"route="/explain",method="GET",status="4xx""#, 1),
                (#"route="/explain",method="HEAD",status="2xx""#, 1), (#"route="/facts/{id}",method="GET",status="2xx""#, 2),
                (#"route="none",method="GET",status="4xx""#, 1), (#"route="/lint",method="POST",status="2xx""#, 1),
                (#"route="/facts",method="other",status="4xx""#, 1), (#"route="/facts",method="OPTIONS",status="2xx""#, 1),
                (#"route="none",method="other",status="4xx""#, 1),
            ] {
                #expect(numbers["\(name)_count{\(labels)}"] == count, "\(labels)")
                #expect(numbers["\(name)_bucket{\(labels),le=\"+Inf\"}"] == count, "\(labels)")
                #expect(numbers["\(name)_sum{\(labels)}"].map { $0 > 0 && $0 < 60 } == true, "\(labels)")
            }
            #expect(numbers["explain_http_response_body_bytes_total"] == Double(bytes))
            #expect(numbers["explain_http_request_body_bytes_total"] == 26)
            #expect(numbers["explain_http_connections_accepted_total"] == 2)
            #expect(numbers["explain_http_connections"].map { $0 >= 1 && $0 <= 2 } == true)
            #expect(numbers["explain_http_requests_cut_total"] == 0)
            #expect(numbers[#"explain_lint_findings_total{rule="hurry"}"#] == 2)
            #expect(numbers["explain_lint_texts_total"] == 1 && numbers["explain_lint_bytes_total"] == 26)
        }
    }

    @Test func `a request whose client hangs up is counted as cut`() throws {
        try serving { _, port, scrape in
            let deadline = ContinuousClock.now + .seconds(20)
            do {
                let client = try WireClient(port: port)
                client.send("POST /lint HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nhalf")
                while ContinuousClock.now < deadline, scrape()["explain_http_requests_in_flight"] == 0 { sched_yield() }
                client.reset()
            }
            while ContinuousClock.now < deadline, scrape()["explain_http_requests_cut_total"] == 0 { sched_yield() }
            #expect(scrape()["explain_http_requests_cut_total"] == 1)
        }
    }

    @Test func `content, build and process are told`() throws {
        try serving { _, _, scrape in
            let numbers = scrape()
            #expect(numbers[#"explain_facts{topic="tea",status="verified"}"#] == 3)
            #expect(numbers[#"explain_facts{topic="tea",status="refuted"}"#] == 1)
            #expect(numbers[#"explain_explainers{topic="tea"}"#] == 12)
            #expect(numbers.text.contains(/explain_snapshot_info\{digest="sha256:[0-9a-f]{64}"\} 1\n/))
            #expect(
                numbers.text.contains("explain_build_info{version=\"\(Version.text)\",libmicrohttpd=\"\(Server.libraryVersion)\",swift="))
            #expect(numbers[#"explain_lint_findings_total{rule="hurry"}"#] == 0)
            #expect(numbers[#"explain_reloads_total{result="failure"}"#] == 0)
            #expect(numbers["explain_last_reload_success_timestamp_seconds"] == 1_700_000_000)
            let now = Date().timeIntervalSince1970
            #expect(numbers["process_start_time_seconds"].map { $0 > now - 86400 && $0 <= now + 1 } == true)
            #expect(numbers["process_resident_memory_bytes"].map { $0 > 1_000_000 } == true)
            #expect(numbers["process_open_fds"].map { $0 > 3 } == true && numbers["process_threads"].map { $0 > 1 } == true)
            #expect(numbers["process_cpu_seconds_total"].map { $0 > 0 } == true && numbers["process_max_fds"].map { $0 >= 64 } == true)
        }
    }

    @Test func `what stands in labels and help is escaped`() {
        var out = Exposition()
        out.add("a", .gauge, "first\nsecond \\", [([("name", "a \"b\"\\\nc")], 0.5)])
        #expect(out.text == "# HELP a first\\nsecond \\\\\n# TYPE a gauge\na{name=\"a \\\"b\\\"\\\\\\nc\"} 0.5\n")
    }

    @Test func `they are served on a listener of their own, and nowhere else`() throws {
        let folder = try ConfigFolder()
        let program = try Program(folder.path, ["EXPLAIN_METRICS_LISTEN": "127.0.0.1:0"])
        let line = try program.awaitLog("metrics on")
        let port = try #require(line.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap { UInt16($0.1) })
        #expect(try program.get("/metrics").status == 404)
        let client = try WireClient(port: port)
        let scrape = try program.get("/metrics", on: client)
        #expect(scrape.status == 200 && scrape["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(try program.get("/explain", on: client).status == 404)
        client.send("POST /metrics HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.answer().status == 405)
        // After reloads, of which one failed.
        try folder.replace("Less in the mountains.", with: "Less on a peak.", in: "facts/heat.yaml")
        program.signal(SIGHUP)
        try program.awaitLog("serving new content")
        let digest = try JSONObject(Array(program.get("/version").body.utf8)).string("snapshot")
        try folder.write("x", to: "topics/tea/units.yaml")
        program.signal(SIGHUP)
        try program.awaitLog("cannot be served")
        let numbers = Scrape(text: try program.get("/metrics", on: client).body)
        #expect(numbers["explain_snapshot_info{digest=\"\(digest)\"}"] == 1)
        #expect(numbers[#"explain_reloads_total{result="success"}"#] == 1 && numbers[#"explain_reloads_total{result="failure"}"#] == 1)
        #expect(numbers["explain_last_reload_successful"] == 0)
    }

    @Test(arguments: ["9090", "127.0.0.1", "127.0.0.1:x", "::1:9", ":9", "127.0.0.1:70000"])
    func `an address without host or port is refused`(address: String) throws {
        let errors = try #require(throws: LoadingErrors.self) { try Settings(flags: ["metrics_listen": address]) }
        #expect(errors.description.contains("use host and port, such as 127.0.0.1:9090"))
    }
}
