import ArgumentParser

/// How well and how fast the style gate judges; for those who work on it.
@main
struct LintTrials: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint-trials", abstract: "Measure the style gate and the catalogue.",
        subcommands: [ReportCommand.self, SpeedCommand.self, ScaleCommand.self, FuzzCommand.self]
    )
}
