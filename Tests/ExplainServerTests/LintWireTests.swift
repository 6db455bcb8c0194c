import ExplainerKit
import HTTPD
import TestSupport
import Testing

@testable import ExplainServer

/// The style gate over a real socket.
@Suite struct LintWireTests {
    private func serving(_ settings: Settings? = nil, _ body: (WireClient) throws -> Void) throws {
        let settings = try settings ?? Settings()
        let app = App(site: try Site(snapshot: Snapshot(SmallTopic.files), settings: settings), settings: settings)
        try app.serving(settings.serverConfiguration) { port in try body(try WireClient(port: port)) }
    }

    private func post(_ target: String, _ type: String?, _ body: [UInt8], accept: String = "*/*", length: Int? = nil) -> [UInt8] {
        var head = "POST \(target) HTTP/1.1\r\nHost: gate.example\r\nAccept: \(accept)\r\n"
        if let type { head += "Content-Type: \(type)\r\n" }
        return Array((head + "Content-Length: \(length ?? body.count)\r\n\r\n").utf8) + body
    }

    private func post(_ target: String, _ type: String?, _ body: String, accept: String = "*/*") -> [UInt8] {
        post(target, type, Array(body.utf8), accept: accept)
    }

    @Test(arguments: [
        ("text/plain", "Tea 😀.", 9), ("text/plain; charset=utf-8", "Tea.", 4), ("TEXT/Markdown;charset=\"UTF-8\"", "*Tea*", 5),
        ("text/html", "<p>Tea</p>", 10), ("application/json", #"{"text": "Te\u0061", "format": "markdown", "audience": null}"#, 3),
        ("application/json; charset=utf-8", #"{"text": "", "scope": "explainer", "audience": "visitor", "topic": "tea"}"#, 0),
        ("application/x-www-form-urlencoded", "text=Tea+%26%0D%0Amilk%0C&format=html&scope=fragment&audience=&topic=", 12),
        ("text/plain", "", 0),
    ])
    func `every type of body is checked`(type: String, body: String, bytes: Int) throws {
        try serving { client in
            client.send(post("/lint", type, body))
            let answer = try client.answer()
            #expect(answer.status == 200, "\(answer.body)")
            #expect(answer["Content-Type"] == "application/json" && answer["Cache-Control"] == "no-store")
            let timing = try #require(answer["Server-Timing"]).split(separator: ", ").map { $0.split(separator: ";dur=") }
            #expect(timing.map(\.first) == ["parse", "rules", "numbers", "structure", "total"])
            let times = timing.compactMap { Double($0[1]) }
            #expect(times.count == 5 && times.dropLast().reduce(0, +) <= times[4] + 0.005)
            #expect(answer["X-Request-Id"] != nil && answer["ETag"] == nil)
            #expect(answer.body.contains("\"bytes\": \(bytes),"), "\(answer.body)")
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var target = "/lint"
        var type: String? = "text/plain"
        var body = "Tea."
        var status = 400
        var says: [String]
        var testDescription: String { "\(target) \(type ?? "no type") \(body.prefix(40))" }
    }

    @Test(arguments: [
        Row(target: "/lint?scope=fragmnt", says: ["Did you mean fragment?", "\"explainer\""]),
        Row(target: "/lint?scop=fragment", says: ["Did you mean scope?"]),
        Row(target: "/lint?audience=gest", says: ["Did you mean guest?"]), Row(target: "/lint?topic=tee", says: ["Did you mean tea?"]),
        Row(target: "/lint?format=sarf", says: ["Did you mean sarif?"]), Row(target: "/lint?fail_on=errors", says: ["Did you mean error?"]),
        Row(target: "/lint?fail_on=", says: ["\"never\""]), Row(target: "/lint.json?format=sarif", says: ["give one of the two"]),
        Row(target: "/lint?scope=fragment&scope=fragment", says: ["given twice"]),
        Row(type: "application/json", body: #"{"txet": "a"}"#, says: ["Did you mean text?", "text is missing"]),
        Row(
            type: "application/json", body: #"{"text": 1, "scope": []}"#,
            says: ["text has to be a text in quotation marks, not a number", "a list"]),
        Row(type: "application/json", body: #"{"text": null}"#, says: ["not null"]),
        Row(type: "application/json", body: #"{"text": "a", "format": "pdf"}"#, says: ["\"markdown\""]),
        Row(type: "application/json", body: #"{"text": "a","#, says: ["line 1, column 14", "(byte 13)"]),
        Row(type: "application/json", body: "{\"text\": \"é\",\n \"text\": \"b\"}", says: ["line 2, column 2", "stands twice"]),
        Row(type: "application/json", body: "[]", says: ["JSON object"]),
        Row(
            target: "/lint?audience=host", type: "application/json", body: #"{"text": "a", "audience": "guest"}"#,
            says: ["audience stands in the address and in the body"]),
        Row(type: "application/x-www-form-urlencoded", body: "It is 88% tea.", says: ["-H 'Content-Type: text/plain'"]),
        Row(type: "application/x-www-form-urlencoded", body: "text=a&text=b", says: ["given twice"]),
        Row(type: "application/x-www-form-urlencoded", body: "text=a&fromat=html", says: ["Did you mean format?"]),
        Row(type: "application/x-www-form-urlencoded", body: "text=%ff", says: ["not valid UTF-8"]),
        Row(type: "application/pdf", status: 415, says: ["text/markdown"]), Row(type: nil, status: 415, says: ["Content-Type is missing"]),
        Row(type: "text/plain; charset=iso-8859-1", status: 415, says: ["UTF-8"]),
        Row(target: "/explain", status: 405, says: ["GET, HEAD and OPTIONS"]),
    ])
    func `what cannot be checked is refused with what would have worked`(row: Row) throws {
        try serving { client in
            client.send(post(row.target, row.type, row.body))
            let answer = try client.answer()
            #expect(answer.status == row.status)
            #expect(answer["Content-Type"] == "application/problem+json" && answer["Cache-Control"] == "no-store")
            for part in row.says { #expect(answer.body.replacing("\\\"", with: "\"").contains(part), "\(answer.body)") }
            if row.status == 415 { #expect(answer["Accept-Post"]?.contains("text/html, application/json") == true) }
            client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.answer().status == 200)
        }
    }

    @Test func `bytes that are no UTF-8 are refused with their offset`() throws {
        try serving { client in
            for type in ["text/plain", "application/json"] {
                client.send(post("/lint", type, Array("Tea é ".utf8) + [0xFF, 0x61]))
                let answer = try client.answer()
                #expect(answer.status == 400 && answer.body.contains("byte 7,"), "\(answer.body)")
            }
        }
    }

    @Test(arguments: [
        ("text/plain", 1001, "1000"), ("application/json", 7097, "7096"), ("application/x-www-form-urlencoded", 1 << 40, "7096"),
        ("text/markdown", 1 << 40, "1000"),
    ])
    func `a body that is announced as too long is refused before it is sent`(type: String, length: Int, limit: String) throws {
        var settings = try Settings()
        settings.lintMaxBytes = 1000
        settings.maxBodyBytes = 10
        try serving(settings) { client in
            client.send(post("/lint", type, [], length: length))
            let answer = try client.answer()
            #expect(answer.status == 413 && answer.body.contains("larger than \(limit) bytes"), "\(answer.body)")
        }
    }

    @Test func `the limit is for the text, whatever it is sent as`() throws {
        var settings = try Settings()
        settings.lintMaxBytes = 1000
        settings.maxBodyBytes = 10
        try serving(settings) { client in
            for (count, status) in [(1000, 200), (1001, 413)] {
                let text = String(repeating: "é", count: count / 2) + String(repeating: "a", count: count % 2)
                let escaped = text.unicodeScalars.map { $0 == "é" ? "\\u00e9" : "a" }.joined()
                client.send(post("/lint", "application/json", "{\"text\": \"\(escaped)\"}"))
                let json = try client.answer()
                #expect(json.status == status && (status == 200 || json.body.contains("at most 1000")), "\(json.body)")
                client.send(post("/lint", "application/x-www-form-urlencoded", "text=" + percentEncoded(text)))
                #expect(try client.answer().status == status)
            }
            client.send(post("/explain", "text/plain", "12345678901"))
            #expect(try client.answer().status == 413)
        }
    }

    @Test(arguments: [
        ("", "*/*", "application/json"), ("", "text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("", "text/plain", "text/plain; charset=utf-8"),
        ("", "application/sarif+json", "application/sarif+json"), ("?format=sarif", "*/*", "application/sarif+json"),
        ("?format=rdjsonl", "*/*", "application/x-ndjson"), ("?format=github", "*/*", "text/plain; charset=utf-8"),
        ("?format=text", "text/html", "text/plain; charset=utf-8"), (".sarif", "*/*", "application/sarif+json"),
        (".txt?fail_on=never", "*/*", "text/plain; charset=utf-8"),
    ])
    func `the answer has the form that was asked for`(query: String, accept: String, type: String) throws {
        try serving { client in
            client.send(post("/lint" + query, "text/plain", "Tea.", accept: accept))
            let answer = try client.answer()
            #expect(answer.status == 200 && answer["Content-Type"] == type)
        }
    }

    @Test func `nothing acceptable is 406, and methods are told`() throws {
        try serving { client in
            client.send(post("/lint", "text/plain", "Tea.", accept: "image/png"))
            let answer = try client.answer()
            #expect(answer.status == 406 && answer.body.contains("application/sarif+json"))
            client.send("OPTIONS /lint HTTP/1.1\r\nHost: x\r\nOrigin: https://wiki.example\r\nAccess-Control-Request-Method: POST\r\n\r\n")
            let preflight = try client.answer()
            #expect(preflight["Allow"] == "GET, HEAD, POST, OPTIONS")
            #expect(preflight["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS")
            #expect(preflight["Access-Control-Allow-Headers"]?.contains("Content-Type") == true)
            client.send("GET /lint HTTP/1.1\r\nHost: x\r\n\r\n")
            let description = try client.answer()
            #expect(description.status == 200 && description.body.contains("\"max_bytes\": 1048576"))
        }
    }
}
