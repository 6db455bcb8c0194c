/// Something wrong under `config/`: where, what, and what would have worked.
package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
    package let severity: Severity
    package let file: String
    /// 1-based; nil when the problem is the file as a whole.
    package let line: Int?
    package let message: String

    package init(_ severity: Severity = .error, file: String, line: Int? = nil, _ message: String) {
        self.severity = severity
        self.file = file
        self.line = line
        self.message = message
    }

    package enum Severity: String, Sendable { case error, warning }

    package var description: String {
        "\(file)\(line.map { ":\($0)" } ?? ""): \(severity.rawValue): \(message)"
    }
}

/// All that is wrong with a configuration, reported together.
package struct LoadingErrors: Error, Sendable, CustomStringConvertible {
    /// Errors and warnings, by file and line.
    package let problems: [Problem]

    package init(problems: [Problem]) { self.problems = problems }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Collects problems while a configuration is read, so that one load reports them all.
final class ProblemLog {
    private(set) var problems: [Problem] = []

    func error(_ file: String, _ line: Int?, _ message: String) {
        problems.append(Problem(file: file, line: line, message))
    }

    func error(_ origin: Origin, _ message: String) { error(origin.file, origin.line, message) }

    func warning(_ origin: Origin, _ message: String) {
        problems.append(Problem(.warning, file: origin.file, line: origin.line, message))
    }

    func add(_ more: [Problem]) { problems += more }

    var hasErrors: Bool { problems.contains { $0.severity == .error } }

    /// Each problem once: whole files first, since they may be why the rest is wrong, then by file and line.
    var sorted: [Problem] {
        problems.uniqued().sorted { a, b in
            ((a.line == nil ? 0 : 1), a.file, a.line ?? 0, a.message) < ((b.line == nil ? 0 : 1), b.file, b.line ?? 0, b.message)
        }
    }
}

/// "unknown unit "x"; did you mean "y"?", and what is valid if that is not long.
func unknown(_ what: String, _ value: String, among valid: [String]) -> String {
    let hint = nearest(to: value, among: valid).map { "; did you mean \"\($0)\"?" } ?? ""
    let shown = valid.count <= 24 ? "; valid: \(valid.joined(separator: ", "))" : ""
    return "unknown \(what) \"\(value)\"\(hint)\(shown)"
}
