import Glibc

/// Passes on libmicrohttpd's complaints, a few lines a second.
///
/// Without a limit, running out of descriptors writes a hundred megabytes of the same line in seconds.
final class LogLimiter: Sendable {
    static let linesPerSecond = 5

    private struct State {
        var second = 0
        var lines = 0
        var dropped = 0
        var last = ""
        /// Before the server runs, the newest line is the reason of the error that is thrown, and needs no second telling.
        var isOpen = false
    }

    private let sink: @Sendable (String) -> Void
    private let state = Guarded(State())

    init(_ sink: @escaping @Sendable (String) -> Void) { self.sink = sink }

    /// The newest line, dropped or not: the reason when a start fails.
    var lastLine: String { state.withLock { $0.last } }

    /// Passes lines on from now.
    func open() { state.withLock { $0.isOpen = true } }

    func write(_ line: String, second: Int = time(nil)) {
        let lines = state.withLock { state -> [String] in
            state.last = line
            guard state.isOpen else { return [] }
            var lines: [String] = []
            if state.second != second {
                if state.dropped > 0 { lines.append("\(state.dropped) more lines like these were left out") }
                state.second = second
                state.lines = 0
                state.dropped = 0
            }
            if state.lines < LogLimiter.linesPerSecond {
                state.lines += 1
                lines.append(line)
            } else {
                state.dropped += 1
            }
            return lines
        }
        for line in lines { sink(line) }
    }

    /// One line, one write to standard error: never interleaved, never left behind in a buffer.
    static let standardError: @Sendable (String) -> Void = { line in
        let bytes = Array(("httpd: " + line + "\n").utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
