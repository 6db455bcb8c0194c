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
            SIGTERM or SIGINT: finish the answers on their way, then exit.
            """
    )

    @OptionGroup var config: ConfigOption

    @Option(help: "Address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "Port to listen on; 0 for any free one, which is printed. (default: 8080)")
    var port: String?

    func run() throws {
        var stopSignal = StopSignal()
        let site: Site
        let settings: Settings
        do throws(LoadingErrors) {
            (site, settings) = try config.load(flags: flags)
        } catch {
            for problem in error.problems { log(config.line(problem)) }
            log("explain-server: \(config.folder) cannot be served; nothing was started")
            throw ExitCode(1)
        }
        for warning in site.snapshot.warnings { log(config.line(warning)) }
        let app = App(site: site, settings: settings)
        let server: Server
        do {
            server = try Server(settings.serverConfiguration, refuse: app.refuse, handler: app.respond)
        } catch {
            log("explain-server: \(error)")
            throw ExitCode(1)
        }
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        log("listening on http://\(host):\(server.port) (\(site.snapshot.topics.map(\.id).joined(separator: ", ")))")
        // The first answers need not wait for all the others to be rendered.
        Thread.detachNewThread {
            site.prepare()
            // What reading and rendering have left behind is a third of the memory.
            FreedMemory.giveBack()
        }
        stopSignal.wait()
        log("stopping; \(server.requestsInFlight) requests in flight")
        server.stop(draining: .seconds(settings.drainSeconds))
        log("stopped")
    }

    private var flags: [String: String] {
        var flags: [String: String] = [:]
        flags["host"] = host
        flags["port"] = port
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
        configuration.idleTimeoutSeconds = idleTimeoutSeconds
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
