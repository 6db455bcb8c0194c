import ArgumentParser
import ExplainerKit
import Foundation

/// The option that every command shares, and what it leads to.
struct ConfigOption: ParsableArguments {
    @Option(help: ArgumentHelp("Folder with server.yaml and topics/. Also EXPLAIN_CONFIG. (default: config)", valueName: "dir"))
    var config: String?

    private var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The folder: the flag, then the environment, then "config".
    var folder: String { config ?? environment["EXPLAIN_CONFIG"] ?? "config" }

    /// What the option leads to, with settings from the command line.
    func source(flags: [String: String] = [:]) -> ConfigSource { ConfigSource(folder: folder, flags: flags, environment: environment) }

    /// Loads everything that a command works on.
    ///
    /// - Parameters:
    ///   - isStatic: whether the pages are to become files.
    ///   - judgesAgain: whether everything is checked, also what has passed before.
    /// - Throws: `LoadingErrors` with everything that is wrong.
    func load(isStatic: Bool = false, judgesAgain: Bool = false) throws(LoadingErrors) -> (site: Site, settings: Settings) {
        let source = source()
        let loaded = try source.load(source.files(), isStatic: isStatic, judgesAgain: judgesAgain)
        return (loaded.site, loaded.settings)
    }

    /// The problem as a line that leads to its file from where the command was called.
    func line(_ problem: Problem) -> String { source().line(problem) }
}
