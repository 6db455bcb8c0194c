import ArgumentParser
import Foundation
import TestSupport

/// Changed requests over loopback: a service that ends, stops answering, or answers with a fault of its own is reported.
struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz", abstract: "Send changed requests; exits with 1 at a crash, a missing answer, or a 5xx of the service's making."
    )

    @Option(help: "The program to try.")
    var program = ".build/release/explain-server"

    @Option(help: "The configuration folder.")
    var config = "config"

    @Option(help: "Requests in good order: changed queries, Accept headers, JSON for /lint and /v2/check, and MCP envelopes.")
    var count = 800_000

    @Option(help: "Requests of which any byte may be changed.")
    var raw = 300_000

    @Option(help: "Seed of the generator; the same seed makes the same requests.")
    var seed: UInt64 = 1

    func run() throws {
        try RunningService.with(program, config: config) { service in
            var tally = FuzzTally()
            var lot = seed << 32
            while tally.framed < count, tally.failures.count < 10 {
                try FramedLot(seed: lot, port: service.port).run(&tally)
                lot += 1
            }
            while tally.raw < raw, tally.failures.count < 10 {
                try RawLot(seed: lot, port: service.port).run(&tally)
                lot += 1
            }
            let beside = try WireClient(port: service.port)
            beside.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
            if try beside.answer().status != 200 { tally.failures.append("/healthz is not well at the end") }
            print(tally.text)
            if !service.isRunning || !tally.failures.isEmpty { throw ExitCode(1) }
        }
    }
}

/// What came of the requests so far.
struct FuzzTally {
    var framed = 0
    var raw = 0
    var kinds: [String: Int] = [:]
    var statuses: [Int: Int] = [:]
    /// Answers that libmicrohttpd gave by itself when its memory ran out; they have no request id.
    var faultsOfTheLibrary = 0
    var failures: [String] = []

    var text: String {
        let kinds = kinds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let statuses = statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        return """
            \(framed) requests in good order (\(kinds)); \(raw) with any byte changed
            first answers: \(statuses) (0 is a close without a word, or no answer yet); 500 by the library itself: \(faultsOfTheLibrary)
            failures: \(failures.count)
            \(failures.joined(separator: "\n"))
            """
    }
}

/// Some requests in good order on one connection, one after the other; every one has to be answered, unless a refusal closes the connection.
struct FramedLot {
    let seed: UInt64
    let port: UInt16
    static let size = 16

    func run(_ tally: inout FuzzTally) throws {
        var generator = TrialRequests(seed: seed)
        let requests = (0..<Self.size).map { _ in generator.framed() }
        let client = try WireClient(port: port)
        for request in requests {
            client.send(request.bytes)
            tally.framed += 1
            tally.kinds[request.kind.rawValue, default: 0] += 1
            do {
                let answer = try client.answer()
                tally.statuses[answer.status, default: 0] += 1
                if answer.status >= 500 { fail(request.bytes, "\(answer.status)", &tally) }
                if answer["Connection"] == "close" { return }
            } catch {
                return fail(request.bytes, "\(error)", &tally)
            }
        }
    }

    private func fail(_ bytes: [UInt8], _ what: String, _ tally: inout FuzzTally) {
        tally.failures.append("lot \(seed): \(what) for \(String(decoding: bytes.prefix(2000), as: UTF8.self).debugDescription)")
    }
}

/// Many connections with a changed request each; what is answered within the time must not be a fault of the service.
struct RawLot {
    let seed: UInt64
    let port: UInt16
    static let size = 1000

    func run(_ tally: inout FuzzTally) throws {
        var generator = TrialRequests(seed: seed)
        let start = ContinuousClock.now
        let open = try (0..<Self.size).map { _ in
            let request = generator.raw()
            let client = try WireClient(port: port, within: .milliseconds(400) - (ContinuousClock.now - start))
            client.send(request)
            return (client, request)
        }
        for (client, request) in open {
            let answer = client.whatCame()
            tally.raw += 1
            tally.statuses[Int(answer.dropFirst(9).prefix(3)) ?? 0, default: 0] += 1
            for part in answer.split(separator: "HTTP/1.1 5").dropFirst(answer.hasPrefix("HTTP/1.1 5") ? 0 : 1) {
                if part.hasPrefix("01 ") || part.hasPrefix("05 ") { continue }
                if part.hasPrefix("00 "), part.firstRange(of: "X-Request-Id") == nil {
                    tally.faultsOfTheLibrary += 1
                } else {
                    tally.failures.append(
                        "lot \(seed): 5\(part.prefix(2)) for \(String(decoding: request.prefix(2000), as: UTF8.self).debugDescription)")
                }
            }
            // A reset, so that no port is left waiting.
            client.reset()
        }
    }
}
