import ExplainerKit
import HTTPD
import Logging

/// Everything that can be set from outside, decided once, at launch: flags, then `EXPLAIN_*`, then `server.yaml`, then defaults.
///
/// Read by hand because an unknown or misspelt setting has to be an error that names the valid ones, wherever it stands.
struct Settings: Equatable, Sendable {
    var host = "127.0.0.1"
    var port: UInt16 = 8080
    /// Where to listen instead of at `host` and `port`.
    var listen: Endpoint?
    /// Who may connect to a Unix socket.
    var socketMode: UInt32 = 0o660
    /// Serving threads; 0 is one for each core.
    var threads = 0
    /// Connections that wait to be accepted.
    var backlog = 1024
    var connectionLimit = 4000
    /// 0 for any number.
    var connectionsPerClient = 0
    /// Requests a second; 0 for any number.
    var ratePerClient = 0
    /// Requests at once, where `ratePerClient` is not 0.
    var burstPerClient = 100
    /// Whom to believe when it says for whom it asks.
    var trustedProxies = TrustedProxies()
    /// How long a connection may stay open without a request.
    var idleTimeoutSeconds = 15
    /// How long a request's head may take to arrive.
    var headTimeoutSeconds = 10
    /// How long a request's body may take to arrive.
    var bodyTimeoutSeconds = 15
    /// How long making and reading an answer may take together.
    var answerTimeoutSeconds = 30
    var maxHeadBytes = 16 << 10
    var maxTargetBytes = 8192
    var maxBodyBytes = 1 << 20
    /// The longest text that the style gate checks.
    var lintMaxBytes = 1 << 20
    /// Lets a successor listen on the same port before this process has ended; a second start by mistake then goes unnoticed.
    var sharePort = false
    /// How long a stop waits for answers on their way.
    var drainSeconds = 10
    /// How long a stop goes on accepting connections while `/readyz` already says that it is coming.
    var drainDelaySeconds = 0
    /// Whether a change of the configuration is taken over by itself.
    var watch = false
    /// Where `/metrics` is served: host and port of a listener of its own; nil for nowhere.
    var metricsListen: Endpoint?
    /// The least that is logged.
    var logLevel = Logger.Level.info
    var logFormat = LogFormat.auto
    /// Whether every request gets a line in the log.
    var accessLog = true
    /// "*", or the origins whose pages may read answers.
    var corsOrigins = ["*"]
    /// Scheme and host under which the service is known, such as "https://explain.example.org"; "" links relatively.
    var publicURL = ""
    /// nil for the first by name.
    var defaultTopic: String?
    /// With which Slack signs what it sends; "" where no Slack app may ask.
    var slackSigningSecret = ""
    /// Where it is noted which configurations have passed; nil for the usual place for such files, "" for nowhere.
    var cacheFolder: String?

    /// What was set, by name, as it was written.
    private var given: [String: String] = [:]

    /// Settings that are whole numbers, each with what it may be.
    private static let numbers: [(name: String, setting: any WritableKeyPath<Settings, Int> & Sendable, range: ClosedRange<Int>)] = [
        ("threads", \.threads, 0...256), ("backlog", \.backlog, 1...65535), ("connection_limit", \.connectionLimit, 8...1_000_000),
        ("connections_per_client", \.connectionsPerClient, 0...1_000_000), ("rate_per_client", \.ratePerClient, 0...1_000_000),
        ("burst_per_client", \.burstPerClient, 1...1_000_000), ("idle_timeout_seconds", \.idleTimeoutSeconds, 1...3600),
        ("head_timeout_seconds", \.headTimeoutSeconds, 1...3600),
        ("body_timeout_seconds", \.bodyTimeoutSeconds, 1...3600), ("answer_timeout_seconds", \.answerTimeoutSeconds, 1...3600),
        ("max_head_bytes", \.maxHeadBytes, 1024...16384), ("max_target_bytes", \.maxTargetBytes, 256...16000),
        ("max_body_bytes", \.maxBodyBytes, 0...(64 << 20)), ("lint_max_bytes", \.lintMaxBytes, 1...(64 << 20)),
        ("drain_seconds", \.drainSeconds, 0...3600), ("drain_delay_seconds", \.drainDelaySeconds, 0...3600),
    ]

