import HTTPD

@testable import ExplainServer

extension App {
    /// Serves on a free port for as long as `body`, which is told the port, runs.
    func serving(_ configuration: Server.Configuration = Server.Configuration(), _ body: (UInt16) throws -> Void) throws {
        var configuration = configuration
        configuration.port = 0
        configuration.log = { _ in }
        let server = try Server(configuration, refuse: refuse, handler: respond)
        try body(server.port)
        server.stop(draining: .seconds(5))
    }
}
