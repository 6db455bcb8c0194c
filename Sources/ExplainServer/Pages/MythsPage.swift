import ExplainerKit

extension Pages {
    /// Claims that do not hold, each with the reason and with what holds instead.
    func myths(in topic: Topic) -> String {
        let links = links(topic)
        let myths = topic.myths
        let frame = Frame(
            topic: topic, title: "Myths – \(topic.title)", description: topic.summary, address: links.myths,
            alternates: [(.json, json(of: links.myths))], part: "/myths"
        )
        let refuted = myths.count { $0.status == .refuted }
        let groups = topic.themes.compactMap { theme -> Values? in
            let own = myths.filter { $0.theme == theme.id }
            guard !own.isEmpty else { return nil }
            return ["id": "theme-\(theme.id)", "name": theme.name, "count": own.count, "myths": own.map { myth($0, in: topic) }]
        }
        let countText =
            "\(counted(myths.count, "claim")) on \(topic.title): \(refuted) refuted, \(myths.count - refuted) that no source supports."
        return render("myths", frame, ["countText": countText, "groups": groups])
    }

    private func myth(_ fact: Fact, in topic: Topic) -> Values {
        let instead = fact.instead.compactMap { topic.fact($0) }
        return [
            "mythID": fact.id, "href": links(topic).fact(fact.id), "statement": fact.statement, "status": fact.status.rawValue,
            "verdict": fact.status == .refuted ? "Refuted." : "Unsupported.", "reason": fact.reason ?? "", "hasInstead": !instead.isEmpty,
            "instead": instead.map { fact -> Values in
                ["href": links(topic).fact(fact.id), "statement": fact.statement, "short": fact.citation(in: topic).short]
            },
        ]
    }
}

extension Topic {
    /// Claims that do not hold.
    var myths: [Fact] { facts.filter { !$0.status.holds } }
}
