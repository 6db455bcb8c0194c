import Crypto
import ExplainerKit
import HTTPD
import TestSupport
import Testing

@testable import ExplainServer

/// Slack's slash command, and pieces as Slack messages.
@Suite struct SlackTests {
    private static let secret = "8f742231b10e8888abcd99yyyzzz85a5"
    private static let time = 1_531_420_618

    private func app(secret: String = SlackTests.secret, now: Int = SlackTests.time) throws -> App {
        var settings = try Settings()
        settings.slackSigningSecret = secret
        return App(site: try Site(snapshot: Snapshot(SmallTopic.files), settings: settings, now: { now }), settings: settings)
    }

    /// The signature by a reckoning of its own.
    private func sign(_ body: String, at stamp: String = String(SlackTests.time), with secret: String = SlackTests.secret) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array("v0:\(stamp):\(body)".utf8), using: SymmetricKey(data: Array(secret.utf8)))
        return "v0=" + code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private func send(_ app: App, _ body: String, signature: String?, stamp: String? = String(SlackTests.time)) -> Response {
        var headers = [Field("Content-Type", "application/x-www-form-urlencoded")]
        if let signature { headers.append(Field("X-Slack-Signature", signature)) }
        if let stamp { headers.append(Field("X-Slack-Request-Timestamp", stamp)) }
        return app.respond(Request(method: .post, target: "/slack", headers: headers, body: Array(body.utf8)))
    }

    private func ask(_ text: String) throws -> Response {
        let body = "command=%2Ftea&text=\(percentEncoded(text))&team_id=T1&response_url=https%3A%2F%2Fhooks.slack.example%2Fx"
        return send(try app(), body, signature: sign(body))
    }

    @Test func `the signature is the one of Slack's own example`() throws {
        let body = """
            token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA\
            &user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN\
            &trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c
            """
        let signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
        let response = send(try app(), body, signature: signature)
        #expect(response.status == 200, "\(response.text)")
        #expect(response.text.contains("/webhook-collect guest") || response.text.contains("/webhook-collect host"), "\(response.text)")
    }

    @Test(arguments: [
        ("guest", "Tea for the guest", "ephemeral"), ("Visitor", "Tea for the guest", "ephemeral"),
        ("for the host please, as a comparison with a bath", "Tea for the host", "ephemeral"),
        ("host public", "Tea for the host", "in_channel"), ("PUBLIC full", "Tea for the guest", "in_channel"),
        ("brief", "Tea for the guest", "ephemeral"),
    ])
    func `a command is answered with a piece`(text: String, title: String, type: String) throws {
        let response = try ask(text)
        #expect(response.status == 200 && response.header("Content-Type") == "application/json")
        #expect(response.header("Cache-Control") == "no-store")
        let json = try JSONObject(response.body)
        #expect(try json.string("response_type") == type)
        #expect(try json.array("blocks")[0].object("text").string("text") == title)
    }

    @Test(arguments: ["", "  ", "help", "HELP", "?", "public"])
    func `an empty command and a call for help are answered with help`(text: String) throws {
        let json = try JSONObject(try ask(text).body)
        #expect(try json.string("response_type") == "ephemeral")
        for part in ["/tea", "guest, host", "“make tea”", "public"] { #expect(try json.string("text").contains(part), "\(part)") }
        #expect(try !json.string("text").contains("Nothing here"))
    }

    @Test func `words that mean nothing are answered with help, and repeated without markup`() throws {
        let json = try JSONObject(try ask("<!channel> & xyzzy").body)
        #expect(try json.string("text").hasPrefix("Nothing here is called “&lt;!channel&gt; &amp; xyzzy”."))
    }

    @Test(arguments: [
        ("v0=" + String(repeating: "0", count: 64), "does not fit"), ("v0=", "does not fit"), ("v1=abc", "does not fit"),
        ("v0=" + String(repeating: "g", count: 64), "does not fit"), ("é", "does not fit"),
    ])
    func `a wrong signature is refused`(signature: String, says: String) throws {
        let response = send(try app(), "text=guest", signature: signature)
        #expect(response.status == 403 && response.text.contains(says), "\(response.text)")
    }

    @Test func `a signature of another secret, of another body or of another time is refused`() throws {
        let app = try app()
        #expect(send(app, "text=guest", signature: sign("text=guest", with: "another secret of Slack")).status == 403)
        #expect(send(app, "text=host", signature: sign("text=guest")).status == 403)
        #expect(send(app, "text=guest", signature: sign("text=guest"), stamp: String(Self.time + 1)).status == 403)
        #expect(send(app, "text=guest", signature: sign("text=guest")).status == 200)
    }

    @Test(arguments: [(-301, 403), (-300, 200), (300, 200), (301, 403)])
    func `a stamp is good for five minutes`(age: Int, status: Int) throws {
        let response = send(try app(now: Self.time + age), "text=guest", signature: sign("text=guest"))
        #expect(response.status == status, "\(response.text)")
        if status == 403 { #expect(response.text.contains("more than 5 minutes")) }
    }

    @Test(arguments: ["", "-1", "1e9", "١٢٣", "99999999999999999999", " 5"])
    func `a stamp that is none is refused`(stamp: String) throws {
        let response = send(try app(), "text=guest", signature: sign("text=guest", at: stamp), stamp: stamp)
        #expect(response.status == 403 && response.text.contains("seconds since 1970"), "\(response.text)")
    }

    @Test func `what is not signed is refused`() throws {
        let response = send(try app(), "text=guest", signature: nil)
        #expect(response.status == 403 && response.text.contains("X-Slack-Signature"))
        #expect(send(try app(), "text=guest", signature: sign("text=guest"), stamp: nil).status == 403)
    }

    @Test func `it is off until there is a secret, and says how to switch it on`() throws {
        let response = send(try app(secret: ""), "text=guest", signature: sign("text=guest"))
        #expect(response.status == 404 && response.text.contains("slack_signing_secret"))
    }

    @Test func `a form that is no text is refused`() throws {
        let response = send(try app(), "text=%ff", signature: sign("text=%ff"))
        #expect(response.status == 400 && response.text.contains("UTF-8"))
        #expect(try app().send(.get, "/slack").status == 405)
    }

    @Test(arguments: ["short", "with a blank in the midst of it", "sëcret-sëcret-sëcret"])
    func `a secret that cannot be one stops the start, and is not repeated`(secret: String) {
        let error = #expect(throws: LoadingErrors.self) {
            _ = try Settings(flags: [:], environment: ["EXPLAIN_SLACK_SIGNING_SECRET": secret], files: ConfigFiles([:]))
        }
        let text = error?.problems.map(\.description).joined() ?? ""
        #expect(text.contains("Signing Secret") && !text.contains(secret))
    }

    @Test func `over the socket it answers, and refuses a huge body`() throws {
        var settings = try Settings()
        settings.slackSigningSecret = Self.secret
        let app = App(site: try Site(snapshot: Snapshot(SmallTopic.files), settings: settings, now: { Self.time }), settings: settings)
        func head(_ body: String, length: Int) -> String {
            "POST /slack HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "X-Slack-Signature: \(sign(body))\r\nX-Slack-Request-Timestamp: \(Self.time)\r\nContent-Length: \(length)\r\n\r\n"
        }
        try app.serving(settings.serverConfiguration) { port in
            let client = try WireClient(port: port)
            client.send(head("text=host", length: 9) + "text=host")
            let answer = try client.answer()
            #expect(answer.status == 200 && answer.body.contains("Tea for the host"), "\(answer.body)")
            let other = try WireClient(port: port)
            other.send(head("", length: 100_000))
            #expect(try other.answer().status == 413)
        }
    }

    // MARK: Messages

    @Test func `a piece is there as a message`() throws {
        var settings = try Settings()
        settings.publicURL = "https://tea.example"
        let app = App(site: try Site(snapshot: Snapshot(SmallTopic.files), settings: settings), settings: settings)
        let response = app.send(.get, "/explain?format=slack&audience=host&length=full")
        #expect(response.status == 200 && response.header("Content-Type") == "application/json")
        let json = try JSONObject(response.body)
        #expect(try json.array("blocks").map { try $0.string("type") }.contains("context"))
        #expect(
            response.text.contains("https://tea.example/explain.html?audience=host&amp;trigger=make-tea&amp;length=full|Tea for the host>"))
        #expect(response.text.contains("*The cup is bitter*"))
        // Who accepts JSON gets the whole piece, and not a message.
        #expect(app.send(.get, "/explain", ("Accept", "application/json")).text.contains("\"claims\""))
    }

    @Test func `every shipped piece stays inside Slack's limits`() throws {
        let topic = try #require(try Snapshot(ShippedConfig.files(), judging: .rules).topics.first)
        for explainer in topic.explainers {
            let json = try JSONObject(JSON.object(SlackRenderer(base: "https://h").message(explainer, page: "/p")).bytes)
            let blocks = try json.array("blocks")
            #expect(try blocks.count <= SlackRenderer.Limit.blocks && json.string("text").count <= 3000)
            for block in blocks {
                switch try block.string("type") {
                case "header": #expect(try (1...150).contains(block.object("text").string("text").count))
                case "section": #expect(try (1...3000).contains(block.object("text").string("text").count))
                default: #expect(try block.array("elements").allSatisfy { (1...2000).contains(try $0.string("text").count) })
                }
            }
        }
    }

    @Test func `what a topic says is no markup`() {
        #expect(SlackRenderer.escape("a < b & <!here>") == "a &lt; b &amp; &lt;!here&gt;")
    }
}
