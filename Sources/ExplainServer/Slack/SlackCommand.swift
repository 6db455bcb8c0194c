import ExplainerKit
import HTTPD

/// What a slash command asks for, and what is answered.
struct SlackCommand {
    static let path = "/slack"
    /// Slack sends a few hundred bytes.
    static let bodyLimit = 16 << 10

    /// What was typed, such as "/explain".
    let command: String
    /// What was typed behind it.
    let text: String

    /// - Parameter body: the form that Slack sends.
    init(_ body: [UInt8]) throws(HTTPProblem) {
        let fields: [Field]
        do throws(QueryError) {
            fields = try Form.fields(of: body)
        } catch {
            throw HTTPProblem(400, error.explanation)
        }
        func value(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }
        let command = value("command").shortened
        self.command = command.isEmpty ? "/explain" : command
        text = value("text")
    }

    /// Words that ask for help, and the one that lets the whole channel read the answer.
    private static let helpWords: Set = ["", "help", "?"]
    private static let publicWord = "public"

    /// The members of the message that answers.
    func message(_ site: Site) -> [(String, JSON)] {
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let isPublic = words.contains { $0.lowercased() == Self.publicWord }
        words.removeAll { $0.lowercased() == Self.publicWord }
        let asked = words.joined(separator: " ")
        if Self.helpWords.contains(asked.lowercased()) { return help(site, unknown: nil) }
        let topic = site.defaultTopic
        let length = words.lazy.compactMap { Length(rawValue: $0.lowercased()) }.first
        let audience = topic.audiences[asked] ?? topic.topic.audienceMatcher.best(asked)?.id
        let trigger = topic.triggers[asked] ?? topic.triggerMatcher.best(asked)?.id
        guard length != nil || audience != nil || trigger != nil else { return help(site, unknown: asked) }
        let key = ExplainerKey(
            audience: audience ?? topic.defaultKey.audience, trigger: trigger ?? topic.defaultKey.trigger, length: length ?? .brief)
        guard let explainer = topic.topic.explainer(key) else { return help(site, unknown: asked) }
        return [("response_type", .string(isPublic ? "in_channel" : "ephemeral"))] + topic.renderer.slackMessage(explainer)
    }

    private func help(_ site: Site, unknown: String?) -> [(String, JSON)] {
        let topic = site.defaultTopic.topic
        let text = site.pages.slackHelp(
            command: SlackRenderer.escape(command), unknown: unknown.map { SlackRenderer.escape($0.shortened) }, in: topic)
        return [
            ("response_type", .string("ephemeral")), ("text", .string(text)), ("blocks", .array([SlackRenderer.section(text)])),
        ]
    }
}

extension Site {
    /// `/slack`: what a slash command asks for.
    static let slackRoute: Route = Route(
        SlackCommand.path, method: .post, [.json], headers: SlackSignature.headers, "Answers a Slack app's slash command."
    ) { call throws(HTTPProblem) in
        guard let signature = call.site.slackSignature else {
            throw HTTPProblem(
                404,
                "No Slack app is connected: set slack_signing_secret to the app's Signing Secret, and its command asks here. Without Slack: /explain?format=slack."
            )
        }
        try signature.check(call.headers, body: call.body)
        try call.parameters.check()
        var outcome = Outcome(Format.json.mediaType, JSON.object(try SlackCommand(call.body).message(call.site)).bytes)
        outcome.language = call.site.defaultTopic.topic.language
        return .outcome(outcome)
    }
}
