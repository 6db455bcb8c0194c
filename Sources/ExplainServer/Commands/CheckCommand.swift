import ArgumentParser
import ExplainerKit

/// Validates a configuration: prints every problem, exits with 1 if one is an error.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check config/: every problem with file and line; exit code 1 if there is an error."
    )

    @OptionGroup var config: ConfigOption

    @Flag(help: "Also print words, reading grade, facts and sentence overlap of every piece.")
    var report = false

    func run() throws {
        do throws(LoadingErrors) {
            let snapshot = try config.load(judgesAgain: true).site.snapshot
            for warning in snapshot.warnings { print(config.line(warning)) }
            if report {
                for topic in snapshot.topics { print(ContentReport(topic: topic).table) }
            }
            let topics = snapshot.topics.count
            let pieces = snapshot.topics.reduce(0) { $0 + $1.explainers.count }
            let facts = snapshot.topics.reduce(0) { $0 + $1.facts.count }
            print(
                "\(config.folder): ok, \(topics) \(topics == 1 ? "topic" : "topics"), \(pieces) explainers, \(facts) facts, \(snapshot.digest)"
            )
        } catch {
            for problem in error.problems { print(config.line(problem)) }
            let errors = error.problems.count { $0.severity == .error }
            print("\(config.folder): \(errors) \(errors == 1 ? "error" : "errors")")
            throw ExitCode(1)
        }
    }
}
