import ExplainerKit

/// One entry of a list: its id, and itself as JSON.
struct ListEntry {
    let id: String
    let json: JSON
}

/// The lists of a topic's catalogue besides its facts.
enum CatalogueList: String, CaseIterable, Sendable {
    case topics, audiences, triggers, analogies, methods, sources, rules

    /// What one entry is called.
    var singular: String {
        switch self {
        case .analogies: "analogy"
        default: String(rawValue.dropLast())
        }
    }

    var summary: String {
        switch self {
        case .topics: "What is explained."
        case .audiences: "Who reads; each with its aliases."
        case .triggers: "What can be asked for; each with its phrases."
        case .analogies: "Comparisons from everyday life, each with where it stops holding."
        case .methods: "Techniques, formats and tools, each with a plain definition."
        case .sources: "The documents that facts rest on."
        case .rules: "What the style gate asks of a text."
        }
    }

    /// - Parameter topicQuery: "topic=…" for a topic that its links have to name, else nil.
    func entries(of topic: Topic, in snapshot: Snapshot, topicQuery: String? = nil) -> [ListEntry] {
        guard let topicQuery, self != .topics else { return entriesOfDefaultTopic(topic, snapshot) }
        return entriesOfDefaultTopic(topic, snapshot).map { ListEntry(id: $0.id, json: $0.json.linking(topicQuery)) }
    }

    private func entriesOfDefaultTopic(_ topic: Topic, _ snapshot: Snapshot) -> [ListEntry] {
        switch self {
        case .topics: snapshot.topics.map { ListEntry(id: $0.id, json: $0.json) }
        case .audiences: topic.audiences.map { ListEntry(id: $0.id, json: $0.json) }
        case .triggers: topic.triggers.map { ListEntry(id: $0.id, json: $0.json) }
        case .analogies: topic.analogies.map { ListEntry(id: $0.id, json: $0.json) }
        case .methods: topic.methods.map { ListEntry(id: $0.id, json: $0.json(in: topic)) }
        case .sources: topic.entriesOfSources
        case .rules: topic.gate.rules.map { ListEntry(id: $0.id, json: $0.json(links: ReportLinks())) }
        }
    }

    fileprivate var parameters: [String] { self == .topics ? [] : ["topic"] }
}

extension Site {
    /// A list and its entries for each kind.
    static let listRoutes: [Route] = CatalogueList.allCases.flatMap { list in
        [
            Route("/\(list.rawValue)", [.json, .html], parameters: list.parameters, list.summary) { call throws(HTTPProblem) in
                let topic = call.topic().topic
                try call.parameters.check()
                let entries = list.entries(of: topic, in: call.site.snapshot, topicQuery: call.topicQuery(topic))
                let bytes =
                    call.format == .html
                    ? Array(call.site.pages.list(list, in: topic).utf8)
                    : JSON.object([
                        ("count", .integer(entries.count)), (list.rawValue, .array(entries.map(\.json))),
                        ("snapshot", .string(call.site.snapshot.digest)),
                    ]).bytes
                return .content(call.content(bytes, at: call.path, parameters: list.parameters, language: topic.language))
            },
            Route("/\(list.rawValue)/:id", [.json, .html], parameters: list.parameters, "One \(list.singular).") {
                call throws(HTTPProblem) in
                let topic = call.topic().topic
                try call.parameters.check()
                let entries = list.entries(of: topic, in: call.site.snapshot, topicQuery: call.topicQuery(topic))
                let wanted = slug(call.name)
                guard let entry = entries.first(where: { $0.id == wanted }) else {
                    throw HTTPProblem.notFound(list.singular, call.name, among: entries.map(\.id))
                }
                let bytes = call.format == .html ? Array(call.site.pages.entry(entry, of: list, in: topic).utf8) : entry.json.bytes
                return .content(
                    call.content(bytes, at: "/\(list.rawValue)/\(entry.id)", parameters: list.parameters, language: topic.language))
            },
        ]
    }
}

extension JSON {
    /// The same object with a parameter added to each of its links.
    fileprivate func linking(_ parameter: String) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(
            members.map { name, value in
                guard name == "links", case .object(let links) = value else { return (name, value) }
                return (name, .object(links.map { ($0.0, $0.1.adding(parameter)) }))
            }
        )
    }

    private func adding(_ parameter: String) -> JSON {
        guard case .string(let address) = self else { return self }
        return .string(address + (address.contains("?") ? "&" : "?") + parameter)
    }
}

extension Call {
    /// What the links of a topic's entries have to name; nil for the default topic.
    fileprivate func topicQuery(_ topic: Topic) -> String? {
        topic.id == site.defaultTopic.topic.id ? nil : "topic=\(topic.id)"
    }

    /// Content at a path, with the given parameters as its address and its other forms beside it.
    func content(_ bytes: [UInt8], at path: String, parameters names: [String], language: String? = nil) -> Content {
        let query = parameters.query(names)
        var content = Content(format, bytes, canonical: path + query)
        content.alternates = route.alternates(of: path, query: query)
        content.language = language
        return content
    }
}

extension Topic {
    /// One walk over the facts for all sources, not one for each.
    fileprivate var entriesOfSources: [ListEntry] {
        let facts = factsBySource
        return sources.map { ListEntry(id: $0.id, json: $0.json(with: facts[$0.id, default: []])) }
    }

    fileprivate var json: JSON {
        .object([
            ("id", .string(id)), ("title", .string(title)), ("summary", .string(summary)), ("language", .string(language)),
            ("published", .string(published)),
            ("themes", .array(themes.map { .object([("id", .string($0.id)), ("name", .string($0.name))]) })),
            ("audiences", .strings(audiences.map(\.id))), ("triggers", .strings(triggers.map(\.id))),
            ("lengths", .strings(Length.allCases.map(\.rawValue))), ("explainers", .integer(explainers.count)),
            ("facts", .integer(facts.count)), ("sources", .integer(sources.count)),
            (
                "links",
                .object([
                    ("self", .string("/topics/\(id)")), ("explain", .string("/explain?topic=\(id)")),
                    ("facts", .string("/facts?topic=\(id)")),
                ])
            ),
        ])
    }
}

extension Source {
    /// A source with the facts that rest on it.
    fileprivate func json(with facts: [Fact]) -> JSON {
        guard case .object(let members) = json else { return .null }
        return .object(
            members + [
                ("facts", .strings(facts.map(\.id))),
                ("links", .object([("self", .string("/sources/\(id)")), ("facts", .string("/facts?source=\(id)"))])),
            ]
        )
    }
}
