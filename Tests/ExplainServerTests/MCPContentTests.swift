import ExplainerKit
import TestSupport
import Testing

@testable import ExplainServer

/// What tools, prompts and resources say, in the newer dialect.
@Suite struct MCPContentTests {
    @Test func `discovery says what there is`() throws {
        try MCPClient.serving { client in
            let answer = try client.modern("server/discover")
            #expect(answer.status == 200)
            #expect(answer.body.contains(#""supportedVersions":["2026-07-28","2025-11-25","2025-06-18"]"#), "\(answer.body)")
            #expect(answer.body.contains(#""capabilities":{"tools":{},"resources":{},"prompts":{},"completions":{}}"#))
            #expect(answer.body.contains(#""ttlMs":300000,"cacheScope":"public""#))
            #expect(answer.body.contains(#""_meta":{"io.modelcontextprotocol/serverInfo":{"name":"explain-server""#))
        }
    }

    @Test func `results say that they are complete, and lists how long they hold`() throws {
        try MCPClient.serving { client in
            for (method, params, name) in [
                ("tools/list", "", nil), ("resources/list", "", nil), ("resources/templates/list", "", nil), ("prompts/list", "", nil),
                ("resources/read", #""uri":"explain://fact/boiling""#, "explain://fact/boiling"),
                ("prompts/get", #""name":"make-tea""#, "make-tea"), ("tools/call", #""name":"explain""#, "explain"),
                (
                    "completion/complete", #""ref":{"type":"ref/prompt","name":"make-tea"},"argument":{"name":"audience","value":"g"}"#, nil
                ),
            ] {
                let answer = try client.modern(method, params, name: name)
                #expect(answer.status == 200, "\(answer.body)")
                let result = try answer.json.object("result")
                #expect(try result.string("resultType") == "complete")
                _ = try result.object("_meta")
                let isKept = method.hasSuffix("list") || method == "resources/read"
                #expect(answer.body.contains("\"cacheScope\":\"public\"") == isKept, "\(method)")
            }
        }
    }

    @Test(arguments: [
        (
            "explain", #"{"audience":"Visitor","length":"brief"}"#,
            ["\"text\":\"# Tea for the guest", "{\"text\":\"100 degrees\",\"fact\":\"boiling\"}"]
        ),
        ("explain", "{}", ["\"matched\":\"default\""]),
        ("explain", #"{"trigger":"please show me how to brew some","audience":null}"#, ["\"matched\":\"phrase\""]),
        ("find_facts", #"{"theme":["heat","taste"],"limit":2}"#, ["\"count\":4,\"total\":5,\"next_cursor\":\"green-tea-cooler\""]),
        ("find_facts", #"{"theme":"heat","limit":"1","cursor":"boiling"}"#, ["\"id\":\"green-water\""]),
        ("find_facts", #"{"status":["refuted"],"theme":[]}"#, ["\"reason\":\"Nobody could taste it.\",\"instead\":[\"green-tea-cooler\"]"]),
        ("find_facts", #"{"bits":[4],"year":1999}"#, ["\"count\":1,"]), ("find_facts", #"{"q":"kettle"}"#, ["\"facts\":[]"]),
        ("get_fact", #"{"id":"Heat_Gap"}"#, ["\"formula\":\"100 - 80\""]),
        ("lint", #"{"text":"Water boils at 100 °C at sea level.","audience":"guest"}"#, ["\"ok\":true,\"counts\":{\"error\":0"]),
        ("search", #"{"query":"How hot is water for green tea?"}"#, ["\"url\":\"http://tea.example/facts/green-water\""]),
        ("search", #"{"query":"how to brew a cup"}"#, ["\"id\":\"tea/guest/make-tea\""]),
        ("search", #"{"query":"is milk poured first"}"#, ["\"title\":\"Refuted: Tea has to be poured on milk. Nobody could taste it.\""]),
        ("search", #"{"query":"xyzzy"}"#, ["\"results\":[]"]),
        ("fetch", #"{"id":"tea/host/tea-by-analogy"}"#, ["\"text\":\"# Tea for the host", "\"metadata\":{\"kind\":\"explainer\""]),
        ("fetch", #"{"id":"boiling"}"#, ["\"text\":\"# boiling\\n\\nWater boils at 100 °C", "\"status\":\"verified\""]),
    ])
    func `a tool answers in JSON, and again as text`(tool: String, arguments: String, says: [String]) throws {
        try MCPClient.serving { client in
            let answer = try client.modern("tools/call", #""name":"\#(tool)","arguments":\#(arguments)"#, name: tool)
            #expect(answer.status == 200, "\(answer.body)")
            let result = try JSONReader.value(of: Array(answer.body.utf8))["result"] ?? .null
            #expect(result["isError"] == .bool(false))
            let structured = result["structuredContent"]?.text ?? ""
            for part in says { #expect(structured.contains(part), "\(structured)") }
            guard case .array(let blocks)? = result["content"] else { throw JSONObject.NotThere(key: "content") }
            #expect(blocks.count == 1 && blocks[0]["text"]?.string == structured)
        }
    }

    @Test(arguments: [
        ("explain", #"{"audience":"gest"}"#, "\"gest\" is not a known audience. Did you mean guest? Valid: guest, host."),
        (
            "explain", #"{"audiance":"guest"}"#,
            "There is no parameter \"audiance\" here. Did you mean audience? Valid: audience, trigger, length, topic."
        ),
        ("explain", #"{"audience":""}"#, "The parameter audience is empty; give it a value or leave it out. Valid: guest, host."),
        ("explain", #"{"length":{}}"#, "length has to be a text, not an object. Valid: brief, standard, full."),
        ("find_facts", #"{"theme":["heta"]}"#, "\"heta\" is not a known theme. Did you mean heat? Valid: heat, taste."),
        ("find_facts", #"{"theme":[true]}"#, "theme has to be a list of texts. Valid: heat, taste."),
        ("find_facts", #"{"limit":1.5}"#, "limit has to be a whole number from 1 to 100."),
        ("get_fact", #"{"id":"boilng"}"#, "There is no fact \"boilng\". Did you mean boiling?"),
        ("get_fact", #"{"id":["boiling"]}"#, "id has to be a text, not a list."),
        ("lint", #"{"text":["a"]}"#, "text has to be a text in quotation marks, not a list."),
        ("lint", #"{"text":"a","format":"pdf"}"#, "\"pdf\" is not a known format. Valid: plain, markdown, html."),
        ("fetch", "{}", "id is missing. The id of a result of search, or of a fact."),
    ])
    func `a bad argument comes back so that the call can be mended`(tool: String, arguments: String, says: String) throws {
        try MCPClient.serving { client in
            let answer = try client.modern("tools/call", #""name":"\#(tool)","arguments":\#(arguments)"#, name: tool)
            #expect(answer.status == 200, "\(answer.body)")
            let result = try answer.json.object("result")
            #expect(answer.body.contains("\"isError\":true") && !answer.body.contains("structuredContent"))
            #expect(try result.array("content").map { try $0.string("text") } == [says])
        }
    }

    @Test func `a text over the limit, and arguments without end, are told the limits`() throws {
        var settings = try Settings()
        settings.lintMaxBytes = 1000
        try MCPClient.serving(settings) { client in
            for (tool, arguments, says) in [
                ("lint", "{\"text\":\"\(String(repeating: "a", count: 1001))\"}", "at most 1000 are checked"),
                ("search", "{\"query\":\"\(String(repeating: "a", count: 201))\"}", "longer than 200 "),
                ("get_fact", "{\"id\":\"\(String(repeating: "a", count: 9000))\"}", "longer than 2000 bytes"),
                ("lint", "{\((0...100).map { "\"a\($0)\":1" }.joined(separator: ","))}", "more than 100 arguments"),
                ("find_facts", "{\"theme\":[\(Array(repeating: "\"x\"", count: 101).joined(separator: ","))]}", "more than 100 values"),
            ] {
                let answer = try client.modern("tools/call", #""name":"\#(tool)","arguments":\#(arguments)"#, name: tool)
                #expect(answer.status == 200 && answer.body.contains(says) && answer.body.contains("\"isError\":true"), "\(answer.body)")
            }
        }
    }

    @Test func `errors of the protocol have the statuses of the newer dialect`() throws {
        try MCPClient.serving { client in
            for (method, params, name, says) in [
                ("tools/call", #""name":"lnt""#, "lnt", "Did you mean lint?"),
                ("resources/read", #""uri":"explain://fact/none""#, "explain://fact/none", "\"data\":{\"uri\":\"explain://fact/none\"}"),
                ("prompts/get", #""name":"none""#, "none", "There is no prompt"),
                ("resources/list", #""cursor":"none""#, nil, "nextCursor"),
            ] {
                let answer = try client.modern(method, params, name: name)
                #expect(answer.status == 400 && answer.errorCode == -32602 && answer.body.contains(says), "\(answer.body)")
            }
        }
    }

    @Test func `every listed resource can be read`() throws {
        try MCPClient.serving { client in
            let resources = try client.modern("resources/list").json.object("result").array("resources")
            #expect(resources.count == 12 + 2 + 5)
            for resource in resources {
                let uri = try resource.string("uri")
                let answer = try client.modern("resources/read", "\"uri\":\"\(uri)\"", name: uri)
                let contents = try answer.json.object("result").array("contents")
                #expect(contents.count == 1)
                #expect(try contents[0].string("uri") == uri)
                #expect(try contents[0].string("mimeType") == resource.string("mimeType"))
                #expect(try contents[0].string("text").isEmpty == false)
            }
        }
    }

    @Test(arguments: [
        ("explain://explainer/{topic}/{audience}/{trigger}/{length}", "audience", "vis", ["guest"]),
        ("explain://explainer/{topic}/{audience}/{trigger}/{length}", "trigger", "", ["make-tea", "tea-by-analogy"]),
        ("explain://explainer/{topic}/{audience}/{trigger}/{length}", "length", "B", ["brief"]),
        ("explain://explainer/{topic}/{audience}/{trigger}/{length}", "topic", "t", ["tea"]),
        ("explain://method/{topic}/{method}", "method", "cold b", ["cold-brew"]),
        ("explain://fact/{id}", "id", "water", ["green-water"]), ("explain://fact/{id}", "id", "zzz", []),
    ])
    func `what was begun is completed`(template: String, name: String, value: String, values: [String]) throws {
        try MCPClient.serving { client in
            let params =
                #""ref":{"type":"ref/resource","uri":"\#(template)"},"argument":{"name":"\#(name)","value":"\#(value)"},"#
                + #""context":{"arguments":{"topic":"tea"}}"#
            let answer = try client.modern("completion/complete", params)
            let expected = JSON.object([("values", .strings(values)), ("total", .integer(values.count)), ("hasMore", .bool(false))]).text
            #expect(answer.body.contains("\"completion\":\(expected)"), "\(answer.body)")
        }
    }

    @Test func `prompts are there for each trigger and each audience`() throws {
        try MCPClient.serving { client in
            let prompts = try client.modern("prompts/list").json.object("result").array("prompts")
            #expect(try prompts.map { try $0.string("name") } == ["make-tea", "tea-by-analogy"])
            let answer = try client.modern("prompts/get", #""name":"make-tea","arguments":{"audience":"hosts"}"#, name: "make-tea")
            #expect(answer.body.contains("\"role\":\"user\"") && answer.body.contains("host"), "\(answer.body)")
        }
    }
}
