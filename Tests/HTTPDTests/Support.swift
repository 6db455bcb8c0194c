import Glibc
import HTTPD

/// A small application for the tests: it says what it was asked.
func echo(_ request: borrowing Request) -> Response {
    var lines = ["\(request.method.rawValue) \(request.path)"]
    do throws(QueryError) {
        lines += try request.query().map { "\($0.name)=\($0.value)" }
    } catch {
        return .once(status: 400, headers: [], body: Array(error.explanation.utf8))
    }
    if !request.body.isEmpty { lines.append("body: \(String(decoding: request.body, as: UTF8.self))") }
    return .once(status: 200, headers: [Field("Content-Type", "text/plain")], body: Array(lines.joined(separator: "\n").utf8))
}

func refused(_ refusal: Refusal) -> Response {
    .once(status: refusal.status, headers: [Field("Content-Type", "text/plain")], body: Array("refused: \(refusal.reason)".utf8))
}

/// A small server on a free port, which keeps its complaints to itself.
func configured(
    threads: Int = 2, connections: Int = 200, bodyBytes: Int = 1 << 20, idleSeconds: Int = 15, headSeconds: Int = 10,
    bodySeconds: Int = 15, answerSeconds: Int = 30
) -> Server.Configuration {
    var configuration = Server.Configuration()
    configuration.port = 0
    configuration.threads = threads
    configuration.connectionLimit = connections
    configuration.maxBodyBytes = bodyBytes
    configuration.idleTimeoutSeconds = idleSeconds
    configuration.headTimeoutSeconds = headSeconds
    configuration.bodyTimeoutSeconds = bodySeconds
    configuration.answerTimeoutSeconds = answerSeconds
    configuration.log = { _ in }
    return configuration
}

/// Runs a server for the length of `body`.
func withServer<Result>(
    _ configuration: Server.Configuration = configured(),
    refuse: @escaping @Sendable (Refusal) -> Response = refused,
    handler: @escaping Server.Handler = echo,
    _ body: (borrowing Server) throws -> Result
) throws -> Result {
    let server = try Server(configuration, refuse: refuse, handler: handler)
    let result = try body(server)
    server.stop(draining: .seconds(5))
    return result
}

/// Work beside the test, on a thread that may block.
enum Thread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    static func run(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let work = unsafe Unmanaged.passRetained(Work(body)).toOpaque()
        _ = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, work)
        pthread_detach(thread)
    }
}
