import ExplainerKit

extension Pages {
    /// The catalogue as a table, with the filters that narrow it.
    func facts(_ answer: FactQuery.Answer, query: FactQuery, parameters: Parameters, in topic: Topic, next: String?) -> String {
        let filters = FactFilters(query: query, parameters: parameters, topic: topic, links: links(topic))
        let address = filters.address()
        let forms: [Format] = [.json, .csv, .ndjson, .jsonld, .markdown]
        let frame = Frame(
            topic: topic, title: "Facts – \(topic.title)", description: topic.summary, address: address,
            alternates: forms.map { ($0, "/facts.\($0.suffix ?? "")" + filters.query()) }, part: "/facts"
        )
        let facets = filters.facets
        var page: Values = [
            "countText": answer.count == answer.total
                ? "All \(counted(answer.total, "fact")) on \(topic.title)."
                : "\(answer.count) of \(counted(answer.total, "entry", "entries")) in the catalogue on \(topic.title).",
            "hiddenFields": filters.hiddenFields, "hasActive": !filters.active.isEmpty, "active": filters.active,
            "clearHref": links(topic).facts(), "openFacets": facets.filter { $0.isAlwaysOpen }.map(\.values),
            "foldedFacets": facets.filter { !$0.isAlwaysOpen }.map(\.values), "isEmpty": answer.count == 0,
            "hasRows": !answer.facts.isEmpty, "sorts": filters.sorts, "rows": rows(answer.facts, in: topic),
        ]
        page["q"] = parameters.text("q")
        page["next"] = next
        return render("facts", frame, page)
    }

    private func rows(_ facts: [Fact], in topic: Topic) -> [Values] {
        let methodNames = Dictionary(topic.methods.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let links = links(topic)
        return facts.map { fact in
            let sources = topic.references(of: fact).map(\.id).uniqued().compactMap { topic.source($0) }
            return [
                "href": links.fact(fact.id), "statement": fact.statement, "figure": fact.quantity?.figureWithKind ?? "–",
                "conditions": fact.conditions.inShort(methodNames: methodNames), "status": fact.status.rawValue,
                "year": fact.year,
                "rowSources": sources.map { ["name": $0.publisher, "href": links.entry($0.id, of: .sources)] },
            ]
        }
    }
}

extension Quantity {
    /// "75% reduction"; the kind only where the bare figure would mislead.
    fileprivate var figureWithKind: String {
        switch kind {
        case .reduction, .increase, .change, .speedup: "\(figure) \(kind.rawValue)"
        default: figure
        }
    }
}

extension Conditions {
    /// "GPTQ, 4-bit, Qwen2-7B-Instruct +2, A100 80 GB"
    fileprivate func inShort(methodNames: [String: String]) -> String {
        func some(_ names: [String]) -> [String] {
            guard let first = names.first else { return [] }
            return [names.count == 1 ? first : "\(first) +\(names.count - 1)"]
        }
        let parts =
            some(methods.map { methodNames[$0] ?? $0 }) + (bits.map { ["\($0.text)-bit"] } ?? []) + some(models) + some(hardware)
        return parts.isEmpty ? "–" : parts.joined(separator: ", ")
    }
}

/// The filters of the page of facts: what is set, and where each change leads.
private struct FactFilters {
    let query: FactQuery
    var parameters: Parameters
    let topic: Topic
    let links: TopicLinks

    /// One filter with its values and their counts.
    struct Facet {
        let filter: FactQuery.Filter
        let values: Pages.Values
        var isAlwaysOpen: Bool { filter == .theme || filter == .status }
    }

    /// The address with some parameters replaced or, with nil, left out.
    func address(_ changes: [String: String?] = [:]) -> String { "/facts" + query(changes) }

    /// A change begins again on the first page.
    func query(_ changes: [String: String?] = [:]) -> String {
        var changes = changes
        if !changes.isEmpty { changes["cursor"] = .some(nil) }
        for name in ["fields", "facets"] { changes[name] = .some(nil) }
        return parameters.query(Site.factParameters, setting: changes)
    }

    /// What a search in the current selection has to send besides its words; never an empty value.
    var hiddenFields: [Pages.Values] {
        (FactQuery.Filter.allCases.map(\.rawValue) + ["sort", "limit", "topic"]).compactMap { name in
            parameters.text(name).map { ["name": name, "value": $0] }
        }
    }

