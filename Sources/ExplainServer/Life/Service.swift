import ExplainerKit
import Foundation
import HTTPD
import Logging

/// Everything that runs while content is served: listeners, the log, and the way to new content.
///
/// It keeps no content itself: what was loaded first is to be freed when something newer is served.
struct Service: ~Copyable {
    private let server: Server
    private let metricsListener: MetricsListener?
    private let settings: Settings
    private let state: ServiceState
    private let environment: [String: String]
    private let logger: Logger
    private let writer: LogWriter

    /// Why a service could not start, as a line.
    struct Failure: Error {
        let line: String
    }

    /// Serves when this returns.
    ///
    /// - Parameter reload: may be asked for new content from now on.
    init(_ loaded: ConfigSource.Loaded, from source: ConfigSource, reload: ReloadRequest) throws(Failure) {
        let settings = loaded.settings
        let state = ServiceState(started: Int(Date().timeIntervalSince1970))
        let writer = LogWriter()
        let logger = Logger(label: "explain-server") { _ in
            LineLogHandler(settings.logFormat, level: settings.logLevel) { writer.write($0) }
        }
        let app = App(site: loaded.site, settings: settings, state: state)
        let environment = ProcessInfo.processInfo.environment
        let places: ListeningPlaces
        do throws(ServerError) {
            places = try ListeningPlaces(settings, environment: environment)
        } catch {
            throw Failure(line: "\(error)")
        }
        let server = try Self.listen(app, at: places.main, settings, logger)
        let instruments = server.instruments
        let metricsListener: MetricsListener?
        do throws(ServerError) {
            let metrics = Metrics(site: loaded.site, state: state, instruments: instruments)
            metricsListener = try places.metrics.map { endpoint throws(ServerError) in
                try MetricsListener(metrics, at: endpoint, logger: logger)
            }
        } catch {
            throw Failure(line: "metrics_listen: \(error)")
        }
        Thread.detachNewThread {
            var accessLog = AccessLog(instruments, settings: settings, writer: writer)
            writer.run(pause: settings.accessLog ? .milliseconds(50) : .seconds(1)) { accessLog.collect() }
        }
        for warning in loaded.site.snapshot.warnings { logger.warning("\(source.line(warning))") }
        let place = server.endpoint.link
        let topics = loaded.site.snapshot.topics.map(\.id).joined(separator: ", ")
        logger.info("listening on \(place) (\(topics))")
        if let place = metricsListener?.endpoint.link { logger.info("metrics on \(place)/metrics") }
        ServiceNotice.ready.send(environment: environment)
        // The first answers need not wait for all the others to be rendered.
        let site = loaded.site
        Thread.detachNewThread {
            site.prepare()
            FreedMemory.giveBack()
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
        self.server = server
        self.metricsListener = metricsListener
        self.settings = settings
        self.state = state
        self.environment = environment
        self.logger = logger
        self.writer = writer
    }

    private static func listen(_ app: App, at endpoint: Endpoint, _ settings: Settings, _ logger: Logger) throws(Failure) -> Server {
        var configuration = settings.serverConfiguration
        configuration.endpoint = endpoint
        configuration.keepsJournal = settings.accessLog
        configuration.log = { logger.error("\($0)", metadata: ["source": "libmicrohttpd"]) }
        do throws(ServerError) {
            return try Server(configuration, refuse: app.refuse, handler: app.respond)
        } catch {
            throw Failure(line: "\(error)")
        }
    }

    /// Whether changes of the files are to be taken over by themselves.
    var isWatching: Bool { settings.watch }

    /// Asks to be left alone, then stops accepting, then ends when all answers are out or their time is over.
    consuming func stop() {
        ServiceNotice.stopping.send(environment: environment)
        state.beginDraining()
        server.beginDraining()
        let inFlight = server.requestsInFlight
        logger.info("stopping; \(inFlight) requests in flight")
        sleep(UInt32(settings.drainDelaySeconds))
        let (settings, logger, writer) = (settings, logger, writer)
        let cut = server.stop(draining: .seconds(settings.drainSeconds))
        if cut > 0 { logger.warning("\(cut) requests were cut; they had not ended after drain_seconds", metadata: ["cut": "\(cut)"]) }
        logger.info("stopped")
        writer.finish()
    }
}
