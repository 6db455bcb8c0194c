/// The version of the program, as `--version` and `/version` tell it.
enum Version {
    static let text = "0.1.0"
}
