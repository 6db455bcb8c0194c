import ArgumentParser
import ExplainerKit
import Foundation
import HTTPD
import Logging

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

    @Flag(help: "Load the configuration again whenever it changes.")
    var watch = false

    func run() throws {
        var signals = Signals()
        let source = config.source(flags: flags)
        let state = ServiceState(started: Int(Date().timeIntervalSince1970))
        let reload = ReloadRequest()
        // Looks before the files are read.
        let watcher = FolderWatch(source.folder, changed: reload.make)
        let loaded = try load(source)
        let settings = loaded.settings
        let writer = LogWriter()
        let logger = Logger(label: "explain-server") { _ in
            LineLogHandler(settings.logFormat, level: settings.logLevel) { writer.write($0) }
        }
        for warning in loaded.site.snapshot.warnings { logger.warning("\(source.line(warning))") }
        let app = App(site: loaded.site, settings: settings, state: state)
        let server: Server
        do {
            var configuration = settings.serverConfiguration
            configuration.keepsJournal = settings.accessLog
            configuration.log = { logger.error("\($0)", metadata: ["source": "libmicrohttpd"]) }
            server = try Server(configuration, refuse: app.refuse, handler: app.respond)
        } catch {
            log("explain-server: \(error)")
            throw ExitCode(1)
        }
        let instruments = server.instruments
        Thread.detachNewThread {
            var accessLog = AccessLog(instruments, settings: settings, writer: writer)
            writer.run(pause: settings.accessLog ? .milliseconds(50) : .seconds(1)) { accessLog.collect() }
        }
        let host = ListenAddress.urlHost(settings.host)
        let port = server.port
        logger.info("listening on http://\(host):\(port) (\(loaded.site.snapshot.topics.map(\.id).joined(separator: ", ")))")
        // The first answers need not wait for all the others to be rendered.
        Thread.detachNewThread { loaded.site.prepare() }
        let metrics = Metrics(site: loaded.site, state: state, instruments: instruments)
        let metricsListener: MetricsListener?
        do {
            metricsListener = try settings.metricsListen.map { address throws(ServerError) in
                try MetricsListener(metrics, at: address, logger: logger)
            }
        } catch {
            log("explain-server: metrics_listen: \(error)")
            throw ExitCode(1)
        }
        if let address = settings.metricsListen, let port = metricsListener?.port {
            logger.info("metrics on http://\(address.urlHost):\(port)/metrics")
        }
        let handlers = server.handlers
        let metricsHandlers = metricsListener?.handlers
        let reloader = Reloader(source, settings: settings, state: state, logger: logger) { site, settings in
            let app = App(site: site, settings: settings, state: state)
            handlers.replace(refuse: app.refuse, handler: app.respond)
            let metrics = Metrics(site: site, state: state, instruments: instruments)
            metricsHandlers?.replace(refuse: metrics.refuse, handler: metrics.respond)
        }
        let digest = loaded.site.snapshot.digest
        Thread.detachNewThread { reloader.run(reload, serving: digest) }
        if settings.watch { Thread.detachNewThread { watcher.run() } }
        while case .reload = signals.next() { reload.make() }

        state.beginDraining()
        server.beginDraining()
        endAtOnce(on: signals)
        let inFlight = instruments.requestsInFlight
        logger.info("stopping; \(inFlight) requests in flight")
        sleep(UInt32(settings.drainDelaySeconds))
        let cut = server.stop(draining: .seconds(settings.drainSeconds))
        if cut > 0 { logger.warning("\(cut) requests were cut; they had not ended after drain_seconds", metadata: ["cut": "\(cut)"]) }
        withExtendedLifetime(metricsListener) {}
        logger.info("stopped")
        writer.finish()
    }

    /// Loads the configuration, or says what is wrong with it and ends.
    private func load(_ source: ConfigSource) throws -> ConfigSource.Loaded {
        do throws(LoadingErrors) {
            return try source.load(source.files())
        } catch {
            for problem in error.problems { log(source.line(problem)) }
            log("explain-server: \(source.folder) cannot be served; nothing was started")
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
        if watch { flags["watch"] = "true" }
        return flags
    }
}

extension Settings {
    /// What the HTTP server takes from the settings.
    var serverConfiguration: Server.Configuration {
        var configuration = Server.Configuration()
        configuration.host = host
        configuration.port = port
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
