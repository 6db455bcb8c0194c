import ExplainerKit

extension Pages {
    /// One entry of a list, with what belongs to it.
    func entry(_ entry: ListEntry, of list: CatalogueList, in topic: Topic) -> String {
        let topic = list == .topics ? snapshot.topic(entry.id) ?? topic : topic
        let links = links(topic)
        let address = links.entry(entry.id, of: list)
        var page = values(of: entry.id, in: list, of: topic)
        page["listHref"] = links.list(list)
        page["listName"] = list.name
        let frame = Frame(
            topic: topic, title: "\(page["name"] ?? entry.id) – \(topic.title)", description: page["lead"] as? String,
            address: address,
            alternates: [(.json, json(of: address))], part: list.path
        )
        return render("entry", frame, page)
    }

    private func values(of id: String, in list: CatalogueList, of topic: Topic) -> Values {
        switch list {
        case .topics: topicValues(topic)
        case .audiences: topic.audiences.first { $0.id == id }.map { audienceValues($0, topic) } ?? [:]
        case .triggers: topic.triggers.first { $0.id == id }.map { triggerValues($0, topic) } ?? [:]
        case .analogies: topic.analogies.first { $0.id == id }.map { analogyValues($0, topic) } ?? [:]
        case .methods: topic.methods.first { $0.id == id }.map { methodValues($0, topic) } ?? [:]
        case .sources: topic.source(id).map { sourceValues($0, topic) } ?? [:]
        case .rules: topic.gate.rules.first { $0.id == id }.map(ruleValues) ?? [:]
        }
    }

    private func topicValues(_ topic: Topic) -> Values {
        var page: Values = ["name": topic.title, "lead": topic.summary, "hasThemes": true, "themes": themes(of: topic)]
        addDetails([("Published", topic.published), ("Language", topic.language)], to: &page)
        page["hasReaders"] = true
        page["readers"] = readers(of: topic)
        return page
    }

    private func audienceValues(_ audience: Audience, _ topic: Topic) -> Values {
        var page: Values = ["name": audience.name, "lead": audience.needs]
        addDetails(
            [
                ("Also understood", audience.aliases.joined(separator: ", ")),
                ("Highest reading grade", String(audience.maxGrade)),
            ], to: &page
        )
        let pieces = topic.explainers.filter { $0.audience.id == audience.id }
        addPieces(
            topic.triggers.map { trigger in (trigger.phrase.sentenceCased, pieces.filter { $0.trigger.id == trigger.id }) },
            topic, to: &page
        )
        return page
    }

    private func triggerValues(_ trigger: Trigger, _ topic: Topic) -> Values {
        var page: Values = ["name": trigger.phrase.sentenceCased, "lead": trigger.description]
        addDetails([("Also understood", trigger.phrases.joined(separator: ", "))], to: &page)
        let pieces = topic.explainers.filter { $0.trigger.id == trigger.id }
        addPieces(
            topic.audiences.map { audience in (audience.name, pieces.filter { $0.audience.id == audience.id }) }, topic, to: &page
        )
        return page
    }

    private func analogyValues(_ analogy: Analogy, _ topic: Topic) -> Values {
        var page: Values = [
            "name": analogy.name, "lead": analogy.image, "outcome": analogy.outcome, "hasMapping": true,
            "inAnalogy": topic.labels.inAnalogy, "inModel": topic.labels.inModel,
            "mapping": analogy.mapping.map { ["analogy": $0.analogy, "model": $0.model] },
            "stopsLabel": topic.labels.stopsHolding,
            "stopsHolding": analogy.stopsHolding,
        ]
        addDetails([("Taken from", analogy.domain)], to: &page)
        let pieces = topic.explainers.filter { piece in piece.analogies.contains { $0.id == analogy.id } }
        addPieces(
            topic.audiences.flatMap { audience in
                topic.triggers.map { trigger in
                    let name = "\(audience.name), \(trigger.phrase)"
                    return (name, pieces.filter { $0.audience.id == audience.id && $0.trigger.id == trigger.id })
                }
            }, topic, to: &page
        )
        return page
    }

    private func methodValues(_ method: Method, _ topic: Topic) -> Values {
        var page: Values = ["name": method.name, "lead": method.definition]
        addDetails(
            [
                ("In full", method.longName ?? ""), ("Kind", method.kind.rawValue),
                ("Year", method.year.map { String($0) } ?? ""),
                ("Also written", method.aliases.joined(separator: ", ")),
            ], to: &page
        )
        page["hasReferences"] = !method.sources.isEmpty
        page["references"] = references(method.sources, in: topic)
        addFacts(
            topic.facts.filter { $0.status.holds && $0.conditions.methods.contains(method.id) }, filter: ("method", method.id),
            topic, to: &page)
        return page
    }

    private func sourceValues(_ source: Source, _ topic: Topic) -> Values {
        var page: Values = ["name": source.title]
        addDetails([("Publisher", source.publisher), ("Year", String(source.year)), ("Kind", source.kind.rawValue)], to: &page)
        var details = page["details"] as? [Values] ?? []
        details.append(["name": "Address", "text": source.url, "href": source.url])
        page["details"] = details
        addFacts(topic.factsBySource[source.id] ?? [], filter: ("source", source.id), topic, to: &page)
        return page
    }

    private func ruleValues(_ rule: Rule) -> Values {
        var page: Values = [
            "name": rule.title, "lead": rule.rationale, "help": rule.help,
            "examples": [
                ["name": "Not like this", "texts": rule.bad], ["name": "But like this", "texts": rule.good],
            ].filter { !($0["texts"] as? [String] ?? []).isEmpty } as [Values],
        ]
        addDetails([("Name", rule.id), ("Severity", rule.severity.rawValue)], to: &page)
        return page
    }

    // MARK: Parts

    private func addDetails(_ details: [(name: String, text: String)], to page: inout Values) {
        let filled = details.filter { !$0.text.isEmpty }
        page["details"] = filled.map { name, text -> Values in ["name": name, "text": text] }
        page["hasDetails"] = !filled.isEmpty
    }

    private func addFacts(_ facts: [Fact], filter: (name: String, value: String), _ topic: Topic, to page: inout Values) {
        page["hasFacts"] = !facts.isEmpty
        page["factsHeading"] = counted(facts.count, "fact")
        page["factsHref"] = links(topic).facts(filter)
        page["facts"] = facts.map(factLink)
    }

    private func addPieces(
        _ groups: [(name: String, pieces: [Explainer])], _ topic: Topic, to page: inout Values
    ) {
        let filled = groups.filter { !$0.pieces.isEmpty }
        let links = links(topic)
        page["hasGroups"] = !filled.isEmpty
        page["groups"] = filled.map { name, pieces -> Values in
            ["name": name, "pieces": pieces.map { ["href": links.explain($0.key), "length": $0.length.rawValue] }]
        }
    }
}
