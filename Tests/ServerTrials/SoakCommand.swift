import ArgumentParser
import Foundation
import TestSupport

/// A long day in short: requests of every kind, good and bad, while memory and descriptors are watched.
struct SoakCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak", abstract: "Send mixed requests for long; exits with 1 if memory or descriptors grow beyond the bounds."
    )

    @Option(help: "The program to try.")
    var program = ".build/release/explain-server"

    @Option(help: "The configuration folder.")
    var config = "config"

    @Option(help: "Requests to send.")
    var count = 2_000_000

    @Option(help: "KiB that resident memory may grow by after the first tenth of the requests.")
    var memory = 4096

    @Option(help: "Seed of the order.")
    var seed: UInt64 = 1

    func run() throws {
        try RunningService.with(program, config: config) { service in
            let fresh = service.descriptors
            var mix = SoakMix(seed: seed, port: service.port)
            var readings: [(sent: Int, memory: Int)] = []
            FileHandle.standardOutput.write(Data("  requests  resident KiB  descriptors  processor s\n".utf8))
            func read() {
                readings.append((mix.sent, service.residentKiB))
                let columns = [(mix.sent, 10), (service.residentKiB, 14), (service.descriptors, 13), (Int(service.processorSeconds), 13)]
                let row = columns.map { String(repeating: " ", count: max(1, $0.1 - "\($0.0)".count)) + "\($0.0)" }.joined()
                // At once: what is printed into a pipe would stay in its buffer until the end.
                FileHandle.standardOutput.write(Data((row + "\n").utf8))
            }
            read()
            for step in 1...20 {
                while mix.sent < count / 20 * step { try mix.round() }
                read()
            }
            mix.closeAll()
            // What was cut off half way is let go by the deadlines.
            let deadline = ContinuousClock.now + .seconds(40)
            while service.descriptors > fresh, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.2) }
            read()
            print("by kind: \(mix.kinds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
            print("by status: \(mix.statuses.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
            // One reading in ten thousand requests may fall into a moment of many lints: the last ones together count.
            let early = readings[2].memory
            let late = readings.suffix(5).map(\.memory).min() ?? 0
            print("resident memory from \(early) KiB after a tenth to \(late) KiB: at most \(memory) more are allowed")
            print("descriptors from \(fresh) at first to \(service.descriptors) at last: none more is allowed")
            if late - early > memory || service.descriptors > fresh || mix.faults > 0 { throw ExitCode(1) }
        }
    }
}

/// Rounds of requests over a few connections that are kept, and some that are not.
struct SoakMix {
    private(set) var sent = 0
    private(set) var faults = 0
    private(set) var kinds: [String: Int] = [:]
    private(set) var statuses: [Int: Int] = [:]
    private let port: UInt16
    private var generator: SplitMix64
    private var trials: TrialRequests
    private var clients: [WireClient] = []
    private var tags: [String: String] = [:]

    init(seed: UInt64, port: UInt16) {
        self.port = port
        generator = SplitMix64(state: seed)
        trials = TrialRequests(seed: seed)
    }

    mutating func closeAll() { clients = [] }

