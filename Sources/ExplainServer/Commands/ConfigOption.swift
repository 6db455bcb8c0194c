import ArgumentParser
import ExplainerKit

/// The option that every command shares.
struct ConfigOption: ParsableArguments {
    @Option(help: ArgumentHelp("Folder with server.yaml and topics/. Also EXPLAIN_CONFIG. (default: config)", valueName: "dir"))
    var config: String?

    /// The folder: the flag, then the environment, then "config".
    func folder(_ environment: [String: String]) -> String {
        config ?? environment["EXPLAIN_CONFIG"] ?? "config"
    }
}
