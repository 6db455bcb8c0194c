import ExplainerKit

extension Pages {
    /// All entries of one kind.
    func list(_ list: CatalogueList, in topic: Topic) -> String {
        let links = links(topic)
        let address = links.list(list)
        let title = list == .topics ? list.name : "\(list.name) – \(topic.title)"
        let frame = Frame(
            topic: topic, title: title, description: list.summary, address: address, alternates: [(.json, json(of: address))],
            part: list.path
        )
        return render("list", frame, ["heading": list.name, "intro": list.summary, "entries": entries(of: list, in: topic)])
    }

    private func entries(of list: CatalogueList, in topic: Topic) -> [Values] {
        func entry(_ id: String, _ name: String, _ meta: String? = nil, _ text: String? = nil) -> Values {
            var values: Values = ["href": links(topic).entry(id, of: list), "name": name]
            values["meta"] = meta
            values["text"] = text
            return values
        }
        switch list {
        case .topics:
            return snapshot.topics.map {
                entry($0.id, $0.title, "\(counted($0.explainers.count, "piece")), \(counted($0.facts.count, "fact"))", $0.summary)
            }
        case .audiences: return topic.audiences.map { entry($0.id, $0.name, nil, $0.needs) }
        case .triggers: return topic.triggers.map { entry($0.id, $0.phrase.sentenceCased, nil, $0.description) }
        case .analogies: return topic.analogies.map { entry($0.id, $0.name, $0.domain, $0.image) }
        case .methods: return topic.methods.map { entry($0.id, $0.name, $0.kind.rawValue, $0.definition) }
        case .sources:
            let counts = topic.factsBySource.mapValues(\.count)
            return topic.sources.map { source in
                let facts = counts[source.id].map { ", \(counted($0, "fact"))" } ?? ""
                return entry(source.id, source.title, "\(source.publisher), \(source.year)\(facts)")
            }
        case .rules: return topic.gate.rules.map { entry($0.id, $0.title, $0.severity.rawValue, $0.rationale) }
        }
    }

    /// The same resource as JSON: the suffix belongs to the path, before the query.
    func json(of address: String) -> String {
        let parts = address.split(separator: "?", maxSplits: 1)
        return "\(parts[0]).json" + (parts.count > 1 ? "?\(parts[1])" : "")
    }
}

extension Topic {
    /// The facts that hold and rest on each source, by its id.
    var factsBySource: [String: [Fact]] {
        var facts: [String: [Fact]] = [:]
        for fact in self.facts where fact.status.holds {
            for id in references(of: fact).map(\.id).uniqued() { facts[id, default: []].append(fact) }
        }
        return facts
    }
}
