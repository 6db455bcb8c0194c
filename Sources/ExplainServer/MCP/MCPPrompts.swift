import ExplainerKit
import HTTPD

/// A prompt that people pick in their chat client: one for each trigger.
struct MCPPrompt {
    let name: String
    private let topic: TopicSite
    private let trigger: Trigger

    /// Those of the default topic are called as their triggers; others have their topic in front.
    static func all(in site: Site) -> [MCPPrompt] {
        site.snapshot.topics.flatMap { topic -> [MCPPrompt] in
            guard let topicSite = site.topics[topic.id] else { return [] }
            let prefix = topic.id == site.defaultTopic.topic.id ? "" : "\(topic.id)."
            return topic.triggers.map { MCPPrompt(name: prefix + $0.id, topic: topicSite, trigger: $0) }
        }
    }

    private static let argumentName = "audience"

    func json(in site: Site) -> JSON {
        let audience = ParameterDescription.named(Self.argumentName, at: "/explain")?.summary ?? ""
        return .object([
            ("name", .string(name)), ("title", .string(trigger.phrase)), ("description", .string(trigger.description)),
            (
                "arguments",
                .array([
                    .object([("name", .string(Self.argumentName)), ("description", .string(audience)), ("required", .bool(false))])
                ])
            ),
        ])
    }

    /// What the client puts before its model.
    func messages(_ arguments: JSON, in site: Site) throws(MCPFailure) -> [(String, JSON)] {
        guard let members = arguments.members else { throw MCPFailure(.invalidParams, "params.arguments has to be an object.") }
        var fields: [Field] = []
        for (name, value) in members {
            guard case .string(let text) = value else {
                throw MCPFailure(.invalidParams, "\(name.shortened) has to be a text, not \(value.kind).")
            }
            fields.append(Field(name, text))
        }
        var parameters = Parameters(fields, names: [Self.argumentName])
        let id = parameters.choice(Self.argumentName, in: topic.audiences)
        do throws(HTTPProblem) {
            try parameters.check()
        } catch {
            throw MCPFailure(.invalidParams, error.line)
        }
        let audience = topic.topic.audiences.first { $0.id == id } ?? topic.topic.audiences[0]
        return [
            ("description", .string("\(trigger.description) (\(audience.name))")),
            ("messages", .array([.object([("role", .string("user")), ("content", .text(text(for: audience)))])])),
        ]
    }

    /// The same prompt as `/prompt`; where the topic has none, the piece itself.
    private func text(for audience: Audience) -> String {
        if let prompt = topic.topic.prompt(for: audience, trigger) { return prompt.text }
        let key = ExplainerKey(audience: audience.id, trigger: trigger.id, length: .standard)
        return topic.topic.explainer(key).map { MarkdownRenderer().render($0) } ?? trigger.phrase
    }

    /// What its arguments may be.
    func choices(of argument: String) -> Choices<String>? { argument == Self.argumentName ? topic.audiences : nil }
}
