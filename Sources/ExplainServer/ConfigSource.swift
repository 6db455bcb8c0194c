import ExplainerKit

/// Where a configuration comes from: a folder, and what is set beside it; can be loaded again and again.
struct ConfigSource: Sendable {
    let folder: String
    /// Settings from the command line.
    var flags: [String: String] = [:]
    let environment: [String: String]

    /// A configuration that can be served.
    struct Loaded: Sendable {
        let site: Site
        let settings: Settings
    }

    func files() throws(LoadingErrors) -> ConfigFiles { try ConfigFiles(folder: folder) }

    /// Loads everything that a command works on.
    ///
    /// - Parameters:
    ///   - isStatic: whether the pages are to become files.
    ///   - judgesAgain: whether everything is checked, also what has passed before.
    ///   - running: the settings with which the service was started, of which most stay as they are.
    /// - Throws: `LoadingErrors` with everything that is wrong.
    func load(
        _ files: ConfigFiles, isStatic: Bool = false, judgesAgain: Bool = false, running: Settings? = nil
    ) throws(LoadingErrors) -> Loaded {
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
        let inForce = running?.reloaded(with: settings) ?? settings
        let judged = JudgedConfigurations(folder: inForce.cacheFolder, environment: environment)
        let isKnown = !judgesAgain && judged.contains(files.digest)
        let snapshot = try Snapshot(files, judging: isKnown ? .nothing : .everything)
        judged.add(snapshot.digest)
        return Loaded(site: try Site(snapshot: snapshot, settings: inForce, isStatic: isStatic), settings: settings)
    }

    /// The problem as a line that leads to its file from where the command was called.
    func line(_ problem: Problem) -> String {
        problem.file.hasSuffix(".yaml") || problem.file.hasPrefix("topics") ? "\(folder)/\(problem)" : "\(problem)"
    }
}
