import ExplainerKit
import HTTPD
import TestSupport

@testable import ExplainServer

/// A client of `/mcp` over a real socket that sends whatever a test wants to be sent.
struct MCPClient {
    let wire: WireClient

    /// Serves the small topic for as long as `body` runs.
    static func serving(_ settings: Settings? = nil, _ body: (MCPClient) throws -> Void) throws {
        let settings = try settings ?? Settings()
        let app = App(site: try Site(snapshot: Snapshot(SmallTopic.files), settings: settings), settings: settings)
        try app.serving(settings.serverConfiguration) { port in try body(MCPClient(wire: try WireClient(port: port))) }
    }

    /// - Parameter headers: beside Host, the type of the body, and its length.
    func post(_ body: String, _ headers: [(String, String)] = [], type: String? = "application/json") throws -> WireClient.Answer {
        try send("POST /mcp", body, headers, type: type)
    }

    func send(_ line: String, _ body: String, _ headers: [(String, String)], type: String? = nil) throws -> WireClient.Answer {
        var head = "\(line) HTTP/1.1\r\nHost: tea.example\r\n"
        if let type { head += "Content-Type: \(type)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        wire.send("\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return try wire.answer()
    }

    static let meta =
        #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#

    /// The header fields of a request of the newer dialect.
    static func headers(_ method: String, name: String? = nil, version: String = "2026-07-28") -> [(String, String)] {
        [("Accept", "application/json, text/event-stream"), ("MCP-Protocol-Version", version), ("Mcp-Method", method)]
            + (name.map { [("Mcp-Name", $0)] } ?? [])
    }

    /// A request of the newer dialect, as a well-behaved client sends it.
    /// - Parameter params: members of `params` beside `_meta`.
    func modern(_ method: String, _ params: String = "", name: String? = nil) throws -> WireClient.Answer {
        let members = params.isEmpty ? Self.meta : "\(params),\(Self.meta)"
        return try post(
            #"{"jsonrpc":"2.0","id":7,"method":"\#(method)","params":{\#(members)}}"#, Self.headers(method, name: name))
    }

    /// A request of the older dialect, after a handshake that the service need not know of.
    func legacy(_ method: String, _ params: String = "", version: String? = "2025-11-25") throws -> WireClient.Answer {
        try post(
            #"{"jsonrpc":"2.0","id":"a","method":"\#(method)","params":{\#(params)}}"#,
            version.map { [("MCP-Protocol-Version", $0)] } ?? [])
    }
}

extension WireClient.Answer {
    /// The body read by a parser that is not ours.
    var json: JSONObject { get throws { try JSONObject(Array(body.utf8)) } }

    /// What stands in place of a result; 0 for a result.
    var errorCode: Int { (try? json.object("error").integer("code")) ?? 0 }
}
