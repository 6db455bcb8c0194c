import ExplainerKit

extension Pages {
    /// Everything that is known about one fact.
    func fact(_ fact: Fact, in topic: Topic) -> String {
        let links = links(topic)
        let address = links.fact(fact.id)
        let forms: [Format] = [.json, .csv, .jsonld, .ndjson, .markdown]
        let frame = Frame(
            topic: topic, title: "\(fact.statement) – \(topic.title)", description: fact.statement, address: address,
            alternates: forms.map { ($0, "\(address).\($0.suffix ?? "")") }, part: "/facts"
        )
        let citation = fact.citation(in: topic)
        var page: Values = [
            "factsHref": links.facts(), "themeHref": links.facts(("theme", fact.theme)),
            "theme": topic.themes.first { $0.id == fact.theme }?.name ?? fact.theme, "statement": fact.statement,
            "status": fact.status.rawValue, "isVerified": fact.status == .verified, "isDerived": fact.status == .derived,
            "isRefuted": fact.status == .refuted, "isUnsupported": fact.status == .unsupported,
            "details": details(of: fact, in: topic),
            "references": references(topic.references(of: fact), in: topic), "long": citation.long, "command": command(address),
        ]
        page["copies"] = copies(
            [("Link", origin + address), ("curl", command(address)), ("Citation", citation.long)], from: ("Markdown", "\(address).md"))
        page["hasSources"] = !topic.references(of: fact).isEmpty
        page["reason"] = fact.reason
        page["caveat"] = fact.caveat
        page["formula"] = fact.formula
        page["short"] = citation.short.isEmpty ? nil : citation.short
        let related: [(name: String, facts: [Fact])] = [
            ("instead", fact.instead.compactMap { topic.fact($0) }),
            ("derivedFrom", fact.derivedFrom.compactMap { topic.fact($0) }),
            ("dependents", topic.facts.filter { $0.derivedFrom.contains(fact.id) }),
            ("myths", topic.facts.filter { $0.instead.contains(fact.id) }),
        ]
        for (name, facts) in related {
            page[name] = facts.map(factLink)
            page["has" + name.sentenceCased] = !facts.isEmpty
        }
        let uses = uses(of: fact, in: topic)
        page["uses"] = uses
        page["hasUses"] = !uses.isEmpty
        return render("fact", frame, page)
    }

    /// A fact in a list of facts.
    func factLink(_ fact: Fact) -> Values {
        ["href": "/facts/\(fact.id)", "statement": fact.statement]
    }

    func references(_ references: [SourceReference], in topic: Topic) -> [Values] {
        references.compactMap { reference in
            topic.source(reference.id).map { source in
                [
                    "publisher": source.publisher, "url": source.url, "title": source.title, "year": source.year,
                    "locator": reference.locator, "href": links(topic).entry(source.id, of: .sources),
                ]
            }
        }
    }

    /// The pieces that use a fact, each in the length that does.
    private func uses(of fact: Fact, in topic: Topic) -> [Values] {
        topic.uses(of: fact.id).compactMap { use in
            let pieces = [Length.standard, .brief].compactMap {
                topic.explainer(ExplainerKey(audience: use.audience, trigger: use.trigger, length: $0))
            }
            guard let piece = pieces.first(where: { $0.facts.contains { $0.id == fact.id } }) else { return nil }
            let length = piece.length == .brief ? ", brief" : ""
            return [
                "href": links(topic).explain(piece.key), "name": piece.title,
                "piece": "\(piece.audience.name), \(piece.trigger.phrase)\(length)",
            ]
        }
    }

    private func details(of fact: Fact, in topic: Topic) -> [Values] {
        let links = links(topic)
        var rows: [Values] = []
        func add(_ name: String, _ values: [(text: String, href: String?)]) {
            guard !values.isEmpty else { return }
            rows.append([
                "name": name,
                "values": values.enumerated().map { index, value -> Values in
                    var item: Values = ["text": value.text, "more": index < values.count - 1]
                    item["href"] = value.href
                    return item
                },
            ])
        }
        if let quantity = fact.quantity {
            add("Figure", [(quantity.figure, nil)])
            add("Unit", [(quantity.unit.label, nil)])
            add("Kind", [(quantity.kind.rawValue, nil)])
            add("Compared with", quantity.baseline.map { [($0, nil)] } ?? [])
            add("Also written", quantity.display.map { ($0, nil) })
        }
        add("Counted", fact.conditions.context.map { [($0, nil)] } ?? [])
        add(
            "Method",
            fact.conditions.methods.map { id in (topic.methods.first { $0.id == id }?.name ?? id, links.entry(id, of: .methods)) }
        )
        add("Model", fact.conditions.models.map { ($0, links.facts(("model", $0), ("status", Self.everyStatus))) })
        add("Hardware", fact.conditions.hardware.map { ($0, links.facts(("hardware", $0), ("status", Self.everyStatus))) })
        add("Bits", fact.conditions.bits.map { [($0.text, links.facts(("bits", $0.text), ("status", Self.everyStatus)))] } ?? [])
        add("Year", [(String(fact.year), nil)])
        add("Basis", fact.basis.map { [($0.rawValue, nil)] } ?? [])
        add("Last changed", [(fact.updated, nil)])
        return rows
    }

    /// So that a link from a refuted claim finds at least that claim.
    private static let everyStatus = Fact.Status.allCases.map(\.rawValue).joined(separator: ",")
}