    /// Some dozen requests of one kind.
    mutating func round() throws {
        if clients.count < 16 { clients.append(try WireClient(port: port, within: .seconds(3600))) }
        let place = Int.random(in: 0..<clients.count, using: &generator)
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: try abort()
        case 1: try trial()
        case 2, 3: try pipeline(place, "lint", (0..<8).map { _ in Self.lint[Int.random(in: 0..<Self.lint.count, using: &generator)] })
        case 4, 5: try pipeline(place, "mcp", (0..<16).map { _ in Self.mcp[Int.random(in: 0..<Self.mcp.count, using: &generator)] })
        case 6, 7: try pipeline(place, "error", (0..<32).map { _ in Self.errors[Int.random(in: 0..<Self.errors.count, using: &generator)] })
        case 8..<12: try conditional(place)
        case 12: clients.remove(at: place)
        default:
            let targets = (0..<32).map { _ in Self.targets[Int.random(in: 0..<Self.targets.count, using: &generator)] }
            try pipeline(
                place, "get",
                targets.map { get($0, ["", "Accept: text/html\r\n", "Accept-Encoding: gzip\r\n"].randomElement(using: &generator)) })
        }
    }

    private mutating func pipeline(_ place: Int, _ kind: String, _ requests: [String]) throws {
        let client = clients[place]
        client.send(requests.joined())
        for _ in requests { count(kind, try client.answer().status) }
    }

    private mutating func conditional(_ place: Int) throws {
        let client = clients[place]
        let target = Self.targets[Int.random(in: 0..<Self.targets.count, using: &generator)]
        client.send(get(target, tags[target].map { "If-None-Match: \($0)\r\n" }))
        let answer = try client.answer()
        tags[target] = answer["ETag"]
        count("conditional", answer.status)
        client.send(String(repeating: get(target, tags[target].map { "If-None-Match: \($0)\r\n" }), count: 31))
        for _ in 0..<31 { count("conditional", try client.answer().status) }
    }

    /// Clients that vanish in the middle of a request, or of its answer.
    private mutating func abort() throws {
        for _ in 0..<8 {
            let client = try WireClient(port: port)
            let request = Self.lint[0] + get("/facts?format=html")
            client.send(Array(request.utf8.prefix(Int.random(in: 0...request.utf8.count, using: &generator))))
            if Bool.random(using: &generator) { client.reset() }
            count("aborted", 0)
        }
    }

    /// Whatever the fuzzer makes.
    private mutating func trial() throws {
        let client = try WireClient(port: port)
        for _ in 0..<16 {
            client.send(trials.framed().bytes)
            let answer = try client.answer()
            count("changed", answer.status)
            if answer["Connection"] == "close" { return }
        }
    }

    private mutating func count(_ kind: String, _ status: Int) {
        sent += 1
        kinds[kind, default: 0] += 1
        statuses[status, default: 0] += 1
        if status >= 500 { faults += 1 }
    }

    private func get(_ target: String, _ fields: String? = nil) -> String { "GET \(target) HTTP/1.1\r\nHost: h\r\n\(fields ?? "")\r\n" }

    private static let targets = [
        "/", "/explain", "/explain?audience=student&length=brief", "/explain.md?trigger=analogy-based-technical-explanation",
        "/explain.html?audience=pm",
        "/explain.json?length=full", "/explain?format=fragment", "/explain?format=slack", "/facts?theme=memory", "/facts.csv",
        "/facts?q=less&facets=theme",
        "/facts.html", "/facts?limit=5&sort=-year", "/facts/feed.atom", "/topics", "/audiences", "/methods/awq", "/sources", "/rules",
        "/rules/magic.html",
        "/myths", "/charts/memory.svg", "/match?q=explain+quantization+simply", "/prompt?audience=student", "/openapi.json", "/llms.txt",
        "/skill/SKILL.md",
        "/embed.js", "/embed?audience=student", "/healthz", "/version", "/v2/languages", "/lint.html",
    ]

    private static let errors = [
        "GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n", "GET /explain?audience=studnet HTTP/1.1\r\nHost: h\r\n\r\n",
        "DELETE /facts HTTP/1.1\r\nHost: h\r\n\r\n", "GET /explain HTTP/1.1\r\nHost: h\r\nAccept: image/png\r\n\r\n",
        "GET /facts/none HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\n\r\n",
        "OPTIONS /explain HTTP/1.1\r\nHost: h\r\nOrigin: http://x\r\n\r\n",
        post("/lint", "application/xml", "<a/>"), post("/lint", "application/json", "{"), post("/mcp", "application/json", "[]"),
    ]

    private static let lint = [
        post("/lint", "text/plain", String(repeating: "It takes 88% less memory, like magic, and half of the time.\n\n", count: 30)),
        post("/lint?format=sarif", "text/markdown", "# Title\n\nMeet Alice. She uses `int4` and **always** validates her tensors.\n"),
        post("/lint", "application/json", #"{"text": "<p>75% less memory</p>", "format": "html", "scope": "explainer"}"#),
        post("/v2/check", "application/x-www-form-urlencoded", "language=en-US&text=It+is+magic+and+takes+88%25+less"),
    ]

    private static let mcp = [
        #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"explain","arguments":{"audience":"student"}}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"find_facts","arguments":{"q":"less memory"}}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"lint","arguments":{"text":"88% less, like magic"}}}"#,
    ].map { post("/mcp", "application/json", $0) }

    private static func post(_ target: String, _ type: String, _ body: String) -> String {
        "POST \(target) HTTP/1.1\r\nHost: h\r\nAccept: application/json, text/event-stream\r\nContent-Type: \(type)\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}
