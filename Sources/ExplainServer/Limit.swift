import ExplainerKit
import HTTPD

/// One bound on what a client may take, as it is in force.
struct Limit: Sendable {
    /// The setting's name, where it can be set.
    let name: String
    /// nil where there is no bound.
    let value: Int?
    let unit: String
    /// What is bound, and what happens beyond it.
    let meaning: String
    /// The answer beyond it; nil where there is none.
    var status: Int?

    /// "16384 bytes".
    var amount: String { value.map { "\($0) \(unit)" } ?? "no limit" }

    /// The whole as a line for a terminal.
    var line: String {
        guard let value, let status else { return "\(name): \(amount)" }
        return "\(name): \(value) \(unit) (\(status))"
    }

    var json: JSON {
        .object([
            ("name", .string(name)), ("value", value.map { .integer($0) } ?? .null), ("unit", .string(unit)),
            ("status", status.map { .integer($0) } ?? .null), ("meaning", .string(meaning)),
        ])
    }
}

extension Settings {
    /// Every limit as it is in force: what depends on this machine is worked out.
    var limits: [Limit] {
        let capacity = serverConfiguration.capacity
        return [
            Limit(
                name: "connection_limit", value: capacity.connections, unit: "connections",
                meaning: "Open at a time. From four fifths of them on, those that wait get a second; beyond it, new ones queue."),
            Limit(name: "backlog", value: backlog, unit: "connections", meaning: "In the queue. Beyond it, clients are not let in."),
            Limit(
                name: "connections_per_client", value: connectionsPerClient > 0 ? connectionsPerClient : nil, unit: "connections",
                meaning: "From one address, or one IPv6 /64; trusted proxies do not count. Beyond it, refused and closed.", status: 429),
            Limit(
                name: "rate_per_client", value: ratePerClient > 0 ? ratePerClient : nil, unit: "requests a second",
                meaning: "From one address, or one IPv6 /64; probes do not count. Beyond it, refused with Retry-After.", status: 429),
            Limit(
                name: "burst_per_client", value: ratePerClient > 0 ? burstPerClient : nil, unit: "requests",
                meaning: "At once, before rate_per_client holds. Beyond it, refused with Retry-After.", status: 429),
            Limit(name: "threads", value: capacity.threads, unit: "threads", meaning: "That serve. Beyond it, requests take turns."),
            Limit(
                name: "idle_timeout_seconds", value: idleTimeoutSeconds, unit: "seconds",
                meaning: "Between two requests of a connection. Beyond it, the connection is closed."),
            Limit(
                name: "head_timeout_seconds", value: headTimeoutSeconds, unit: "seconds",
                meaning: "For a request's head to arrive. Beyond it, the connection is closed."),
            Limit(
                name: "body_timeout_seconds", value: bodyTimeoutSeconds, unit: "seconds",
                meaning: "For a request's body to arrive. Beyond it, the connection is closed."),
            Limit(
                name: "answer_timeout_seconds", value: answerTimeoutSeconds, unit: "seconds",
                meaning: "For an answer to be made and read. Beyond it, the connection is closed."),
            Limit(
                name: "max_head_bytes", value: maxHeadBytes, unit: "bytes",
                meaning: "Request line and header fields. Beyond it, refused and closed.", status: 431),
            Limit(
                name: "header fields", value: Server.Configuration.maxFields, unit: "fields",
                meaning: "Of a request. Beyond it, refused and closed.", status: 431),
            Limit(
                name: "max_target_bytes", value: maxTargetBytes, unit: "bytes",
                meaning: "Path and query. Beyond it, refused and closed.", status: 414),
            Limit(name: "max_body_bytes", value: maxBodyBytes, unit: "bytes", meaning: "Request body. Beyond it, refused.", status: 413),
            Limit(name: "lint_max_bytes", value: lintMaxBytes, unit: "bytes", meaning: "Text to check. Beyond it, refused.", status: 413),
            Limit(
                name: "\(MCP.path) body", value: MCP.bodyLimit(MCP.path, text: lintMaxBytes), unit: "bytes",
                meaning: "Room for a text of lint_max_bytes, escaped as JSON may be. Beyond it, refused.", status: 413),
            Limit(
                name: "\(SlackCommand.path) body", value: SlackCommand.bodyLimit, unit: "bytes",
                meaning: "A slash command's form. Beyond it, refused.", status: 413),
        ]
    }
}
