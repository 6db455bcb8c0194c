import ExplainerKit

/// Texts for programs and for chats.
extension Pages {
    /// `llms.txt`.
    func languageModels(base: String) -> String {
        var values = names(defaultTopic)
        values["base"] = base
        values["speaksMCP"] = Site.routes.routes.contains { $0.pattern == "/mcp" }
        return Self.templates.render("llms", values)
    }

    /// `SKILL.md`.
    func skill(base: String) -> String {
        var values = names(defaultTopic)
        values["base"] = base
        values["version"] = Version.text
        values["topic"] = defaultTopic.id
        return Self.templates.render("skill", values)
    }

    /// What a slash command answers when it is not told what to explain.
    ///
    /// - Parameter unknown: what was typed and means nothing here.
    func slackHelp(command: String, unknown: String?, in topic: Topic) -> String {
        var values = names(topic)
        values["command"] = command
        values["unknown"] = unknown
        return Self.templates.render("slackhelp", values).trimmingLineEnds
    }

    /// What can be asked for, by the names that it is asked for with.
    private func names(_ topic: Topic) -> Values {
        [
            "title": topic.title, "summary": topic.summary, "audience": topic.audiences[min(1, topic.audiences.count - 1)].id,
            "phrase": topic.triggers[min(2, topic.triggers.count - 1)].phrase,
            "audiences": topic.audiences.enumerated().map { index, audience -> Values in
                ["id": audience.id, "name": audience.name, "needs": audience.needs, "more": index < topic.audiences.count - 1]
            },
            "triggers": topic.triggers.enumerated().map { index, trigger -> Values in
                [
                    "id": trigger.id, "phrase": trigger.phrase, "description": trigger.description,
                    "more": index < topic.triggers.count - 1,
                ]
            },
        ]
    }
}

extension String {
    /// Without line ends at its beginning and end.
    fileprivate var trimmingLineEnds: String {
        var rest = Substring(self)
        while rest.first?.isNewline == true { rest.removeFirst() }
        while rest.last?.isNewline == true { rest.removeLast() }
        return String(rest)
    }
}
