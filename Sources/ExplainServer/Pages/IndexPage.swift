import ExplainerKit

extension Pages {
    /// The front page: what there is.
    func index() -> String {
        let frame = Frame(
            topic: defaultTopic, title: "explain-server: \(snapshot.topics.map(\.title).joined(separator: ", "))",
            description: snapshot.topics.map(\.summary).joined(separator: " "), address: "/",
            alternates: [(.json, "/?format=json")], part: "/"
        )
        return render("index", frame, ["topics": snapshot.topics.map(overview)])
    }

    private func overview(_ topic: Topic) -> Values {
        let links = links(topic)
        let myths = topic.myths.count
        let key = ExplainerKey(audience: topic.audiences[0].id, trigger: topic.triggers[0].id, length: .standard)
        return [
            "topicLanguage": topic.language, "topicID": topic.id, "topicHref": links.entry(topic.id, of: .topics),
            "topicTitle": topic.title, "topicSummary": topic.summary, "readers": readers(of: topic), "themes": themes(of: topic),
            "factsHref": links.facts(), "factCount": topic.facts.count - myths, "myths": myths > 0, "mythCount": myths,
            "mythsHref": links.myths, "explainHref": links.explain(key),
            "charts": topic.charts.prefix(1).map { figure($0, in: topic, panels: 3) },
            "commands": commands(topic, links),
            "catalogue": CatalogueList.allCases.filter { $0 != .topics }.map { list -> Values in
                ["name": list.name, "href": links.list(list), "count": list.entries(of: topic, in: snapshot).count]
            },
            "topicFeed": links.feed,
        ]
    }

    private func commands(_ topic: Topic, _ links: TopicLinks) -> [String] {
        let piece = ExplainerKey(audience: topic.audiences.last?.id ?? "", trigger: topic.triggers[0].id, length: .brief)
        let theme = topic.themes.first { theme in topic.facts.contains { $0.theme == theme.id && $0.status.holds } }
        return [command(links.explain()), command(links.explain(piece))]
            + (theme.map { [command(links.facts(("theme", $0.id)))] } ?? [])
    }

    /// For each audience, its pieces by trigger: the standard length by name, the others beside it.
    func readers(of topic: Topic) -> [Values] {
        let links = links(topic)
        return topic.audiences.map { audience in
            let pieces = topic.triggers.map { trigger -> Values in
                let key = { ExplainerKey(audience: audience.id, trigger: trigger.id, length: $0) }
                return [
                    "href": links.explain(key(.standard)), "name": trigger.phrase.sentenceCased,
                    "lengths": [Length.brief, .full].compactMap { length -> Values? in
                        topic.explainer(key(length)).map {
                            [
                                "length": length.rawValue, "href": links.explain(key(length)), "words": $0.measures.words,
                                "piece": trigger.phrase,
                            ]
                        }
                    },
                ]
            }
            return [
                "reader": audience.name, "readerHref": links.entry(audience.id, of: .audiences), "needs": audience.needs,
                "pieces": pieces,
            ]
        }
    }

    /// Themes that have facts, with the number of those that hold.
    func themes(of topic: Topic) -> [Values] {
        let links = links(topic)
        return topic.themes.compactMap { theme in
            let count = topic.facts.filter { $0.theme == theme.id && $0.status.holds }.count
            return count == 0 ? nil : ["name": theme.name, "href": links.facts(("theme", theme.id)), "count": count]
        }
    }
}
