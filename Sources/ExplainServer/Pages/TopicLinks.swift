import ExplainerKit

/// Addresses of a topic's resources; those of the default topic do not name it.
struct TopicLinks {
    let topic: Topic
    let isDefault: Bool

    /// The front page of the topic's pieces: every default.
    func explain() -> String { "/explain" + query([]) }

    /// One piece in one form; nil for the form that the client likes.
    func explain(_ key: ExplainerKey, _ format: Format? = nil) -> String {
        let suffix = format?.suffix.map { ".\($0)" } ?? ""
        let form = format == .fragment ? [("format", "fragment")] : []
        return "/explain\(suffix)"
            + query([("audience", key.audience), ("trigger", key.trigger), ("length", key.length.rawValue)] + form)
    }

    /// The same as a page for a frame.
    func embed(_ key: ExplainerKey) -> String {
        "/embed" + query([("audience", key.audience), ("trigger", key.trigger), ("length", key.length.rawValue)])
    }

    /// The picture for an audience.
    func image(_ audience: String) -> String { "/og/\(audience).png" + query([]) }

    func facts(_ filters: (name: String, value: String)...) -> String { "/facts" + query(filters) }
    func fact(_ id: String) -> String { "/facts/\(id)" }
    var myths: String { "/myths" + query([]) }
    var charts: String { "/charts" + query([]) }
    func chart(_ id: String, _ format: Format? = nil) -> String { "/charts/\(id)" + (format?.suffix.map { ".\($0)" } ?? "") + query([]) }
    var lint: String { "/lint" + query([]) }
    var feed: String { "/facts/feed.atom" + query([]) }

    func list(_ list: CatalogueList) -> String { list.path + (list == .topics ? "" : query([])) }
    func entry(_ id: String, of list: CatalogueList) -> String { "\(list.path)/\(id)" + (list == .topics ? "" : query([])) }

    private func query(_ pairs: [(name: String, value: String)]) -> String {
        let all = pairs + (isDefault ? [] : [("topic", topic.id)])
        return all.isEmpty ? "" : "?" + all.map { "\($0.name)=\(percentEncoded($0.value))" }.joined(separator: "&")
    }
}
