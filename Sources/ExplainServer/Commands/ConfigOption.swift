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

    /// Loads everything that a command works on.
    ///
    /// - Parameters:
    ///   - flags: settings from the command line.
    ///   - isStatic: whether the pages are to become files.
    ///   - judgesAgain: whether everything is checked, also what has passed before.
    /// - Throws: `LoadingErrors` with everything that is wrong.
    func load(
        flags: [String: String] = [:], isStatic: Bool = false, judgesAgain: Bool = false
    ) throws(LoadingErrors) -> (site: Site, settings: Settings) {
        let files = try ConfigFiles(folder: folder)
        let snapshot: Snapshot
        let settings: Settings
        do throws(LoadingErrors) {
            settings = try Settings(flags: flags, environment: environment, files: files)
        } catch {
            // The content's errors belong into the same report.
            do throws(LoadingErrors) { _ = try Snapshot(files) } catch let content {
                throw LoadingErrors(problems: error.problems + content.problems)
            }
            throw error
        }
        let judged = JudgedConfigurations(folder: settings.cacheFolder, environment: environment)
        let isKnown = !judgesAgain && judged.contains(files.digest)
        snapshot = try Snapshot(files, judging: isKnown ? .nothing : .everything)
        judged.add(snapshot.digest)
        return (try Site(snapshot: snapshot, settings: settings, isStatic: isStatic), settings)
    }

    /// The problem as a line that leads to its file from where the command was called.
    func line(_ problem: Problem) -> String {
        problem.file.hasSuffix(".yaml") || problem.file.hasPrefix("topics") ? "\(folder)/\(problem)" : "\(problem)"
    }
}
