import ExplainerKit

extension Pages {
    /// One piece for a frame of somebody else's page.
    func frame(_ explainer: Explainer, in topic: Topic) -> String {
        Self.templates.render(
            "frame",
            [
                "language": explainer.language, "pageTitle": "\(explainer.title) – \(topic.title)", "styleTag": Self.styleTag,
                "pageAddress": publicURL + links(topic).explain(explainer.key), "topicTitle": topic.title,
                "reader": explainer.audience.name, "article": HTMLRenderer(opensWindows: true).render(explainer),
            ]
        )
    }

    /// How to put a piece on a page: what to copy for each way.
    func embed(_ embedding: Embedding, in topic: Topic) -> String {
        let links = links(topic)
        return render(
            "embed",
            Frame(
                topic: topic, title: "Embed – \(topic.title)", description: "How to put an explainer on a page.", address: "/embed",
                alternates: [(.json, "/embed.json")], part: "/embed"
            ),
            [
                "pageHref": links.explain(embedding.key), "element": embedding.element, "frame": embedding.frame,
                "elementPolicy": embedding.elementPolicy, "framePolicy": embedding.framePolicy, "link": embedding.page,
                "oembedHref": embedding.oembedPath, "commands": embedding.commands,
                "attributes": embedding.attributes.map { ["name": $0.name, "text": $0.text] },
            ]
        )
    }
}

/// What there is to copy for putting a piece on a page.
struct Embedding {
    let explainer: Explainer
    let links: TopicLinks
    let script: EmbedScript
    /// Scheme and host of the service.
    let base: String

    var key: ExplainerKey { explainer.key }
    /// The address of the piece.
    var page: String { base + links.explain(key) }
    var framePath: String { links.embed(key) }
    var oembedPath: String { "/oembed?url=\(percentEncoded(page))" }

    private var query: String { String(links.explain(key).drop { $0 != "?" }) }

    var element: String {
        """
        <script defer src="\(base)\(script.path)"
          integrity="\(script.integrity)"
          crossorigin="anonymous"></script>
        <\(explainer.topic)-explainer audience="\(key.audience)" trigger="\(key.trigger)" length="\(key.length.rawValue)">
          <a href="\(escapeHTML(page))">\(escapeHTML(explainer.title))</a>
        </\(explainer.topic)-explainer>
        """
    }

    /// - Parameters:
    ///   - width: in CSS pixels; as wide as what is around it without one.
    ///   - height: until the frame has told its own.
    func iframe(width: String, height: Int) -> String {
        "<iframe src=\"\(escapeHTML(base + framePath))\" title=\"\(escapeHTML(explainer.title))\" width=\"\(width)\" height=\"\(height)\"></iframe>"
    }

    var frame: String { iframe(width: "100%", height: 600) }
    var elementPolicy: String { "script-src \(base); connect-src \(base)" }
    var framePolicy: String { "frame-src \(base)" }

    var commands: String {
        """
        curl '\(base)/explain\(query)&format=fragment&heading=2'
        curl '\(base)/explain.md\(query)&heading=2'
        """
    }

    var attributes: [(name: String, text: String)] {
        let topic = links.topic
        return [
            ("audience", topic.audiences.map(\.id).joined(separator: ", ")),
            ("trigger", topic.triggers.map(\.id).joined(separator: ", ") + ", or any sentence that asks for one"),
            ("length", Length.allCases.map(\.rawValue).joined(separator: ", ")),
            ("heading", "level of the title, 1 to 4; 2 without it"),
            ("loading", "lazy: loads when the reader comes near"),
            (
                "shadow",
                "keeps the styles of the page out; ::part(article), ::part(title) and ::part(sources), "
                    + "and --explainer-color, --explainer-link, --explainer-line and --explainer-font let some in"
            ),
            ("src", "address of the service, where the script is bundled with others"),
        ]
    }

    var json: JSON {
        .object([
            ("script", .string(base + script.path)), ("integrity", .string(script.integrity)),
            ("element", .string(element)), ("frame", .string(frame)), ("page", .string(page)), ("oembed", .string(base + oembedPath)),
            ("policy", .object([("element", .string(elementPolicy)), ("frame", .string(framePolicy))])),
            ("bytes", .integer(script.text.utf8.count)),
        ])
    }
}
