import ExplainerKit
import Foundation
import Logging

/// Makes one line of each event: an object for machines, or words for people.
struct LineLogHandler: LogHandler {
    let format: LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    /// Takes the line, without a line feed.
    let write: @Sendable (String) -> Void

    init(_ format: LogFormat, level: Logger.Level, write: @escaping @Sendable (String) -> Void) {
        self.format = format.resolved
        logLevel = level
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        write(format == .json ? json(event, all) : text(event, all))
    }

    /// The order in which a reader looks for them; others follow by name.
    private static let order = ["method", "route", "path", "status", "bytes", "seconds", "client", "request_id", "trace_id"]

    private func sorted(_ metadata: Logger.Metadata) -> [(name: String, value: JSON)] {
        func place(_ name: String) -> Int { Self.order.firstIndex(of: name) ?? Self.order.count }
        return metadata.map { ($0.key, JSON($0.value)) }.sorted { (place($0.name), $0.name) < (place($1.name), $1.name) }
    }

    private func json(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        let now = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let head = [
            ("time", JSON.string(now)), ("level", .string(event.level.rawValue)), ("message", .string(event.message.description)),
        ]
        return JSON.object(head + sorted(metadata)).text.withoutControls
    }

    /// What is as it should be says no level. The time is said where the message does.
    private func text(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        let level = event.level == .info ? "" : "\(event.level.rawValue): "
        let fields = sorted(metadata).map { name, value in
            if case .string(let text) = value { "\(name)=\(text)" } else { "\(name)=\(value.text)" }
        }
        return (level + ([event.message.description] + fields).joined(separator: " ")).withoutControls
    }
}

extension JSON {
    /// Numbers stay numbers.
    fileprivate init(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): self = .string(text)
        case .stringConvertible(let number as Int): self = .integer(number)
        case .stringConvertible(let number as Double): self = .number(number)
        case .stringConvertible(let flag as Bool): self = .bool(flag)
        case .stringConvertible(let other): self = .string(other.description)
        case .array(let values): self = .array(values.map { JSON($0) })
        case .dictionary(let members): self = .object(members.sorted { $0.key < $1.key }.map { ($0.key, JSON($0.value)) })
        }
    }
}

extension String {
    /// What would steer a terminal, or begin a line that nobody wrote, is replaced.
    fileprivate var withoutControls: String {
        guard unicodeScalars.contains(where: \.isSteering) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0.isSteering ? "\u{FFFD}" : $0 }))
    }
}

extension Unicode.Scalar {
    /// Controls of both sets, ends of lines, and marks that turn the direction of writing.
    fileprivate var isSteering: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
