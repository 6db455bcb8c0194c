import ExplainerKit

/// Renders explainers into the forms in which they are served.
struct ExplainerRenderer {
    let topic: Topic
    let isDefaultTopic: Bool
    let digest: String
    let pages: Pages
    let publicURL: String

    /// The forms of an explainer, the default first.
    static let formats: [Format] = [.text, .markdown, .html, .fragment, .json, .slack]

    /// How the trigger of a piece was found.
    enum Match: Equatable {
        /// None was asked for.
        case `default`
        /// By id or by its own phrase.
        case exact
        /// By words that it shares with this phrase.
        case phrase(String)
    }

    /// - Parameter heading: level of the title in Markdown and in a fragment.
    func content(_ explainer: Explainer, _ format: Format, matched: Match, heading: Int = 1) -> Content {
        let query = address(explainer)
        var content = Content(format, canonical: "/explain" + query) {
            bytes(explainer, format, matched: matched, heading: heading)
        }
        content.key = heading == 1 ? key(explainer, format, matched) : nil
        content.language = explainer.language
        content.alternates = Self.formats.compactMap { format in format.suffix.map { (format, "/explain.\($0)\(query)") } }
        return content
    }

    private func bytes(_ explainer: Explainer, _ format: Format, matched: Match, heading: Int) -> [UInt8] {
        switch format {
        case .markdown: Array(MarkdownRenderer(heading: heading).render(explainer).utf8)
        case .html: Array(pages.explainer(explainer, in: topic).utf8)
        case .fragment: Array(HTMLRenderer(heading: heading, base: publicURL).render(explainer).utf8)
        case .json: json(explainer, matched).bytes
        case .slack: JSON.object(slackMessage(explainer)).bytes
        default: Array(TextRenderer().render(explainer).utf8)
        }
    }

    /// As it is served, as a value.
    func json(_ explainer: Explainer, _ match: Match) -> JSON {
        let renderer = JSONRenderer(topic: topic, digest: digest)
        return switch match {
        case .default: renderer.render(explainer, matched: "default")
        case .exact: renderer.render(explainer, matched: "exact")
        case .phrase(let phrase): renderer.render(explainer, phrase: phrase, matched: "phrase")
        }
    }

    /// A piece as the members of a Slack message.
    func slackMessage(_ explainer: Explainer) -> [(String, JSON)] {
        SlackRenderer(base: publicURL).message(explainer, page: "/explain.html" + address(explainer))
    }

    /// JSON says how its trigger was found: without one it has a shorter address, and by a phrase of the client's none.
    private func key(_ explainer: Explainer, _ format: Format, _ match: Match) -> String? {
        guard format == .json else { return "/explain" + address(explainer) }
        return switch match {
        case .default: "/explain" + address(explainer, namesTrigger: false)
        case .exact: "/explain" + address(explainer)
        case .phrase: nil
        }
    }

    /// The query that leads to exactly this piece.
    private func address(_ explainer: Explainer, namesTrigger: Bool = true) -> String {
        let trigger = namesTrigger ? "&trigger=\(explainer.trigger.id)" : ""
        let topicPart = isDefaultTopic ? "" : "&topic=\(topic.id)"
        return "?audience=\(explainer.audience.id)\(trigger)&length=\(explainer.length.rawValue)\(topicPart)"
    }
}
