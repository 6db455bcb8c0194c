import HTTPD
import Logging

/// Makes a line of the log from each request that was served: what was asked and what came of it; no body, and nothing of the query.
struct AccessLog {
    private let instruments: Instruments
    private let logger: Logger
    private let isText: Bool
    private let isOn: Bool
    private let routes = Site.routes.labels
    private var told = 0
    private let writer: LogWriter

    init(_ instruments: Instruments, settings: Settings, writer: LogWriter) {
        self.instruments = instruments
        self.writer = writer
        isOn = settings.accessLog
        isText = settings.logFormat.resolved == .text
        logger = Logger(label: "access") { _ in
            LineLogHandler(settings.logFormat, level: settings.logLevel) { writer.write($0, isOwn: true) }
        }
    }

    /// Writes a line for each request since the last call, and one if some were lost.
    mutating func collect() {
        if isOn { instruments.takeServed(write) }
        let unlogged = instruments.requestsUnlogged
        let lost = unlogged - told + writer.takeLost()
        told = unlogged
        if lost > 0 {
            logger.warning("lines of the log were lost, because their reader is too slow", metadata: ["lost": .stringConvertible(lost)])
        }
    }

    private func write(_ served: Served) {
        if isText {
            return logger.info(
                "\(served.client) \(served.method) \(served.path) \(served.status) \(served.bytes) B \(served.nanoseconds / 1000) µs\(served.isComplete ? "" : " (cut)") \(served.requestID)"
            )
        }
        var fields: Logger.Metadata = [
            "method": "\(served.method)", "route": "\(routes[served.route])", "path": "\(served.path)",
            "status": .stringConvertible(served.status), "bytes": .stringConvertible(served.bytes),
            "seconds": .stringConvertible(Double(served.nanoseconds / 1000) / 1_000_000), "client": "\(served.client)",
            "request_id": "\(served.requestID)",
        ]
        if let trace = served.traceID { fields["trace_id"] = "\(trace)" }
        if !served.isComplete { fields["complete"] = .stringConvertible(false) }
        logger.info("request", metadata: fields)
    }
}
