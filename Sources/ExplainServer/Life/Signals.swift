import Glibc

/// SIGTERM and SIGINT, received by waiting instead of by interruption.
struct StopSignal {
    private var signals = sigset_t()

    /// Blocks both; create it before any thread starts, since threads inherit what is blocked.
    init() {
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe sigaddset(&signals, SIGINT)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Returns when one of them has come.
    mutating func wait() {
        var received: CInt = 0
        unsafe sigwait(&signals, &received)
    }
}

/// One line on standard error with one write: never torn, never left behind in a buffer.
func log(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
