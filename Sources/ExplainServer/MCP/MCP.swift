import ExplainerKit
import HTTPD

/// The Model Context Protocol over HTTP, without sessions: the revision of 2026-07-28, and the `initialize` family from 2025-06-18 on.
///
/// Which of the two a client speaks is told by each message. An answer is one JSON object, never a stream.
enum MCP {
    static let path = "/mcp"

    /// Whether errors at a path are told as JSON-RPC tells them.
    static func owns(_ path: String) -> Bool { path == Self.path || path == Self.path + ".json" }

    /// What browsers have to be allowed to send.
    static let ownHeaders = [versionHeader, methodHeader, nameHeader]
    static let versionHeader = "MCP-Protocol-Version"
    static let methodHeader = "Mcp-Method"
    static let nameHeader = "Mcp-Name"

    /// How long a body may be so that a call with a text of `limit` bytes fits into it. JSON may write a byte in three.
    static func bodyLimit(_ path: String, text limit: Int) -> Int? { owns(path) ? limit * 3 + 16384 : nil }

    /// What went wrong before there was a message to answer.
    static func response(to problem: HTTPProblem, headers common: [Field]) -> Response {
        let own = [Field("Content-Type", Format.json.mediaType), Field("Cache-Control", "no-store"), Field("Vary", "Accept-Encoding")]
        let body = MCPFailure(.invalidRequest, problem.line).reply(to: nil)
        return .once(status: problem.status, headers: own + common + problem.headers, body: Array(body.text.utf8))
    }
}

extension Site {
    /// `/mcp`: tools, prompts and resources for chatbots.
    static let mcpRoute: Route = Route(
        MCP.path, method: .post, [.json], headers: ["Origin", "Accept"] + MCP.ownHeaders,
        "Tools, prompts and resources for chatbots: Model Context Protocol, stateless Streamable HTTP."
    ) { call throws(HTTPProblem) in
        if let origin = call.headers["Origin"], !MCPOrigin(origin).isWelcome(at: call.site) {
            throw HTTPProblem(
                403,
                "Pages of the origin \"\(origin.shortened)\" may not call \(MCP.path). The operator of this service can name it in cors_origins."
            )
        }
        try call.parameters.check()
        guard Negotiation.choose(call.headers["Accept"], among: [.json]) != nil else {
            throw HTTPProblem(406, "\(MCP.path) answers application/json; add it to Accept.")
        }
        if let type = call.contentType {
            guard case .json? = BodyKind(type) else {
                var problem = HTTPProblem(415, "A body of type \"\(type.shortened)\" is not read here; send application/json in UTF-8.")
                problem.headers = [Field("Accept-Post", Format.json.mediaType)]
                throw problem
            }
        }
        return .outcome(MCPExchange(call).outcome)
    }
}

/// Where a web page comes from, as its browser says.
///
/// A page of another site may be made to reach a service inside a network under a name that its own server gave out; the browser's
/// Origin still tells, so every origin that is not known is sent away. Clients that are no browsers send none.
struct MCPOrigin {
    private let text: String

    init(_ text: String) { self.text = text.lowercased() }

    /// Whether it is the service's own, one that the operator named, or a page of the same machine. "*" names no origin.
    func isWelcome(at site: Site) -> Bool {
        isLoopback || site.namedOrigins.contains(text)
    }

    private var isLoopback: Bool {
        guard let separator = text.firstRange(of: "://"), ["http", "https"].contains(text[..<separator.lowerBound]) else { return false }
        var host = text[separator.upperBound...]
        if let port = host.lastIndex(of: ":"), host[host.index(after: port)...].allSatisfy(\.isNumber) { host = host[..<port] }
        return ["localhost", "127.0.0.1", "[::1]"].contains(host)
    }
}
