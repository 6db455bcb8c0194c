import ArgumentParser

/// `explain-server`: serves, checks and renders sourced explainers.
@main
struct ExplainServer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain-server",
        abstract: "Short, sourced, plain-language explanations over HTTP.",
        version: Version.text,
        subcommands: [ServeCommand.self, CheckCommand.self, RenderCommand.self],
        defaultSubcommand: ServeCommand.self
    )
}