    /// What can be set, by its name in `server.yaml`; the environment has it in capitals behind `EXPLAIN_`.
    static let names =
        ["listen", "socket_mode", "host", "port"] + numbers.map(\.name) + [
            "trusted_proxies", "forwarded_header", "share_port", "watch", "metrics_listen", "log_level", "log_format", "access_log",
            "cors_origins", "public_url", "default_topic",
            "slack_signing_secret", "cache_folder",
        ]

    /// - Parameters:
    ///   - flags: from the command line, by name.
    ///   - environment: of the process; what does not begin with `EXPLAIN_` is left alone, and so is `EXPLAIN_CONFIG`.
    ///   - files: the configuration folder; `server.yaml` may be missing.
    /// - Throws: `LoadingErrors` with everything that is wrong.
    init(flags: [String: String] = [:], environment: [String: String] = [:], files: ConfigFiles = ConfigFiles([:])) throws(LoadingErrors) {
        var problems: [Problem] = []
        let (fromFile, fileProblems) = Self.read(files)
        problems += fileProblems
        apply(fromFile.map { (name: $0.name, value: $0.value, origin: ("server.yaml", $0.line)) }, &problems)
        let fromEnvironment = environment.sorted { $0.key < $1.key }.filter { variable, _ in
            // EXPLAIN_SERVER_… is what Kubernetes sets beside a Service named explain-server.
            variable.hasPrefix("EXPLAIN_") && variable != "EXPLAIN_CONFIG" && !variable.hasPrefix("EXPLAIN_SERVER_")
        }
        apply(
            fromEnvironment.map { (name: $0.key.dropFirst("EXPLAIN_".count).lowercased(), value: $0.value, origin: ($0.key, nil)) },
            &problems)
        apply(flags.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value, origin: ("--\($0.key)", nil)) }, &problems)
        if maxTargetBytes >= maxHeadBytes {
            let reason = "max_target_bytes (\(maxTargetBytes)) must be less than max_head_bytes (\(maxHeadBytes)), of which it is a part"
            problems.append(Problem(file: "max_target_bytes", reason))
        }
        if !problems.isEmpty { throw LoadingErrors(problems: problems) }
    }

    /// Where to listen.
    var endpoint: Endpoint { listen.map(protected) ?? .network(host: host, port: port) }

    /// Where to serve measurements, if anywhere.
    var metricsEndpoint: Endpoint? { metricsListen.map(protected) }

    private func protected(_ endpoint: Endpoint) -> Endpoint {
        if case .unix(let path, _) = endpoint { .unix(path: path, mode: socketMode) } else { endpoint }
    }

    /// Everything from one place; what comes from a farther one gives way.
    private mutating func apply(
        _ settings: [(name: String, value: String, origin: (file: String, line: Int?))], _ problems: inout [Problem]
    ) {
        let names = settings.map(\.name)
        if names.contains("host") || names.contains("port") {
            if let both = settings.first(where: { $0.name == "listen" }) {
                problems.append(
                    Problem(file: both.origin.file, line: both.origin.line, "listen stands for host and port; set it, or those"))
            }
            // A port that is nearer than the address that a farther place gives.
            listen = nil
        }
        for setting in settings { apply(setting.name, setting.value, origin: setting.origin, &problems) }
    }

    private static func read(_ files: ConfigFiles) -> (settings: [(name: String, value: String, line: Int)], problems: [Problem]) {
        guard let text = files.texts["server.yaml"] else { return ([], []) }
        return YAMLSettings.read(path: "server.yaml", text: text, names: names)
    }

    private mutating func apply(_ name: String, _ value: String, origin: (file: String, line: Int?), _ problems: inout [Problem]) {
        func refuse(_ message: String) { problems.append(Problem(file: origin.file, line: origin.line, message)) }
        func number(_ range: ClosedRange<Int>) -> Int? {
            if let number = Int(value), range.contains(number) { return number }
            refuse("\"\(value)\" is no valid \(name); use a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        func flag() -> Bool? {
            let flag = ["true": true, "false": false][value]
            if flag == nil { refuse("\"\(value)\" is no valid \(name); use true or false") }
            return flag
        }
        func choice<Value>(_ choices: [(name: String, value: Value)]) -> Value? {
            if let choice = choices.first(where: { $0.name == value }) { return choice.value }
            let names = choices.map(\.name)
            let hint = nearest(to: value, among: names).map { " Did you mean \($0)?" } ?? ""
            refuse("\"\(value)\" is no valid \(name); use one of \(names.joined(separator: ", ")).\(hint)")
            return nil
        }
        given[name] = value
        if let (_, setting, range) = Self.numbers.first(where: { $0.name == name }) {
            self[keyPath: setting] = number(range) ?? self[keyPath: setting]
            return
        }
        switch name {
        case "listen":
            guard let endpoint = Endpoint(value) else {
                let most = Endpoint.maxPathBytes
                return refuse(
                    "\"\(value)\" is no valid listen; use HOST:PORT, [::1]:8080, or unix:/path/to.sock with at most \(most) bytes of path")
            }
            listen = endpoint
        case "socket_mode":
            guard let mode = UInt32(value, radix: 8), mode <= 0o777 else {
                return refuse("\"\(value)\" is no valid socket_mode; use the digits that chmod takes, such as 660")
            }
            socketMode = mode
        case "host": host = value
        case "port": port = number(0...65535).map { UInt16($0) } ?? port
        case "trusted_proxies":
            let texts = value.split { $0 == "," || $0 == " " }.map(String.init)
            trustedProxies.subnets = texts.compactMap { text in
                guard let subnet = Subnet(text) else {
                    refuse("\"\(text)\" is no valid trusted_proxies; use addresses and networks such as 10.0.0.0/8, fd00::/8, 192.0.2.1")
                    return nil
                }
                return subnet
            }
        case "forwarded_header":
            guard let header = TrustedProxies.Header(rawValue: value.lowercased()) else {
                let valid = TrustedProxies.Header.allCases.map(\.rawValue).joined(separator: " or ")
                return refuse("\"\(value)\" is no valid forwarded_header; use \(valid)")
            }
            trustedProxies.header = header
        case "share_port": sharePort = flag() ?? sharePort
        case "watch": watch = flag() ?? watch
        case "metrics_listen":
            guard let endpoint = Endpoint(value) else {
                return refuse("\"\(value)\" is no valid metrics_listen; use host and port, such as 127.0.0.1:9090, or unix:/path/to.sock")
            }
            metricsListen = endpoint
        case "log_level": logLevel = choice(Logger.Level.allCases.map { ($0.rawValue, $0) }) ?? logLevel
        case "log_format": logFormat = choice(LogFormat.allCases.map { ($0.rawValue, $0) }) ?? logFormat
        case "access_log": accessLog = flag() ?? accessLog
        case "cors_origins": corsOrigins = value.split { $0 == "," || $0 == " " }.map(String.init)
        case "public_url":
            guard value.hasPrefix("https://") || value.hasPrefix("http://") else {
                return refuse("\"\(value)\" is no valid public_url; begin with https:// or http://")
            }
            publicURL = value.hasSuffix("/") ? String(value.dropLast()) : value
        case "default_topic": defaultTopic = value
        case "cache_folder": cacheFolder = value
        case "slack_signing_secret":
            // The value is not repeated: a log is no place for it.
            guard value.utf8.count >= 16, value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                return refuse("this is no valid slack_signing_secret; copy the Signing Secret of the app's page \"Basic Information\"")
            }
            slackSigningSecret = value
        default:
            let hint = nearest(to: name, among: Self.names).map { "; did you mean \($0)?" } ?? ""
            refuse("unknown setting \"\(name)\"\(hint); valid: \(Self.names.joined(separator: ", "))")
        }
    }
}

extension Settings {
    /// What a reload takes over; everything else is decided at the start.
    private static let reloadable = ["cors_origins", "public_url", "default_topic", "slack_signing_secret"]

    /// These settings with what a reload takes over from `others`.
    func reloaded(with others: Settings) -> Settings {
        var settings = self
        settings.corsOrigins = others.corsOrigins
        settings.publicURL = others.publicURL
        settings.defaultTopic = others.defaultTopic
        settings.slackSigningSecret = others.slackSigningSecret
        return settings
    }

    /// The names of settings that differ in `others` and that only a restart can take over.
    func restartOnly(against others: Settings) -> [String] {
        Self.names.filter { !Self.reloadable.contains($0) && given[$0] != others.given[$0] }
    }
}
