import ArgumentParser
import Foundation

/// `explain-server`: serves, checks and renders sourced explainers.
@main
struct ExplainServer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain-server",
        abstract: "Short, sourced, plain-language explanations over HTTP.",
        version: Version.text,
        subcommands: [ServeCommand.self, CheckCommand.self, LintCommand.self, RenderCommand.self],
        defaultSubcommand: ServeCommand.self
    )

    /// Runs the command that the arguments name.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            // Scripts tell findings (1) from misuse (2).
            if CommandLine.arguments.dropFirst().first == "lint", exitCode(for: error) == .validationFailure {
                log(fullMessage(for: error))
                exit(withError: LintCommand.misuse)
            }
            exit(withError: error)
        }
    }
}
