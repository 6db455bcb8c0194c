import ExplainerKit

extension Site {
    /// `/explain`: one piece, for an audience, a trigger and a length.
    static let explainRoute = Route(
        "/explain", ExplainerRenderer.formats, parameters: ["audience", "trigger", "length", "topic", "heading"],
        "One explainer for an audience, a trigger and a length."
    ) { call throws(HTTPProblem) in
        let topic = try call.topic()
        let audience = call.parameters.choice("audience", among: topic.audiences.map { ([$0.id, $0.name] + $0.aliases, $0.id) })
        let length = call.parameters.choice("length", Length.self)
        let trigger = call.trigger(in: topic)
        let heading = call.parameters.integer("heading", in: 1...4)
        if heading != nil, call.format != .markdown, call.format != .fragment {
            call.parameters.fail("heading", "heading goes with the formats markdown and fragment.")
        }
        try call.parameters.check()
        let key = ExplainerKey(
            audience: audience ?? topic.audiences[0].id, trigger: trigger?.id ?? topic.triggers[0].id, length: length ?? .standard
        )
        let match = trigger?.match ?? .default
        if heading ?? 1 == 1, match == .default || match == .exact || call.format != .json,
            let prepared = call.site.explainer(
                key, of: topic, call.format, isTriggerNamed: match != .default, isNegotiated: call.isNegotiated
            )
        {
            return .prepared(prepared)
        }
        guard let explainer = topic.explainer(key) else { throw HTTPProblem(404, "There is no such piece.") }
        let renderer = ExplainerRenderer(
            topic: topic, isDefaultTopic: topic.id == call.site.defaultTopic.id, digest: call.site.snapshot.digest, pages: call.site.pages,
            publicURL: call.site.headers.publicURL
        )
        return .content(renderer.content(explainer, call.format, matched: match, heading: heading ?? 1))
    }
}

extension Call {
    /// The trigger that was asked for by id, phrase or free sentence; nil when none was, or when the parameters now have an error.
    fileprivate mutating func trigger(in topic: Topic) -> (id: String, match: ExplainerRenderer.Match)? {
        guard let given = parameters.text("trigger", limit: 500) else { return nil }
        let wanted = slug(given)
        if let trigger = topic.triggers.first(where: { slug($0.id) == wanted || slug($0.phrase) == wanted }) { return (trigger.id, .exact) }
        if let match = topic.triggerMatcher.best(given) { return (match.id, .phrase(match.phrase)) }
        let ids = topic.triggers.map(\.id)
        let suggestion = nearest(to: given, among: ids)
        parameters.fail(
            "trigger", "\"\(given.shortened)\" asks for no known trigger.\(suggestion.map { " Did you mean \($0)?" } ?? "")", allowed: ids,
            suggestion: suggestion
        )
        return nil
    }
}
