import ExplainerKit
import Foundation
import TestSupport

@testable import ExplainServer

/// `explain-server`, which is built beside the tests, running as a person or a supervisor runs it.
final class Program {
    private static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(
        "explain-server")

    enum Failure: Error {
        case ended(String)
        case timedOut(waitingFor: String, log: String)
    }

    let process = Process()
    private let errors = Pipe()
    private(set) var log = ""
    private(set) var port: UInt16 = 0

    /// Returns when it listens.
    init(_ folder: String, _ environment: [String: String] = [:], _ arguments: String...) throws {
        process.executableURL = Self.path
        process.arguments = ["--config", folder] + arguments
        process.environment = ["EXPLAIN_PORT": "0", "EXPLAIN_ACCESS_LOG": "false"].merging(environment) { $1 }
        process.standardError = errors
        try process.run()
        let line = try awaitLog("listening on")
        guard let port = line.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap({ UInt16($0.1) }) else { throw Failure.ended(log) }
        self.port = port
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

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
            // A program that says nothing and goes on is ended by the time limit of its test.
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
