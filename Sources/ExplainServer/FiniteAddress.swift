import ExplainerKit

/// A resource that gives the same answer to everybody for as long as the snapshot lasts.
struct FiniteAddress {
    let route: Route
    let path: String
    /// With everything spelled out, as in the canonical address; "" where there is nothing to spell.
    let query: String
    /// Shorter queries, and other customary ones, that mean the same.
    var otherQueries: [String] = []
    /// Forms whose bytes depend on what is not in the address.
    var unkept: Set<Format> = []
    /// Forms that say themselves that something was left out: they have a place of their own.
    var own: Set<Format> = []
    /// Under which query all forms but those are kept, if not under its own.
    var sharedQuery: String?

    /// The address that asks for one form.
    func address(_ format: Format, query: String? = nil) -> String { route.address(of: path, query: query ?? self.query, in: format) }
}

extension Route {
    /// An address of this resource that leaves no choice of the form.
    func address(of path: String, query: String, in format: Format) -> String {
        if formats.count == 1 { return path + query }
        if path != "/", let suffix = format.suffix { return "\(path).\(suffix)\(query)" }
        return path + query + (query.isEmpty ? "?" : "&") + "format=\(format.rawValue)"
    }
}

extension Route {
    /// The same, for an address with its query.
    func address(of target: String, in format: Format) -> String {
        let parts = target.split(separator: "?", maxSplits: 1)
        return address(of: String(parts[0]), query: parts.count > 1 ? "?" + parts[1] : "", in: format)
    }
}

extension Site {
    /// Every resource with a finite answer; what is asked most comes first.
    ///
    /// Their number grows with the content, so that of a very large catalogue not every fact is among them.
    var finiteAddresses: [FiniteAddress] {
        allTopics.flatMap { pieces(of: $0) } + parts + allTopics.flatMap { pages(of: $0) } + allTopics.flatMap { entries(of: $0) }
    }

    private static let mostEntries = 2000

    private func address(
        _ pattern: String, id: String? = nil, query: [(name: String, value: String?)] = [], in topic: TopicSite? = nil,
        others: [String] = []
    ) -> FiniteAddress? {
        guard let route = Self.routes.route(pattern), !route.reading.contains(.host) || !headers.publicURL.isEmpty else { return nil }
        let path = id.map { pattern.replacing(":id", with: $0) } ?? pattern
        return FiniteAddress(route: route, path: path, query: self.query(query, in: topic), otherQueries: others)
    }

    private func query(_ pairs: [(name: String, value: String?)], in topic: TopicSite?) -> String {
        let name = topic.flatMap { $0 === defaultTopic ? nil : $0.topic.id }
        let parts = (pairs + [("topic", name)]).compactMap { name, value in value.map { "\(name)=\(percentEncoded($0))" } }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }

    /// Explainers, and prompts for more, under every way to name them by ids in the usual order.
    private func pieces(of site: TopicSite) -> [FiniteAddress] {
        let topic = site.topic
        let standard = site.defaultKey
        func choices(_ value: String, _ standard: String) -> [String?] { value == standard ? [value, nil] : [value] }
        return topic.explainers.flatMap { explainer -> [FiniteAddress] in
            let key = explainer.key
            let named = choices(key.audience, standard.audience).flatMap { audience in
                choices(key.length.rawValue, standard.length.rawValue).map { (audience, $0) }
            }
            func queries(trigger: String?) -> [String] {
                named.map { query([("audience", $0.0), ("trigger", trigger), ("length", $0.1)], in: site) }
            }
            guard var full = address("/explain"), let route = Self.routes.route("/embed") else { return [] }
            let spelled = queries(trigger: key.trigger)
            full = FiniteAddress(route: full.route, path: "/explain", query: spelled[0], otherQueries: Array(spelled.dropFirst()))
            let frame = FiniteAddress(route: route, path: "/embed", query: spelled[0], unkept: headers.publicURL.isEmpty ? [.json] : [])
            guard key.trigger == standard.trigger else { return [full, frame] }
            // JSON tells whether a trigger was named.
            let unnamed = queries(trigger: nil)
            let short = FiniteAddress(
                route: full.route, path: "/explain", query: unnamed[0], otherQueries: Array(unnamed.dropFirst()), own: [.json],
                sharedQuery: spelled[0])
            return [full, short, frame]
        }
    }

    private var parts: [FiniteAddress] {
        [
            address("/", id: nil), address("/style.css", others: ["?_=\(Pages.styleTag)"]),
            address("/site.js", others: ["?_=\(Pages.scriptTag)"]), address("/icon.svg"), address("/embed.js"), address("/embed/frame.js"),
            address("/embed/:id/embed.js", id: embedScript.digest), address("/topics"), address("/version"), address("/openapi.json"),
            address("/llms.txt"), address("/skill/SKILL.md"),
        ].compactMap(\.self)
    }

    private func pages(of site: TopicSite) -> [FiniteAddress] {
        let topic = site.topic
        let prompts = [(nil, nil)] + topic.audiences.flatMap { audience in topic.triggers.map { (audience.id, $0.id) } }
        return [
            address("/facts", in: site), address("/facts", query: [("status", StaticSite.claims)], in: site),
            address("/facts/feed.atom", in: site), address("/myths", in: site), address("/charts", in: site), address("/lint", in: site),
        ].compactMap(\.self)
            + CatalogueList.allCases.filter { $0 != .topics }.compactMap { address("/\($0.rawValue)", in: site) }
            + (topic.promptFrame == nil
                ? [] : prompts.compactMap { address("/prompt", query: [("audience", $0.0), ("trigger", $0.1)], in: site) })
    }

    private func entries(of site: TopicSite) -> [FiniteAddress] {
        let topic = site.topic
        return topic.charts.compactMap { address("/charts/:id", id: $0.id, in: site) }
            + CatalogueList.allCases.flatMap { list in
                list.ids(of: topic).prefix(Self.mostEntries).compactMap {
                    address("/\(list.rawValue)/:id", id: $0, in: list == .topics ? nil : site)
                }
            } + topic.facts.prefix(Self.mostEntries).compactMap { address("/facts/:id", id: $0.id) }
    }
}

extension CatalogueList {
    /// The ids of a topic's entries; of all topics, its own.
    fileprivate func ids(of topic: Topic) -> [String] {
        switch self {
        case .topics: [topic.id]
        case .audiences: topic.audiences.map(\.id)
        case .triggers: topic.triggers.map(\.id)
        case .analogies: topic.analogies.map(\.id)
        case .methods: topic.methods.map(\.id)
        case .sources: topic.sources.map(\.id)
        // They are known to the gate, which is not there yet when the first answers are due.
        case .rules: []
        }
    }
}
