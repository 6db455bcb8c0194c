import TestSupport
import Testing

@testable import ExplainServer

/// The handshake family, on the same address.
@Suite struct MCPLegacyTests {
    @Test(arguments: [
        ("2025-06-18", "2025-06-18"), ("2025-11-25", "2025-11-25"), ("2025-03-26", "2025-11-25"), ("2024-11-05", "2025-11-25"),
        ("2099-01-01", "2025-11-25"),
    ])
    func `the handshake takes a version that both know`(asked: String, answered: String) throws {
        try MCPClient.serving { client in
            let params = #""protocolVersion":"\#(asked)","capabilities":{},"clientInfo":{"name":"t","version":"1"}"#
            for header in [nil, asked] {
                let answer = try client.legacy("initialize", params, version: header)
                #expect(answer.status == 200 && answer["Mcp-Session-Id"] == nil)
                let result = try answer.json.object("result")
                #expect(try result.string("protocolVersion") == answered)
                #expect(try result.object("serverInfo").string("name") == "explain-server")
                #expect(try result.string("instructions").contains("lint"))
                #expect(
                    answer.body.contains(#""capabilities":{"tools":{},"resources":{},"prompts":{},"completions":{}}"#), "\(answer.body)")
            }
        }
    }

    @Test func `a result keeps to its dialect`() throws {
        try MCPClient.serving { client in
            for version in ["2025-06-18", "2025-11-25", nil] {
                for method in ["tools/list", "resources/list", "resources/templates/list", "prompts/list"] {
                    let answer = try client.legacy(method, version: version)
                    #expect(answer.status == 200 && answer.errorCode == 0, "\(answer.body)")
                    #expect(try answer.json.string("id") == "a")
                    for newer in ["resultType", "ttlMs", "cacheScope", "_meta"] { #expect(!answer.body.contains("\"\(newer)\"")) }
                }
                #expect(try client.legacy("ping", version: version).body == #"{"jsonrpc":"2.0","id":"a","result":{}}"#)
            }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let method: String
        var params = ""
        var version: String? = "2025-11-25"
        var status = 200
        let code: Int
        var says = ""
        var testDescription: String { "\(method) \(params) \(version ?? "no version")" }
    }

    @Test(arguments: [
        Row(method: "server/discover", code: -32601, says: "initialize"), Row(method: "logging/setLevel", code: -32601),
        Row(method: "resources/subscribe", code: -32601), Row(method: "tool/list", code: -32601, says: "Did you mean tools/list?"),
        Row(
            method: "resources/read", params: #""uri":"explain://fact/boilin""#, code: -32002, says: "Did you mean explain://fact/boiling?"),
        Row(method: "resources/read", params: #""uri":"explain://""#, code: -32002),
        Row(method: "resources/read", params: #""uri":"file:///etc/passwd""#, code: -32002), Row(method: "resources/read", code: -32602),
        Row(method: "tools/call", params: #""name":"expalin""#, code: -32602, says: "Did you mean explain?"),
        Row(method: "tools/call", params: #""name":"explain","arguments":[]"#, code: -32602, says: "object"),
        Row(method: "tools/call", code: -32602),
        Row(method: "tools/list", params: #""cursor":"none""#, code: -32602, says: "cursor"),
        Row(method: "resources/list", params: #""cursor":7"#, code: -32602, says: "cursor"),
        Row(method: "prompts/get", params: #""name":"make-te""#, code: -32602, says: "Did you mean make-tea?"),
        Row(
            method: "prompts/get", params: #""name":"make-tea","arguments":{"audience":"gest"}"#, code: -32602, says: "Did you mean guest?"),
        Row(
            method: "prompts/get", params: #""name":"make-tea","arguments":{"audience":7}"#, code: -32602,
            says: "has to be a text, not a number"),
        Row(
            method: "prompts/get", params: #""name":"make-tea","arguments":{"audeince":"guest"}"#, code: -32602,
            says: "Did you mean audience?"),
        Row(method: "completion/complete", code: -32602),
        Row(
            method: "completion/complete", params: #""ref":{"type":"ref/tool"},"argument":{"name":"id","value":""}"#, code: -32602,
            says: "ref/resource"),
        Row(
            method: "completion/complete", params: #""ref":{"type":"ref/prompt","name":"x"},"argument":{"name":"id","value":""}"#,
            code: -32602, says: "make-tea"),
        Row(method: "tools/list", version: "2025-03-26", status: 400, code: -32022, says: "2025-06-18"),
        Row(method: "tools/list", version: "yesterday", status: 400, code: -32022, says: "\"requested\":\"yesterday\""),
    ])
    func `what goes wrong is told with the codes that older clients know`(row: Row) throws {
        try MCPClient.serving { client in
            let answer = try client.legacy(row.method, row.params, version: row.version)
            #expect(answer.status == row.status && answer.errorCode == row.code, "\(answer.body)")
            #expect(try answer.json.string("id") == "a")
            #expect(answer["Content-Type"] == "application/json")
            #expect(answer.body.replacing("\\\"", with: "\"").contains(row.says), "\(answer.body)")
        }
    }
}
