import ExplainerKit
import Foundation
import HTTPD
import Logging
import TestSupport
import Testing

@testable import ExplainServer

/// What the log says, and what it must not.
@Suite(.timeLimit(.minutes(2))) struct LogTests {
    @Test func `every request is one object a line with what was asked and what came of it`() throws {
        let folder = try ConfigFolder()
        let program = try Program(folder.path, ["EXPLAIN_ACCESS_LOG": "true"])
        let client = try WireClient(port: program.port)
        client.send(
            "GET /facts/boiling.json?q=secret HTTP/1.1\r\nHost: h\r\nX-Request-Id: mine.1\r\n"
                + "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n\r\n")
        #expect(try client.answer().status == 400)
        let line = try program.awaitLog("mine.1")
        let object = try JSONObject(Array(line.utf8))
        #expect(try object.string("message") == "request" && object.string("level") == "info")
        #expect(try object.string("time").firstMatch(of: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) != nil)
        #expect(try object.string("method") == "GET" && object.string("route") == "/facts/{id}")
        #expect(try object.string("path") == "/facts/boiling.json" && object.integer("status") == 400)
        #expect(try object.integer("bytes") > 100 && object.string("client") == "127.0.0.1")
        #expect(try object.string("trace_id") == "4bf92f3577b34da6a3ce929d0e0e4736" && object.string("request_id") == "mine.1")
        #expect(line.contains("\"seconds\":0.") && !line.contains("secret"))
        client.send(
            "POST /lint HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\ntraceparent: 00-XYZ\r\nContent-Length: 12\r\n\r\nconfidential")
        let id = try #require(client.answer()["X-Request-Id"])
        let lint = try program.awaitLog(id)
        #expect(lint.contains("\"route\":\"/lint\"") && !lint.contains("confidential") && !lint.contains("trace_id"))
        program.signal(SIGTERM)
        #expect(program.remainder().split(separator: "\n").allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
    }

    @Test func `what a client sends cannot forge a line, whatever the format`() throws {
        let folder = try ConfigFolder()
        for format in ["json", "text"] {
            let program = try Program(folder.path, ["EXPLAIN_ACCESS_LOG": "true", "EXPLAIN_LOG_FORMAT": format])
            let client = try WireClient(port: program.port)
            client.send("GET /a%0A%1B[31m\"\u{85}\u{202E}x" + String(repeating: "y", count: 500) + " HTTP/1.1\r\nHost: h\r\n\r\n")
            let id = try #require(client.answer()["X-Request-Id"])
            let line = try program.awaitLog(id)
            #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } || line.contains("µ"), "\(line)")
            #expect(line.contains(format == "json" ? #"/a%0A%1B[31m\"%C2%85%E2%80%AEx"# : #"/a%0A%1B[31m"%C2%85%E2%80%AEx"#), "\(line)")
            #expect(line.count < 500)
        }
    }

    @Test func `text is one readable line, and levels are told apart`() throws {
        let lines = Guarded<[String]>([])
        var logger = Logger(label: "test") { _ in LineLogHandler(.text, level: .info) { line in lines.withLock { $0.append(line) } } }
        logger[metadataKey: "b"] = "two"
        logger.info("as usual", metadata: ["a": .stringConvertible(1)])
        logger.warning("careful\nforged: \u{1B}[31m")
        logger.debug("not wanted")
        #expect(lines.withLock { $0 } == ["as usual a=1 b=two", "warning: careful\u{FFFD}forged: \u{FFFD}[31m b=two"])
    }

    @Test(arguments: [("error", false), ("info", true)])
    func `the level decides what is said`(level: String, isSaid: Bool) throws {
        let lines = Guarded<[String]>([])
        let settings = try Settings(environment: ["EXPLAIN_LOG_LEVEL": level])
        let logger = Logger(label: "test") { _ in
            LineLogHandler(.json, level: settings.logLevel) { line in lines.withLock { $0.append(line) } }
        }
        logger.info("said")
        #expect(lines.withLock { $0.count } == (isSaid ? 1 : 0))
    }

    @Test func `an unknown level is refused with the nearest one`() throws {
        let errors = try #require(throws: LoadingErrors.self) { try Settings(environment: ["EXPLAIN_LOG_LEVEL": "warn"]) }
        #expect(errors.description.contains("use one of trace, debug, info, notice, warning, error, critical"))
        #expect(throws: LoadingErrors.self) { try Settings(environment: ["EXPLAIN_LOG_FORMAT": "xml"]) }
    }

    @Test func `a reader that does not read holds nobody up, and is told how much it missed`() throws {
        // A pipe that nobody empties is full after 64 KiB.
        let pipe = Pipe()
        let writer = LogWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        let settings = try Settings(environment: ["EXPLAIN_LOG_FORMAT": "json"])
        let site = try Site(snapshot: Snapshot(SmallTopic.files), settings: settings)
        let app = App(site: site, settings: settings)
        var configuration = settings.serverConfiguration
        configuration.port = 0
        configuration.threads = 1
        configuration.keepsJournal = true
        let server = try Server(configuration, refuse: app.refuse, handler: app.respond)
        let instruments = server.instruments
        Foundation.Thread.detachNewThread {
            var accessLog = AccessLog(instruments, settings: settings, writer: writer)
            writer.run(pause: .milliseconds(5)) { accessLog.collect() }
        }
        let client = try WireClient(port: server.port, within: .seconds(100))
        let burst = String(repeating: "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n", count: 100)
        var answers = 0
        while instruments.requestsUnlogged < 100, answers < 100_000 {
            client.send(burst)
            for _ in 0..<100 { #expect(try client.answer().status == 200) }
            answers += 100
        }
        #expect(instruments.requestsUnlogged >= 100)
        server.stop(draining: .seconds(5))
        // Now somebody reads.
        let text = Guarded("")
        let reader = pipe.fileHandleForReading
        let isRead = DispatchSemaphore(value: 0)
        Foundation.Thread.detachNewThread {
            let data = reader.readDataToEndOfFile()
            text.withLock { $0 = String(decoding: data, as: UTF8.self) }
            isRead.signal()
        }
        writer.finish(within: .seconds(60))
        try pipe.fileHandleForWriting.close()
        isRead.wait()
        let lines = text.withLock { $0 }.split(separator: "\n")
        let lost = try lines.compactMap { line -> Int? in
            line.contains("\"lost\":") ? try JSONObject(Array(line.utf8)).integer("lost") : nil
        }.reduce(0, +)
        #expect(lost == instruments.requestsUnlogged)
        #expect(lines.count { $0.contains("/healthz") } + lost == answers)
    }
}
