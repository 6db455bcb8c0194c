import TestSupport
import Testing

@testable import ExplainServer

/// Each row of the newer revision's list of checks, as raw requests.
@Suite struct MCPTransportTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var line = "POST /mcp"
        var body = #"{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"# + MCPClient.meta + "}}"
        var headers = MCPClient.headers("tools/list")
        var type: String? = "application/json"
        let status: Int
        let code: Int
        var says: [String] = []
        /// Whether the reply names the request.
        var hasID = true
    }

    private static let call =
        #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"get_fact","arguments":{"id":"boiling"},"#
        + MCPClient.meta + "}}"
    private static let version = #""io.modelcontextprotocol/protocolVersion":"2026-07-28""#

    private static func headers(without name: String, of method: String = "tools/list") -> [(String, String)] {
        MCPClient.headers(method).filter { $0.0 != name }
    }

    private static func message(id: String = "7", method: String = "\"tools/list\"", params: String = "{\(MCPClient.meta)}") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":\#(method),"params":\#(params)}"#
    }

    static let rows: [Row] = [
        Row(
            testDescription: "1 a foreign origin", headers: MCPClient.headers("tools/list") + [("Origin", "https://evil.example")],
            status: 403,
            code: -32600, says: ["https://evil.example", "cors_origins"], hasID: false),
        Row(
            testDescription: "1 an origin that looks like this machine",
            headers: MCPClient.headers("tools/list") + [("Origin", "http://localhost.evil.example:80")], status: 403, code: -32600,
            hasID: false),
        Row(
            testDescription: "1 an origin that is the name asked for",
            headers: MCPClient.headers("tools/list") + [("Origin", "http://tea.example")], status: 403, code: -32600, hasID: false),
        Row(
            testDescription: "1 no origin at all, in words", headers: MCPClient.headers("tools/list") + [("Origin", "null")], status: 403,
            code: -32600, hasID: false),
        Row(
            testDescription: "1 a page of this machine",
            headers: MCPClient.headers("tools/list") + [("Origin", "http://localhost:6274")], status: 200, code: 0),
        Row(
            testDescription: "1 a page of this machine by its address",
            headers: MCPClient.headers("tools/list") + [("Origin", "https://[::1]:8080")], status: 200, code: 0),
        Row(testDescription: "2 GET", line: "GET /mcp", body: "", type: nil, status: 405, code: -32600, says: ["POST"], hasID: false),
        Row(testDescription: "2 DELETE", line: "DELETE /mcp", body: "", type: nil, status: 405, code: -32600, hasID: false),
        Row(testDescription: "2 PUT", line: "PUT /mcp", status: 405, code: -32600, hasID: false),
        Row(
            testDescription: "3 Accept without JSON",
            headers: headers(without: "Accept") + [("Accept", "text/event-stream")], status: 406, code: -32600, says: ["application/json"],
            hasID: false),
        Row(testDescription: "3 Accept of anything", headers: headers(without: "Accept") + [("Accept", "*/*")], status: 200, code: 0),
        Row(testDescription: "3 no Accept", headers: headers(without: "Accept"), status: 200, code: 0),
        Row(
            testDescription: "another type of body", type: "text/plain", status: 415, code: -32600, says: ["application/json"], hasID: false
        ),
        Row(testDescription: "another encoding", type: "application/json; charset=utf-16", status: 415, code: -32600, hasID: false),
        Row(testDescription: "no type of body", type: nil, status: 200, code: 0),
        Row(
            testDescription: "a parameter", line: "POST /mcp?audience=guest", status: 400, code: -32600, says: ["no parameter"],
            hasID: false),
        Row(testDescription: "4 no JSON", body: "{\"jsonrpc\":", status: 400, code: -32700, says: ["byte 11"], hasID: false),
        Row(testDescription: "4 nothing", body: "", status: 400, code: -32700, hasID: false),
        Row(testDescription: "4 a name twice", body: #"{"id":1,"id":2}"#, status: 400, code: -32700, says: ["stands twice"], hasID: false),
        Row(
            testDescription: "4 too deep", body: String(repeating: "[", count: 5000), status: 400, code: -32700, says: ["64 deep"],
            hasID: false),
        Row(testDescription: "5 a batch", body: "[\(message())]", status: 400, code: -32600, says: ["Batches"], hasID: false),
        Row(testDescription: "5 an empty batch", body: "[]", status: 400, code: -32600, hasID: false),
        Row(testDescription: "5 a text", body: "\"tools/list\"", status: 400, code: -32600, hasID: false),
        Row(
            testDescription: "5 a response", body: #"{"jsonrpc":"2.0","id":7,"result":{}}"#, status: 400, code: -32600, says: ["response"]),
        Row(testDescription: "5 no method", body: #"{"jsonrpc":"2.0","id":7}"#, status: 400, code: -32600, says: ["method"]),
        Row(testDescription: "5 a method that is no text", body: message(method: "7"), status: 400, code: -32600),
        Row(
            testDescription: "5 another JSON-RPC", body: #"{"jsonrpc":"1.0","id":7,"method":"ping"}"#, status: 400, code: -32600,
            says: ["2.0"]),
        Row(testDescription: "5 no JSON-RPC", body: #"{"id":7,"method":"ping"}"#, status: 400, code: -32600),
        Row(testDescription: "5 parameters in a list", body: message(params: "[]"), status: 400, code: -32602, says: ["params"]),
        Row(testDescription: "7 id null", body: message(id: "null"), status: 400, code: -32600, says: ["id"], hasID: false),
        Row(testDescription: "7 a fractional id", body: message(id: "7.5"), status: 400, code: -32600, hasID: false),
        Row(testDescription: "7 an id with an exponent", body: message(id: "7e0"), status: 400, code: -32600, hasID: false),
        Row(testDescription: "7 an id in a list", body: message(id: "[7]"), status: 400, code: -32600, hasID: false),
        Row(
            testDescription: "7 a huge id", body: message(id: "\"\(String(repeating: "7", count: 300))\""), status: 400, code: -32600,
            says: ["256 bytes"], hasID: false),
        Row(
            testDescription: "8 the version twice", headers: MCPClient.headers("tools/list") + [("MCP-Protocol-Version", "2026-07-28")],
            status: 400, code: -32020, says: ["twice"]),
        Row(
            testDescription: "8 the method twice", headers: MCPClient.headers("tools/list") + [("Mcp-Method", "tools/list")], status: 400,
            code: -32020, says: ["twice"]),
        Row(
            testDescription: "8 the name twice", body: call,
            headers: MCPClient.headers("tools/call", name: "get_fact") + [("Mcp-Name", "get_fact")], status: 400, code: -32020),
        Row(testDescription: "9 no _meta", body: message(params: "{}"), status: 400, code: -32602, says: ["protocolVersion"]),
        Row(testDescription: "9 a _meta that is no object", body: message(params: #"{"_meta":7}"#), status: 400, code: -32602),
        Row(
            testDescription: "9 no capabilities", body: message(params: "{\"_meta\":{\(version)}}"), status: 400, code: -32602,
            says: ["clientCapabilities"]),
        Row(
            testDescription: "9 capabilities in a list",
            body: message(params: "{\"_meta\":{\(version),\"io.modelcontextprotocol/clientCapabilities\":[]}}"), status: 400, code: -32602),
        Row(
            testDescription: "9 no version", body: message(params: #"{"_meta":{"io.modelcontextprotocol/clientCapabilities":{}}}"#),
            status: 400,
            code: -32602, says: ["protocolVersion"]),
        Row(
            testDescription: "10 no version header", headers: headers(without: "MCP-Protocol-Version"), status: 400, code: -32020,
            says: ["MCP-Protocol-Version"]),
        Row(
            testDescription: "10 another version header", headers: MCPClient.headers("tools/list", version: "2025-11-25"), status: 400,
            code: -32020),
        Row(
            testDescription: "10 no method header", headers: headers(without: "Mcp-Method"), status: 400, code: -32020, says: ["Mcp-Method"]
        ),
        Row(testDescription: "10 another method header", headers: MCPClient.headers("tools/call"), status: 400, code: -32020),
        Row(testDescription: "10 case matters in values", headers: MCPClient.headers("Tools/List"), status: 400, code: -32020),
        Row(
            testDescription: "10 no name header", body: call, headers: MCPClient.headers("tools/call"), status: 400, code: -32020,
            says: ["Mcp-Name"]),
        Row(
            testDescription: "10 another name header", body: call, headers: MCPClient.headers("tools/call", name: "lint"), status: 400,
            code: -32020),
        Row(
            testDescription: "10 the name header", body: call, headers: MCPClient.headers("tools/call", name: " get_fact "), status: 200,
            code: 0),
        Row(
            testDescription: "10 the name header in base64", body: call,
            headers: MCPClient.headers("tools/call", name: "=?base64?Z2V0X2ZhY3Q=?="), status: 200, code: 0),
        Row(
            testDescription: "10 a name header that is no base64", body: call,
            headers: MCPClient.headers("tools/call", name: "=?base64?Z2V0X2Z***?="), status: 400, code: -32020),
        Row(
            testDescription: "10 header names in other case",
            headers: [("mcp-protocol-version", "2026-07-28"), ("MCP-METHOD", "tools/list")], status: 200, code: 0),
        Row(
            testDescription: "11 a version to come",
            body: message(params: "{\(MCPClient.meta.replacing("2026-07-28", with: "2099-01-01"))}"),
            headers: MCPClient.headers("tools/list", version: "2099-01-01"), status: 400, code: -32022,
            says: ["\"requested\":\"2099-01-01\"", "\"supported\":[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\"]"]),
        Row(
            testDescription: "12 an unknown method", body: message(method: "\"tools/lst\""), headers: MCPClient.headers("tools/lst"),
            status: 404, code: -32601, says: ["Did you mean tools/list?"]),
        Row(
            testDescription: "12 initialize", body: message(method: "\"initialize\""), headers: MCPClient.headers("initialize"),
            status: 404,
            code: -32601),
        Row(testDescription: "12 ping", body: message(method: "\"ping\""), headers: MCPClient.headers("ping"), status: 404, code: -32601),
        Row(
            testDescription: "12 subscriptions", body: message(method: "\"subscriptions/listen\""),
            headers: MCPClient.headers("subscriptions/listen"), status: 404, code: -32601),
        Row(testDescription: "14 a text as id", body: message(id: "\"x-7\""), status: 200, code: 0),
        Row(
            testDescription: "14 headers of sessions are ignored",
            headers: MCPClient.headers("tools/list") + [("Mcp-Session-Id", "abc"), ("Last-Event-ID", "9")], status: 200, code: 0),
    ]

    @Test(arguments: rows)
    func `each row of the list is answered as it says`(row: Row) throws {
        try MCPClient.serving { client in
            let answer = try client.send(row.line, row.body, row.headers, type: row.type)
            #expect(answer.status == row.status, "\(answer.body)")
            #expect(answer["Content-Type"] == "application/json" && answer["Cache-Control"] == "no-store")
            #expect(answer["Mcp-Session-Id"] == nil)
            #expect(answer.errorCode == row.code, "\(answer.body)")
            if row.code != 0 { #expect(answer.body.contains("\"id\":") == row.hasID, "\(answer.body)") }
            for part in row.says { #expect(answer.body.replacing("\\\"", with: "\"").contains(part), "\(answer.body)") }
            if row.status == 405 { #expect(answer["Allow"] == "POST, OPTIONS") }
            if row.status == 415 { #expect(answer["Accept-Post"] == "application/json") }
            // The connection is as good as before.
            #expect(try client.modern("tools/list").status == 200)
        }
    }

    @Test(arguments: [
        (#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#, "2026-07-28"),
        (#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, "2025-06-18"),
        (#"{"jsonrpc":"2.0","method":"tools/call"}"#, "2025-11-25"),
    ])
    func `6 a notification is accepted and nothing is said`(body: String, version: String) throws {
        try MCPClient.serving { client in
            let answer = try client.post(body, [("MCP-Protocol-Version", version)])
            #expect(answer.status == 202 && answer.body.isEmpty && answer["Content-Type"] == nil && answer["Content-Length"] == "0")
            #expect(try client.modern("tools/list").status == 200)
        }
    }

    @Test func `origins that are named may call, and browsers may send what they need`() throws {
        var settings = try Settings()
        settings.corsOrigins = ["*", "https://Wiki.example"]
        settings.publicURL = "https://tea.example"
        try MCPClient.serving(settings) { client in
            for (origin, status) in [
                ("https://wiki.example", 200), ("https://tea.example", 200), ("http://tea.example", 403), ("https://wiki.example.org", 403),
            ] {
                let answer = try client.post(
                    #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, [("Origin", origin)])
                #expect(answer.status == status, "\(origin)")
            }
            let preflight = try client.send(
                "OPTIONS /mcp", "", [("Origin", "https://wiki.example"), ("Access-Control-Request-Method", "POST")])
            #expect(preflight.status == 204 && preflight["Access-Control-Allow-Methods"] == "POST, OPTIONS")
            #expect(preflight["Access-Control-Allow-Headers"]?.contains("MCP-Protocol-Version, Mcp-Method, Mcp-Name") == true)
        }
    }

    @Test func `a body that is too long, or no UTF-8, is refused in the words of JSON-RPC`() throws {
        var settings = try Settings()
        settings.lintMaxBytes = 100
        try MCPClient.serving(settings) { client in
            client.wire.send(
                Array("POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n\"".utf8) + [0xFF, 0x22])
            let broken = try client.wire.answer()
            #expect(broken.status == 400 && broken.errorCode == -32700 && broken.body.contains("byte 1,"), "\(broken.body)")
            client.wire.send("POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 16685\r\n\r\n")
            let answer = try client.wire.answer()
            #expect(answer.status == 413 && answer.errorCode == -32600 && answer.body.contains("16684 bytes"), "\(answer.body)")
            #expect(answer["Content-Type"] == "application/json")
        }
    }
}
