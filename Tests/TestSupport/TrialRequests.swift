/// Requests as somebody would send them who wants the service to fall over; the same seed makes the same ones.
///
/// Each begins as a valid request and is changed where its grammar has a joint, because noise alone never gets past the first check.
package struct TrialRequests {
    /// What a request is changed in.
    package enum Kind: String, CaseIterable, Sendable {
        case query, negotiation, lint, languageTool, mcp
    }

    private var generator: SplitMix64

    package init(seed: UInt64) { generator = SplitMix64(state: seed) }

    /// A request whose head and length are in order, so that another one may follow on its connection.
    package mutating func framed() -> (kind: Kind, bytes: [UInt8]) {
        let kind = pick(Kind.allCases)
        switch kind {
        case .query: return (kind, get(target()))
        case .negotiation: return (kind, get(pick(Self.resources).path, negotiation()))
        case .lint:
            let tree = pick([Self.lintSeed, .object([("\"text\"", .string(pick(Self.texts)))])])
            return (kind, post("/lint\(chance(4) ? "?" + query(Self.lintParameters) : "")", pick(Self.lintTypes), document(tree)))
        case .languageTool:
            let form = chance(2) ? "text=" + escaped(text()) : "data=" + escaped(String(decoding: document(Self.annotated), as: UTF8.self))
            return (
                kind,
                post("/v2/check", "application/x-www-form-urlencoded", Array("\(form)&language=en-US&\(query(Self.toolParameters))".utf8))
            )
        case .mcp:
            let (method, params) = pick(Self.calls)
            let isModern = chance(2)
            let tree = JSONTree.object([
                ("\"jsonrpc\"", .string("2.0")), ("\"id\"", .raw(pick(["1", "\"a\"", "null", "1.5"]))), ("\"method\"", .string(method)),
                ("\"params\"", isModern ? .object(params + [("\"_meta\"", Self.meta)]) : .object(params)),
            ])
            var fields = "Accept: application/json, text/event-stream\r\n"
            if !chance(8) { fields += "MCP-Protocol-Version: \(isModern ? "2026-07-28" : pick(["2025-06-18", "2025-11-25", "1"]))\r\n" }
            if isModern, !chance(8) { fields += "Mcp-Method: \(method)\r\n" }
            if isModern, !chance(8), case .raw(let name)? = params.first?.1 { fields += "Mcp-Name: \(name.dropFirst().dropLast())\r\n" }
            return (kind, post("/mcp", "application/json", document(tree), fields))
        }
    }

    /// A request of which nothing need be in order any more.
    package mutating func raw() -> [UInt8] {
        var bytes = chance(3) ? framed().bytes : Array(pick(Self.heads).utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 0...12, using: &generator))
            switch Int.random(in: 0..<7, using: &generator) {
            case 0: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 4: bytes = Array(bytes.prefix(max(place, 1)))
            case 5:
                let piece = Array(pick(Self.pieces).utf8)
                bytes.insert(contentsOf: Array(repeatElement(piece, count: pick([1, 2, 100, 3000])).joined()), at: place)
            default: bytes.insert(contentsOf: Array(pick(Self.pieces).utf8), at: place)
            }
        }
        return bytes
    }

    // MARK: Parts

    private mutating func target() -> String {
        let resource = pick(Self.resources)
        var path = resource.path
        if chance(6) { path += pick([".json", ".html", ".md", ".txt", ".csv", ".exe", ".", "/", "//x", "%41", "/\(escaped(text()))"]) }
        return chance(10) ? path : path + "?" + query(resource.parameters)
    }

    private mutating func query(_ parameters: [(name: String, values: [String])]) -> String {
        let all =
            parameters + [(name: "format", values: ["json", "html", "text", "markdown", "csv", "ndjson", "jsonld", "slack", "fragment"])]
        return (0..<Int.random(in: 1...6, using: &generator)).map { _ in
            let (name, values) = pick(all)
            switch Int.random(in: 0..<12, using: &generator) {
            case 0: return "\(name)=\(escaped(text()))"
            case 1: return "\(name)=\(noise())"
            case 2: return name
            case 3: return "\(escaped(text()))=\(pick(values))"
            case 4: return "\(name)=\(pick(values)),\(pick(values)),,\(noise())"
            case 5: return "\(name)=" + String(repeating: pick(values), count: pick([2, 40, 600]))
            case 6: return pick(["&", "=", "&&=&", ";", "_=1", "utm_x=y", "%", "%0", "%zz", "\(name)[]=1", "+", "a=b=c"])
            case 7:
                return
                    "\(name)=\(pick(["-1", "0", "1", "9223372036854775807", "9223372036854775808", "1e9", "0x1", "1.5", "%D9%A3", "NaN"]))"
            default: return "\(name)=\(escaped(pick(values)))"
            }
        }.joined(separator: "&")
    }

    private mutating func negotiation() -> String {
        var fields = ""
        for name in ["Accept", "Accept-Encoding", "If-None-Match", "If-Modified-Since", "Origin", "Range", "X-Request-Id", "Cookie"]
        where chance(2) {
            let value = (0..<Int.random(in: 0...6, using: &generator)).map { _ in pick(Self.values) }.joined(
                separator: pick([",", ", ", ";", " ", ""]))
            fields += "\(name): \(String(repeating: value, count: pick([1, 1, 1, 20])).prefix(1500))\r\n"
        }
        return fields
    }

    private mutating func document(_ seed: JSONTree) -> [UInt8] {
        var tree = seed
        for _ in 0..<Int.random(in: 0...3, using: &generator) { tree = tree.mutated(&generator) }
        var bytes = Array(tree.text.utf8)
        if chance(8), !bytes.isEmpty {
            let place = bytes.indices.randomElement(using: &generator) ?? 0
            bytes[place] = UInt8.random(in: 0...255, using: &generator)
        }
        if chance(30) { bytes = Array(bytes.prefix(bytes.count / 2)) }
        return bytes
    }

    private mutating func text() -> String {
        if chance(2) { return pick(Self.texts) }
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...30, using: &generator) {
            scalars.append(Unicode.Scalar(UInt32.random(in: 0..<0xD800, using: &generator)) ?? " ")
        }
        return String(scalars)
    }

    /// Escaped bytes that need not be text.
    private mutating func noise() -> String {
        (0..<Int.random(in: 1...8, using: &generator)).map { _ in
            let byte = UInt8.random(in: 0...255, using: &generator)
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private func escaped(_ text: String) -> String {
        text.utf8.map { byte -> String in
            let isPlain = byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private func get(_ target: String, _ fields: String = "") -> [UInt8] {
        Array("GET \(target.prefix(8000)) HTTP/1.1\r\nHost: h\r\n\(fields)\r\n".utf8)
    }

    private func post(_ target: String, _ type: String, _ body: [UInt8], _ fields: String = "") -> [UInt8] {
        Array(
            "POST \(target.prefix(8000)) HTTP/1.1\r\nHost: h\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\(fields)\r\n"
                .utf8) + body
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element { choices[Int.random(in: 0..<choices.count, using: &generator)] }

    private mutating func chance(_ outOf: Int) -> Bool { Int.random(in: 0..<outOf, using: &generator) == 0 }
}

extension TrialRequests {
    private static let audience = (
        name: "audience", values: ["general", "student", "product-manager", "developer", "mixed", "pm", "Studnet"]
    )
    private static let trigger = (
        name: "trigger", values: ["explain-quantization-simply", "make llm tech accessible", "analogy", "please explain"]
    )
    private static let length = (name: "length", values: ["brief", "standard", "full", "short"])
    private static let topic = (name: "topic", values: ["quantization", "tea", "none"])
    private static let heading = (name: "heading", values: ["1", "2", "4", "9"])
    private static let factParameters = [
        (name: "theme", values: ["memory", "accuracy,speed", "edge"]), (name: "method", values: ["awq", "gptq,gguf", "qlora"]),
        (name: "model", values: ["Qwen2-7B-Instruct"]), (name: "hardware", values: ["A100 80 GB"]),
        (name: "bits", values: ["4", "3.5", "16"]),
        (name: "status", values: ["verified", "derived,refuted", "unsupported"]), (name: "year", values: ["2024", "2023,2024"]),
        (name: "source", values: ["awq-paper"]), (name: "used_in", values: ["student", "pm"]),
        (name: "q", values: ["less memory", "75%", "the"]),
        (name: "sort", values: ["id", "year", "-year", "value"]), (name: "limit", values: ["1", "10", "1000", "1001"]),
        (name: "cursor", values: ["MQ", "eyJ9", "awq"]), (name: "fields", values: ["id", "id,statement", "quantity"]),
        (name: "facets", values: ["theme", "theme,method", "year"]),
    ]
    private static let lintParameters = [
        (name: "scope", values: ["fragment", "explainer"]), audience, topic, (name: "fail_on", values: ["error", "warning"]),
        (name: "path", values: ["a.md", "../x"]),
    ]
    private static let toolParameters = [
        (name: "language", values: ["en-US", "auto", "de"]), (name: "enabledRules", values: ["magic", "hype,jargon"]),
        (name: "disabledRules", values: ["magic"]), (name: "enabledOnly", values: ["true", "false"]),
    ]
    private static let resources: [(path: String, parameters: [(name: String, values: [String])])] = [
        ("/explain", [audience, trigger, length, topic, heading]), ("/explain", [audience, trigger, length, topic, heading]),
        ("/facts", factParameters), ("/facts", factParameters), ("/facts/feed.atom", [topic]), ("/facts/int4-vs-fp16-weights", [topic]),
        ("/match", [(name: "q", values: texts), topic]), ("/prompt", [audience, trigger, topic]),
        ("/embed", [audience, trigger, length, topic]),
        (
            "/oembed",
            [
                (name: "url", values: ["/explain", "http://h/explain?audience=student", "//h", "http://[", "https://h:x/embed?x"]),
                (name: "maxwidth", values: ["1", "640"]), (name: "maxheight", values: ["1", "480"]),
            ]
        ),
        ("/topics", [topic]), ("/audiences", [topic]), ("/triggers", [topic]), ("/analogies", [topic]), ("/methods", [topic]),
        ("/methods/awq", [topic]), ("/sources", [topic]), ("/rules", [topic]), ("/rules/magic", [topic]), ("/myths", [topic]),
        ("/charts", [topic]),
        ("/charts/memory.svg", [topic]), ("/og/student.png", [topic]), ("/lint", lintParameters), ("/v2/check", toolParameters),
        ("/v2/languages", []),
        ("/openapi.json", []), ("/llms.txt", []), ("/skill/SKILL.md", []), ("/embed.js", []), ("/version", []), ("/healthz", []),
        ("/readyz", []), ("/", []),
        ("/mcp", []), ("/nothing", []),
    ]

    private static let texts = [
        "", "75% less memory", "Quantization is magic.", "It needs half of the memory, and runs 4-bit weights on a 6 GB card.",
        "é\u{0301}😀",
        "explain quantization simply please", "# Title\n\n> quoted\n\n```\ncode\n```\n[a](http://b) <b>bold</b>",
        "\u{0}\u{7F}\u{200B}\u{FEFF}",
        "Meet Alice, a busy developer who always validates her tensors.",
    ]

    private static let values = [
        "text/html", "application/json", "*/*", "text/*", "*/json", "text/markdown", "image/svg+xml", "text/html;q=0.5", ";q=0", "q=1.0001",
        ";q=-1",
        ";q=1e9", ";q=", ";q=0.0000000000001", "gzip", "br", "identity", "identity;q=0", "*;q=0", "x-gzip", "gzip;q=abc", "*", "\"",
        "\"abc\"", "W/\"x\"",
        "W/", "\"a,b\"", "bytes=0-1", "bytes=-", "Mon, 23 Nov 2026 00:00:00 GMT", "http://h", "null", "/", "é", "\u{A0}", "\t", "a=b",
        ";;;", "level=1",
        "application/problem+json", "charset=\"utf-8",
    ]

    private static let lintTypes = [
        "application/json", "application/json", "application/json; charset=utf-8", "text/plain", "text/markdown", "text/html",
        "application/xml",
        "application/x-www-form-urlencoded", "application/json; charset=utf-16", "text/plain;;=", "",
    ]

    private static let lintSeed = JSONTree.object([
        ("\"text\"", .string("It takes 88% less memory, like magic.\\n\\n- one\\n- two")), ("\"format\"", .string("markdown")),
        ("\"scope\"", .string("explainer")), ("\"audience\"", .string("student")), ("\"topic\"", .string("quantization")),
    ])

    private static let annotated = JSONTree.object([
        (
            "\"annotation\"",
            .array([
                .object([("\"text\"", .string("A "))]),
                .object([("\"markup\"", .string("<b>")), ("\"interpretAs\"", .string("\\n"))]),
                .object([("\"text\"", .string("magic trick 😀."))]),
            ])
        )
    ])

    private static let meta = JSONTree.object([
        ("\"io.modelcontextprotocol/protocolVersion\"", .string("2026-07-28")),
        ("\"io.modelcontextprotocol/clientCapabilities\"", .object([])),
    ])

    private static func tool(_ name: String, _ arguments: [(String, JSONTree)]) -> (String, [(String, JSONTree)]) {
        ("tools/call", [("\"name\"", .string(name)), ("\"arguments\"", .object(arguments))])
    }

    private static let calls: [(String, [(String, JSONTree)])] = [
        (
            "initialize",
            [
                ("\"protocolVersion\"", .string("2025-06-18")), ("\"capabilities\"", .object([])),
                ("\"clientInfo\"", .object([("\"name\"", .string("trial")), ("\"version\"", .string("1"))])),
            ]
        ),
        ("server/discover", []), ("ping", []), ("notifications/initialized", []), ("tools/list", [("\"cursor\"", .string("x"))]),
        ("prompts/list", []),
        ("resources/list", []), ("resources/templates/list", []), ("resources/read", [("\"uri\"", .string("fact://int4-vs-fp16-weights"))]),
        (
            "prompts/get",
            [("\"name\"", .string("explain-quantization-simply")), ("\"arguments\"", .object([("\"audience\"", .string("student"))]))]
        ),
        (
            "completion/complete",
            [
                ("\"ref\"", .object([("\"type\"", .string("ref/prompt")), ("\"name\"", .string("explain-quantization-simply"))])),
                ("\"argument\"", .object([("\"name\"", .string("audience")), ("\"value\"", .string("st"))])),
            ]
        ),
        tool("explain", [("\"audience\"", .string("student")), ("\"length\"", .string("brief"))]),
        tool("find_facts", [("\"theme\"", .array([.string("memory")])), ("\"limit\"", .raw("5")), ("\"q\"", .string("less"))]),
        tool("get_fact", [("\"id\"", .string("int4-vs-fp16-weights"))]), tool("search", [("\"query\"", .string("memory"))]),
        tool("fetch", [("\"id\"", .string("int4-vs-fp16-weights"))]),
        tool("lint", [("\"text\"", .string("88% less")), ("\"format\"", .string("plain"))]),
    ]

    private static let heads = [
        "GET /explain?audience=student HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\n\r\n", "HEAD /facts HTTP/1.1\r\nHost: h:80\r\n\r\n",
        "GET http://h/explain HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "POST /lint HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nmagic",
        "POST /lint HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nA: b\r\n\r\n",
        "POST /lint HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nmagic",
        "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /healthz HTTP/1.1\r\nHost: h\r\n\r\nGET /version HTTP/1.1\r\nHost: h\r\n\r\n",
    ]

    private static let pieces = [
        "\r\n", "\n", "\r", "\0", ":", " ", "\t", "\r\n ", "\r\n\r\n", "Content-Length: 5\r\n", "Content-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Host: h\r\n", "Expect: 100-continue\r\n", "%00", "%", "?", "&", "a=1&", "HTTP/1.1", "HTTP/1.0", "GET ", "0\r\n\r\n",
        "ffffffff\r\n", ";", ",", "\"",
        "Cookie: =x\r\n", "Connection: close\r\n", "/", "http://", "*", "X: y\r\n", "é",
    ]
}
