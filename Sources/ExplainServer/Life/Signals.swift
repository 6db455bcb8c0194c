import Glibc

/// The signals that steer the service, received by waiting instead of by interruption.
///
/// By hand, since swift-service-lifecycle runs a tree of asynchronous tasks and knows no SIGHUP; this program is synchronous.
struct Signals {
    private var signals = sigset_t()

    /// What an operator wants.
    enum Wish: Equatable {
        /// SIGHUP: read the configuration again.
        case reload
        /// SIGTERM or SIGINT, by its number.
        case stop(CInt)
    }

    /// Blocks them; create it before any thread starts, since threads inherit what is blocked.
    init() {
        unsafe sigemptyset(&signals)
        for signal in [SIGHUP, SIGTERM, SIGINT] { unsafe sigaddset(&signals, signal) }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Returns when one of them has come.
    mutating func next() -> Wish {
        var received: CInt = 0
        unsafe sigwait(&signals, &received)
        return received == SIGHUP ? .reload : .stop(received)
    }
}

/// One line on standard error with one write: never torn, never left behind in a buffer.
func log(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
