import ArgumentParser
import ExplainerKit
import Foundation
import HTTPD

/// Serves a configuration until it is told to stop.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve explainers, facts and pages over HTTP.",
        discussion: """
            Settings: flags, then EXPLAIN_* in the environment, then server.yaml in the configuration folder, then defaults. \
            \(Settings.names.joined(separator: ", ")).
            SIGHUP: load the configuration again; a bad one is told of, and what was loaded before stays.
            SIGTERM or SIGINT: finish the answers on their way, then exit with 0. A second one ends at once, with 128 and its number. \
            1 is for a configuration or an address that cannot be served, 64 for wrong options.
            """
    )

    @OptionGroup var config: ConfigOption

    @Option(help: "Address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "Port to listen on; 0 for any free one, which is printed. (default: 8080)")
    var port: String?

    @Option(help: ArgumentHelp("Where to listen instead: HOST:PORT, [::1]:8080 or unix:/path/to.sock.", valueName: "place"))
    var listen: String?

    @Flag(help: "Load the configuration again whenever it changes.")
    var watch = false

    func run() throws {
        var signals = Signals()
        let source = config.source(flags: flags)
        let reload = ReloadRequest()
        // Looks before the files are read.
        let watcher = FolderWatch(source.folder, changed: reload.make)
        let service = try start(source, reload)
        if service.isWatching { Thread.detachNewThread { watcher.run() } }
        while case .reload = signals.next() { reload.make() }
        endAtOnce(on: signals)
        service.stop()
    }

    /// Serves the configuration, or says what is wrong with it and ends.
    private func start(_ source: ConfigSource, _ reload: ReloadRequest) throws -> Service {
        let loaded: ConfigSource.Loaded
        do throws(LoadingErrors) {
            loaded = try source.load(source.files())
        } catch {
            for problem in error.problems { log(source.line(problem)) }
            log("explain-server: \(source.folder) cannot be served; nothing was started")
            throw ExitCode(1)
        }
        do throws(Service.Failure) {
            return try Service(loaded, from: source, reload: reload)
        } catch {
            log("explain-server: \(error.line)")
            throw ExitCode(1)
        }
    }

    /// Whoever asks again to stop does not want to wait.
    private func endAtOnce(on signals: Signals) {
        Thread.detachNewThread {
            var signals = signals
            while true {
                guard case .stop(let number) = signals.next() else { continue }
                log("explain-server: told twice to stop; ending at once")
                _exit(128 + number)
            }
        }
    }

    private var flags: [String: String] {
        var flags: [String: String] = [:]
        flags["host"] = host
        flags["port"] = port
        flags["listen"] = listen
        if watch { flags["watch"] = "true" }
        return flags
    }
}

extension Settings {
    /// What the HTTP server takes from the settings.
    var serverConfiguration: Server.Configuration {
        var configuration = Server.Configuration()
        configuration.endpoint = endpoint
        configuration.threads = threads
        configuration.connectionLimit = connectionLimit
        configuration.backlog = backlog
        configuration.connectionsPerClient = connectionsPerClient
        if ratePerClient > 0 { configuration.rate = RateLimit(perSecond: ratePerClient, burst: burstPerClient) }
        configuration.isExempt = Site.isForProbes
        configuration.trustedProxies = trustedProxies
        configuration.idleTimeoutSeconds = idleTimeoutSeconds
        configuration.headTimeoutSeconds = headTimeoutSeconds
        configuration.bodyTimeoutSeconds = bodyTimeoutSeconds
        configuration.answerTimeoutSeconds = answerTimeoutSeconds
        configuration.maxHeadBytes = maxHeadBytes
        configuration.maxBodyBytes = maxBodyBytes
        let lintMaxBytes = lintMaxBytes
        configuration.bodyLimit = { path, contentType in
            path == SlackCommand.path
                ? SlackCommand.bodyLimit
                : MCP.bodyLimit(path, text: lintMaxBytes) ?? LintRequest.bodyLimit(path, contentType, text: lintMaxBytes)
        }
        configuration.maxTargetBytes = maxTargetBytes
        configuration.sharesPort = sharePort
        return configuration
    }
}
