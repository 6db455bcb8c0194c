import ExplainerKit

extension Site {
    /// `/match`: the trigger and the audience that a free sentence asks for.
    static let matchRoute: Route = Route(
        "/match", [.json], parameters: ["q", "topic"], "The trigger and the audience that a free sentence asks for, with scores."
    ) { call throws(HTTPProblem) in
        let topic = call.topic()
        let sentence = call.parameters.text("q", limit: 500)
        if call.parameters.text("q") == nil, call.parameters.errors.isEmpty {
            call.parameters.fail("q", "q is missing; give the sentence to match as q=…")
        }
        try call.parameters.check()
        let triggers = topic.triggerMatcher.matches(sentence ?? "")
        let audiences = topic.topic.audienceMatcher.matches(sentence ?? "")
        func best(_ matches: [PhraseMatcher.Match]) -> JSON {
            matches.first.flatMap { $0.score >= PhraseMatcher.threshold ? json($0) : nil } ?? .null
        }
        func json(_ match: PhraseMatcher.Match) -> JSON {
            .object([
                ("id", .string(match.id)), ("phrase", .string(match.phrase)), ("score", .number((match.score * 1000).rounded() / 1000)),
            ])
        }
        let body = JSON.object([
            ("q", .string(sentence ?? "")), ("topic", .string(topic.topic.id)), ("trigger", best(triggers)), ("audience", best(audiences)),
            ("triggers", .array(triggers.map(json))), ("audiences", .array(audiences.map(json))),
            ("snapshot", .string(call.site.snapshot.digest)),
        ])
        return .content(Content(.json, body.bytes, canonical: "/match" + call.parameters.query(["q", "topic"])))
    }
}
