import Foundation

/// The program under trial, as long as `body` runs.
struct RunningService {
    let port: UInt16
    private let process: Process

    /// Why there is nothing to try.
    enum Failure: Error, CustomStringConvertible {
        case didNotStart(String)

        var description: String {
            switch self {
            case .didNotStart(let log): "the service did not start: \(log)"
            }
        }
    }

    static func with<Result>(_ program: String, config: String, _ body: (RunningService) throws -> Result) throws -> Result {
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["serve", "--port", "0", "--config", config]
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("EXPLAIN_") }
        process.standardError = errors
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        var log = ""
        while true {
            let piece = errors.fileHandleForReading.availableData
            log += String(decoding: piece, as: UTF8.self)
            if let found = log.firstMatch(of: /listening on http:\/\/[^ ]*:([0-9]+)/), log.hasSuffix("\n"), let port = UInt16(found.1) {
                // Read on, so that a service that logs never waits for us.
                errors.fileHandleForReading.readabilityHandler = { if $0.availableData.isEmpty { $0.readabilityHandler = nil } }
                return try body(RunningService(port: port, process: process))
            }
            if piece.isEmpty { throw Failure.didNotStart(log) }
        }
    }

    var isRunning: Bool { process.isRunning }

    /// Resident memory in KiB.
    var residentKiB: Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        return status.firstMatch(of: /VmRSS:\s+([0-9]+) kB/).flatMap { Int($0.1) } ?? 0
    }

    /// Open files and sockets.
    var descriptors: Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/fd").count) ?? 0 }

    /// Processor seconds of all its threads, at the usual hundred ticks a second.
    var processorSeconds: Double {
        let line = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)) ?? ""
        let fields = line.split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 12 ? ((Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)) / 100 : 0
    }
}
