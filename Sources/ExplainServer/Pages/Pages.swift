import ExplainerKit

/// The HTML pages, rendered from templates.
///
/// Each page is a dictionary of plain values for its template: everything is escaped there, except for the article of an explainer.
struct Pages: Sendable {
    let snapshot: Snapshot
    let defaultTopic: Topic
    let publicURL: String
    /// Whether the pages become files, behind which nobody filters, searches or answers `curl`.
    let isStatic: Bool

    let embedScript: EmbedScript

    /// Parsed when the first `Pages` is made.
    static let templates = Templates()
    static let styleSheet = Templates.styleSheet
    static let script = Templates.script
    /// Browsers keep a style sheet and a script for a while; a new one gets a new address.
    static let styleTag = tag(styleSheet)
    static let scriptTag = tag(script)

    private static func tag(_ text: String) -> String { String(EntityTag.of(Array(text.utf8)).dropFirst().prefix(8)) }

    init(snapshot: Snapshot, defaultTopic: Topic, publicURL: String, isStatic: Bool = false) {
        self.snapshot = snapshot
        self.defaultTopic = defaultTopic
        self.publicURL = publicURL
        self.isStatic = isStatic
        embedScript = EmbedScript(topics: snapshot.topics.map(\.id))
        _ = Self.templates
    }

    /// Values for a template, by the names that it uses.
    typealias Values = [String: Any]

    /// What every page has around its content.
    struct Frame {
        let topic: Topic
        let title: String
        var description: String?
        /// Where the page is, with its defaults spelled out; nil for a page that should not be kept.
        var address: String?
        var alternates: [(format: Format, href: String)] = []
        /// The part of the service that the page belongs to, as its path.
        var part = ""
    }

    func render(_ template: String, _ frame: Frame, _ values: Values) -> String {
        let links = links(frame.topic)
        var page = values
        page["language"] = frame.topic.language
        page["pageTitle"] = frame.title
        page["description"] = frame.description
        page["isStatic"] = isStatic
        page["styleTag"] = Self.styleTag
        page["scriptTag"] = Self.scriptTag
        page["guessedOrigin"] = publicURL.isEmpty && !isStatic ? origin : nil
        page["canonical"] = frame.address.map { publicURL + $0 }
        page["alternates"] = frame.alternates.map { ["type": String($0.format.essence), "href": $0.href] }
        page["forms"] = frame.alternates.enumerated().map { index, form -> Values in
            [
                "type": String(form.format.essence), "href": form.href, "name": form.format.name,
                "more": index < frame.alternates.count - 1,
            ]
        }
        page["isHome"] = frame.part == "/"
        page["nav"] = navigation(frame, links)
        page["lists"] = CatalogueList.allCases.map { ["name": $0.name, "href": links.list($0)] }
        page["feedHref"] = links.feed
        page["feed"] = frame.part == "/facts" || frame.part == "/" ? links.feed : nil
        page["version"] = Version.text
        page["digest"] = String(snapshot.digest.dropFirst("sha256:".count).prefix(12))
        return Self.templates.render(template, page)
    }

    private func navigation(_ frame: Frame, _ links: TopicLinks) -> [Values] {
        let parts: [(name: String, path: String, href: String)] =
            [("Explain", "/explain", links.explain()), ("Facts", "/facts", links.facts())]
            + (frame.topic.myths.isEmpty ? [] : [("Myths", "/myths", links.myths)])
            + (frame.topic.charts.isEmpty
                ? [] : [("Charts", "/charts", frame.topic.charts.count == 1 ? links.chart(frame.topic.charts[0].id) : links.charts)])
            // Files check nothing.
            + (isStatic ? [] : [("Check", "/lint", links.lint)])
            + [CatalogueList.methods, .analogies, .sources].map { ($0.name, $0.path, links.list($0)) }
        return parts.map { part in
            [
                "name": part.name, "href": part.href, "isCurrent": frame.part == part.path,
                "current": frame.address == part.href ? "page" : "true",
            ]
        }
    }

    func links(_ topic: Topic) -> TopicLinks { TopicLinks(topic: topic, isDefault: topic.id == defaultTopic.id) }

    /// Scheme and host for what is used elsewhere. A page does not know them unless it is told; in a browser, the script does.
    var origin: String { publicURL.isEmpty ? "http://127.0.0.1:8080" : publicURL }

    /// A line for a terminal.
    func command(_ address: String) -> String { "curl '\(origin)\(address)'" }

    /// Buttons that copy a text, or what an address answers.
    func copies(_ texts: [(name: String, text: String)], from: (name: String, address: String)? = nil) -> [Values] {
        texts.map { ["name": $0.name, "text": $0.text] } + (from.map { [["name": $0.name, "from": $0.address]] } ?? [])
    }
}

extension Format {
    /// What a link to this form is called.
    var name: String {
        switch self {
        case .text: "Plain text"
        case .markdown: "Markdown"
        case .html: "Page"
        case .fragment: "HTML fragment"
        case .json: "JSON"
        case .csv: "CSV"
        case .ndjson: "NDJSON"
        case .jsonld: "JSON-LD"
        case .atom: "Feed"
        case .svg: "Picture"
        case .css: "Style sheet"
        case .js: "Script"
        case .png: "Picture"
        case .sarif: "SARIF"
        case .rdjsonl: "reviewdog"
        case .github: "GitHub"
        case .slack: "Slack"
        }
    }
}

extension CatalogueList {
    var path: String { "/\(rawValue)" }
    var name: String { rawValue.sentenceCased }
}

extension String {
    /// With a capital at its beginning.
    var sentenceCased: String { prefix(1).uppercased() + dropFirst() }
}

/// "1 fact", "2 facts".
func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
}
