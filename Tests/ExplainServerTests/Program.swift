import ExplainerKit
import Foundation
import TestSupport
import Testing

@testable import ExplainServer

/// `explain-server`, which is built beside the tests, running as a person or a supervisor runs it.
final class Program {
    static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(
        "explain-server")
    /// How a sanitizer was told to report; a program whose environment is set by hand would not know.
    static let sanitizerOptions = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
    /// Seconds; the slowest needs about ten under Thread Sanitizer.
    private static let longestLife = 120

    enum Failure: Error {
        case ended(String)
    }

    let process = Process()
    private let errors = Pipe()
    /// Ends a program that hangs: whoever waits for its words or its end blocks, which no time limit of a test interrupts.
    private let watchdog = DispatchSource.makeTimerSource(queue: .global())
    private(set) var log = ""
    private(set) var port: UInt16 = 0

    /// Returns when it listens.
    init(_ folder: String, _ environment: [String: String] = [:], _ arguments: String...) throws {
        process.executableURL = Self.path
        process.arguments = ["--config", folder] + arguments
        process.environment = ["EXPLAIN_PORT": "0", "EXPLAIN_ACCESS_LOG": "false"].merging(environment) { $1 }
            .merging(Self.sanitizerOptions) { $1 }
        process.standardError = errors
        watchdog.setEventHandler { [process] in
            guard process.isRunning else { return }
            Issue.record("still running after \(Self.longestLife) s; \(Self.threads(of: process.processIdentifier))")
            kill(process.processIdentifier, SIGKILL)
        }
        watchdog.schedule(deadline: .now() + .seconds(Self.longestLife))
        watchdog.activate()
        try process.run()
        let line = try awaitLog("listening on")
        guard let port = line.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap({ UInt16($0.1) }) else { throw Failure.ended(log) }
        self.port = port
    }

    deinit {
        watchdog.cancel()
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Where in the kernel each thread of a process waits.
    private static func threads(of process: Int32) -> String {
        let folder = "/proc/\(process)/task"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.map { "thread \($0): \((try? String(contentsOfFile: "\(folder)/\($0)/syscall", encoding: .utf8)) ?? "gone")" }
            .joined(separator: "; ")
    }

    /// Reads the log until a line contains `words`, and returns that line; each line is looked at once.
    @discardableResult
    func awaitLog(_ words: String) throws -> String {
        var looked = ""
        while true {
            while let end = log.firstIndex(of: "\n") {
                let line = String(log[..<end])
                log = String(log[log.index(after: end)...])
                looked += line + "\n"
                if line.contains(words) { return line }
            }
            let more = errors.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failure.ended(looked) }
            log += String(decoding: more, as: UTF8.self)
        }
    }

    /// Everything that it still says before it ends.
    func remainder() -> String {
        log += String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return log
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    func get(_ target: String, on client: WireClient? = nil) throws -> WireClient.Answer {
        let client = try client ?? WireClient(port: port)
        client.send("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
        return try client.answer()
    }
}

/// A folder with files, gone at the end.
final class ConfigFolder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    var path: String { url.path }

    init(_ texts: [String: String] = SmallTopic.files.texts) throws {
        for (path, text) in texts { try write(text, to: path) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, to path: String) throws {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        // As careful writers do: nobody ever sees half a file.
        try Data(text.utf8).write(to: file, options: .atomic)
    }

    /// Replaces words in a file of the small topic.
    func replace(_ old: String, with new: String, in path: String) throws {
        guard let text = SmallTopic.files.texts["topics/tea/\(path)"], text.contains(old) else {
            preconditionFailure("no \"\(old)\" in \(path)")
        }
        try write(text.replacing(old, with: new), to: "topics/tea/\(path)")
    }
}
