import ExplainerKit

extension Site {
    /// `/explain`: one piece, for an audience, a trigger and a length.
    static let explainRoute: Route = Route(
        "/explain", ExplainerRenderer.formats, parameters: ["audience", "trigger", "length", "topic", "heading"],
        "One explainer for an audience, a trigger and a length."
    ) { call throws(HTTPProblem) in
        let heading = call.parameters.integer("heading", in: 1...4)
        if heading != nil, call.format != .markdown, call.format != .fragment {
            call.parameters.fail("heading", "heading goes with the formats markdown and fragment.")
        }
        let piece = try call.piece()
        return .content(piece.site.renderer.content(piece.explainer, call.format, matched: piece.match, heading: heading ?? 1))
    }
}

/// The explainer that was asked for.
struct Piece {
    let site: TopicSite
    /// Its place among the topic's.
    let index: Int
    /// How its trigger was found.
    let match: ExplainerRenderer.Match

    var explainer: Explainer { site.topic.explainers[index] }

    /// As `/explain.json` has it.
    var json: JSON { site.renderer.json(explainer, match) }
}

private let lengths = Choices<Length>.cases

extension Call {
    /// The piece for `audience`, `trigger`, `length` and `topic`; what is wrong with any parameter is thrown.
    mutating func piece() throws(HTTPProblem) -> Piece {
        let site = topic()
        let (key, match) = parameters.explainer(in: site)
        try parameters.check()
        return try site.piece(key, match)
    }
}

extension TopicSite {
    func piece(_ key: ExplainerKey, _ match: ExplainerRenderer.Match = .exact) throws(HTTPProblem) -> Piece {
        guard let index = index(of: key) else { throw HTTPProblem(404, "There is no such piece.") }
        return Piece(site: self, index: index, match: match)
    }
}

extension Parameters {
    /// The piece that audience, trigger and length ask for, with defaults for what is not given or has an error now.
    mutating func explainer(in site: TopicSite) -> (key: ExplainerKey, match: ExplainerRenderer.Match) {
        let audience = choice("audience", in: site.audiences)
        let length = choice("length", in: lengths)
        let trigger = trigger(in: site)
        let key = ExplainerKey(
            audience: audience ?? site.defaultKey.audience, trigger: trigger?.id ?? site.defaultKey.trigger,
            length: length ?? site.defaultKey.length
        )
        return (key, trigger?.match ?? .default)
    }

    /// The trigger that was asked for by id, phrase or free sentence; nil when none was, or when the parameters now have an error.
    mutating func trigger(in site: TopicSite) -> (id: String, match: ExplainerRenderer.Match)? {
        guard let given = text("trigger", limit: 500) else { return nil }
        if let id = site.triggers[given] { return (id, .exact) }
        if let match = site.triggerMatcher.best(given) { return (match.id, .phrase(match.phrase)) }
        let suggestion = site.triggers.suggestion(for: given)
        fail(
            "trigger", "\"\(given.shortened)\" asks for no known trigger.\(suggestion.map { " Did you mean \($0)?" } ?? "")",
            allowed: site.triggers.names, suggestion: suggestion
        )
        return nil
    }
}