    /// What is filtered by, each value with the address without it.
    var active: [Pages.Values] {
        var chips = FactQuery.Filter.allCases.flatMap { filter -> [Pages.Values] in
            let values = chosen(filter)
            return values.map { value in
                let rest = values.filter { $0 != value }.joined(separator: ",")
                return [
                    "name": name(of: filter), "value": name(of: value, in: filter),
                    "href": address([filter.rawValue: rest.isEmpty ? nil : rest]),
                ]
            }
        }
        if let words = parameters.text("q") { chips.append(["name": "Words", "value": words, "href": address(["q": nil])]) }
        return chips
    }

    var sorts: [Pages.Values] {
        let names: [(FactQuery.Sort, String)] = [(.id, "name"), (.newest, "newest"), (.year, "oldest"), (.value, "figure")]
        return names.map { sort, name in
            ["name": name, "isCurrent": sort == query.sort, "href": address(["sort": sort == .id ? nil : sort.rawValue])]
        }
    }

    /// Filters with the counts that each value would have with the other filters as they are.
    var facets: [Facet] {
        let shown: [FactQuery.Filter] = [.theme, .status, .method, .model, .bits, .year]
        let unset = shown.filter { query.filters[$0] == nil && $0 != .status }
        var counts: [FactQuery.Filter: [(value: String, count: Int)]] = [:]
        for facet in count(unset, without: nil) { counts[facet.filter] = facet.values }
        for filter in shown where counts[filter] == nil { counts[filter] = count([filter], without: filter).first?.values }
        return shown.compactMap { filter in facet(filter, counts[filter] ?? []) }
    }

    private func count(
        _ facets: [FactQuery.Filter], without filter: FactQuery.Filter?
    ) -> [(filter: FactQuery.Filter, values: [(value: String, count: Int)])] {
        var query = query
        query.cursor = nil
        query.limit = 0
        query.facets = facets
        if let filter { query.filters[filter] = filter == .status ? Set(Fact.Status.allCases.map(\.rawValue)) : nil }
        return (try? query.run(on: topic))?.facets ?? []
    }

    private func facet(_ filter: FactQuery.Filter, _ counts: [(value: String, count: Int)]) -> Facet? {
        guard !counts.isEmpty else { return nil }
        let chosen = chosen(filter)
        var sorted = counts
        switch filter {
        case .theme, .status, .bits, .year:
            let order = filter.knownValues(in: topic)
            sorted.sort { (order.firstIndex(of: $0.value) ?? 0) < (order.firstIndex(of: $1.value) ?? 0) }
        default: break
        }
        var choices = sorted.map { value, count -> Pages.Values in
            let isCurrent = chosen.contains(value)
            return [
                "name": name(of: value, in: filter), "count": count, "isCurrent": isCurrent,
                "href": address([filter.rawValue: value]),
            ]
        }
        if filter == .status { choices = statusPresets(counts) + choices }
        return Facet(filter: filter, values: ["name": name(of: filter), "choices": choices, "isOpen": !chosen.isEmpty])
    }

    /// What holds and what does not, each as one choice.
    private func statusPresets(_ counts: [(value: String, count: Int)]) -> [Pages.Values] {
        let chosen = chosen(.status)
        return [true, false].compactMap { holds in
            let statuses = Fact.Status.allCases.filter { $0.holds == holds }.map(\.rawValue)
            let count = counts.filter { statuses.contains($0.value) }.reduce(0) { $0 + $1.count }
            let isCurrent = chosen.isEmpty ? holds : Set(chosen) == Set(statuses)
            guard count > 0 || isCurrent else { return nil }
            return [
                "name": holds ? "holds" : "does not hold", "count": count, "isCurrent": isCurrent,
                "href": address(["status": holds ? nil : statuses.joined(separator: ",")]),
            ]
        }
    }

    /// The values that a filter is set to, as the catalogue writes them.
    private func chosen(_ filter: FactQuery.Filter) -> [String] {
        guard let wanted = query.filters[filter] else { return [] }
        return filter.knownValues(in: topic).filter { wanted.contains(slug($0)) }
    }

    private func name(of filter: FactQuery.Filter) -> String { filter == .usedIn ? "Used in" : filter.rawValue.sentenceCased }

    private func name(of value: String, in filter: FactQuery.Filter) -> String {
        switch filter {
        case .theme: topic.themes.first { $0.id == value }?.name ?? value
        case .method: topic.methods.first { $0.id == value }?.name ?? value
        case .source: topic.source(value)?.title ?? value
        case .usedIn: topic.audiences.first { $0.id == value }?.name ?? value
        case .bits: "\(value)-bit"
        default: value
        }
    }
}
