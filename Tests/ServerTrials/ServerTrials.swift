import ArgumentParser

/// Whether the whole service stands what it is given; for those who work on it.
@main
struct ServerTrials: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server-trials", abstract: "Try the service over loopback.", subcommands: [FuzzCommand.self, SoakCommand.self]
    )
}
