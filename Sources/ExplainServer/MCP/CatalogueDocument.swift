import ExplainerKit

/// What a search finds and a client fetches: a fact, or the standard piece for an audience and a trigger.
enum CatalogueDocument {
    case fact(Fact, Topic)
    case piece(Explainer)

    /// A piece by the id under which a search gives it.
    static func piece(_ id: String, in site: Site) -> CatalogueDocument? {
        let parts = id.split(separator: "/", omittingEmptySubsequences: false).map { slug(String($0)) }
        guard parts.count == 3, let topic = site.snapshot.topic(parts[0]),
            let explainer = topic.explainer(ExplainerKey(audience: parts[1], trigger: parts[2], length: .standard))
        else { return nil }
        return .piece(explainer)
    }

    var id: String {
        switch self {
        case .fact(let fact, _): fact.id
        case .piece(let piece): "\(piece.topic)/\(piece.audience.id)/\(piece.trigger.id)"
        }
    }

    private var title: String {
        switch self {
        case .fact(let fact, _): fact.assertion
        case .piece(let piece): piece.title
        }
    }

    private var path: String {
        switch self {
        case .fact(let fact, _): "/facts/\(fact.id)"
        case .piece(let piece): "/explain?topic=\(piece.topic)&audience=\(piece.audience.id)&trigger=\(piece.trigger.id)"
        }
    }

    /// - Parameter base: scheme and host of the service, for the address.
    func head(base: String?, text: String? = nil) -> [(String, JSON)] {
        [("id", .string(id)), ("title", .string(title))] + (text.map { [("text", .string($0))] } ?? [])
            + [("url", .string((base ?? "") + path))]
    }

    func markdown(base: String) -> String {
        switch self {
        case .fact(let fact, let topic): FactTables(topic: topic, base: base).markdown([fact])
        case .piece(let piece): MarkdownRenderer().render(piece)
        }
    }

    var metadata: [(String, JSON)] {
        switch self {
        case .fact(let fact, let topic):
            [
                ("kind", .string("fact")), ("topic", .string(topic.id)), ("status", .string(fact.status.rawValue)),
                ("citation", .string(fact.citation(in: topic).short)),
            ]
        case .piece(let piece): [("kind", .string("explainer")), ("topic", .string(piece.topic))]
        }
    }
}
