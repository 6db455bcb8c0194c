import Glibc

/// How log lines look.
enum LogFormat: String, CaseIterable, Sendable {
    /// Text on a terminal, JSON elsewhere.
    case auto
    /// One object a line.
    case json
    /// For people.
    case text

    /// What `auto` means for standard error.
    var resolved: LogFormat { self == .auto ? (isatty(STDERR_FILENO) == 1 ? .text : .json) : self }
}
