import HTTPD
import Logging

/// Serves measurements at an address of their own, for as long as it lives.
///
/// A class, so that there may be none: the server in it has one owner and cannot be half there.
final class MetricsListener {
    private let server: Server

    init(_ metrics: Metrics, at endpoint: Endpoint, logger: Logger) throws(ServerError) {
        var configuration = Server.Configuration()
        configuration.endpoint = endpoint
        configuration.threads = 1
        configuration.connectionLimit = 64
        configuration.sharesPort = false
        configuration.log = { logger.error("\($0)", metadata: ["source": "libmicrohttpd"]) }
        server = try Server(configuration, refuse: metrics.refuse, handler: metrics.respond)
    }

    var endpoint: Endpoint { server.endpoint }
    var handlers: HandlerSwitch { server.handlers }
}
