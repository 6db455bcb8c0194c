import ExplainerKit

extension Site {
    /// `/facts`, `/facts/{id}` and the feed of changes.
    static let factRoutes: [Route] = [
        Route(
            "/facts", [.json, .html, .csv, .ndjson, .jsonld, .markdown], parameters: factParameters,
            "The facts catalogue; filters combine with AND, a comma list within one with OR."
        ) { call throws(HTTPProblem) in
            let site = call.topic()
            let topic = site.topic
            let query = call.factQuery(in: site)
            let fields = call.parameters.list("fields", in: .named(factFields))
            if fields != nil, call.format != .json, call.format != .ndjson {
                call.parameters.fail("fields", "fields goes with the formats json and ndjson.")
            }
            try call.parameters.check()
            let answer = try call.answer(query, on: topic)
            // A form that was asked for stays the form of the next page.
            let page = call.isNegotiated ? call.path : call.path + (call.format.suffix.map { ".\($0)" } ?? "")
            let next = answer.next.map { cursor in page + call.parameters.query(factParameters, setting: ["cursor": cursor]) }
            let bytes = call.bytes(of: answer, query, in: topic, fields: fields, next: next)
            var content = Content(call.format, bytes, canonical: "/facts" + call.parameters.query(factParameters))
            // Not every form can leave fields out.
            content.alternates = call.route.alternates(of: "/facts", query: call.parameters.query(factParameters.filter { $0 != "fields" }))
            content.next = next
            content.language = topic.language
            return .content(content)
        },
        Route("/facts/feed.atom", [.atom], parameters: ["topic"], "Changes of facts, newest first, as an Atom feed.") {
            call throws(HTTPProblem) in
            let topic = call.topic().topic
            try call.parameters.check()
            let tables = FactTables(topic: topic, base: call.site.headers.publicURL)
            return .content(
                Content(
                    .atom, tables.atom(topic.facts, digest: call.site.snapshot.digest, query: call.parameters.query(["topic"])),
                    canonical: "/facts/feed.atom" + call.parameters.query(["topic"]))
            )
        },
        Route("/facts/:id", [.json, .html, .csv, .ndjson, .jsonld, .markdown], "One fact with its conditions, status and sources.") {
            call throws(HTTPProblem) in
            try call.parameters.check()
            let (fact, topic) = try call.fact(call.name)
            let tables = FactTables(topic: topic, base: call.site.headers.publicURL)
            let bytes: [UInt8] =
                switch call.format {
                case .html: Array(call.site.pages.fact(fact, in: topic).utf8)
                case .csv: Array(tables.csv([fact]).utf8)
                case .ndjson: Array(tables.ndjson([fact.json(in: topic)]).utf8)
                case .jsonld: tables.jsonld([fact]).bytes
                case .markdown: Array(tables.markdown([fact]).utf8)
                default: fact.json(in: topic).bytes
                }
            var content = Content(call.format, bytes, canonical: "/facts/\(fact.id)")
            content.alternates = call.route.alternates(of: "/facts/\(fact.id)", query: "")
            content.language = topic.language
            return .content(content)
        },
    ]

    static let factParameters =
        FactQuery.Filter.allCases.map(\.rawValue) + ["q", "sort", "limit", "cursor", "fields", "facets", "topic"]

    /// The members of a fact in JSON.
    static let factFields = [
        "id", "statement", "theme", "status", "quantity", "conditions", "year", "basis", "formula", "derived_from", "sources", "caveat",
        "reason", "instead", "citation", "used_in", "updated", "links",
    ]
}

private let sorts = Choices<FactQuery.Sort>.cases

extension Call {
    /// What the filters and the order ask for; mistakes are left with the parameters.
    mutating func factQuery(in site: TopicSite, limit: ClosedRange<Int> = 1...1000) -> FactQuery {
        var query = FactQuery()
        for filter in FactQuery.Filter.allCases {
            guard let values = parameters.list(filter.rawValue, in: site.choices(filter)) else { continue }
            query.filters[filter] = Set(values.map { slug($0) })
        }
        query.words = parameters.text("q", limit: 200).map(FactQuery.words) ?? []
        if let text = parameters.text("q"), query.words.isEmpty { parameters.fail("q", "\"\(text.shortened)\" holds no word to look for.") }
        query.sort = parameters.choice("sort", in: sorts) ?? .id
        query.limit = parameters.integer("limit", in: limit)
        query.cursor = parameters.text("cursor")
        query.facets =
            (parameters.list("facets", in: .named(FactQuery.Filter.allCases.map(\.rawValue))) ?? []).compactMap {
                FactQuery.Filter(rawValue: $0)
            }
        return query
    }

    /// The facts, or what is wrong with the cursor.
    mutating func answer(_ query: FactQuery, on topic: Topic) throws(HTTPProblem) -> FactQuery.Answer {
        do throws(FactQuery.Failure) {
            return try query.run(on: topic)
        } catch {
            parameters.fail("cursor", "This cursor belongs to no fact of this list; take it from the next link of a page.")
            throw HTTPProblem(parameters: parameters.errors)
        }
    }

    /// A fact of any topic, and the topic.
    func fact(_ name: String) throws(HTTPProblem) -> (Fact, Topic) {
        let wanted = slug(name)
        guard let topic = site.snapshot.topics.first(where: { $0.fact(wanted) != nil }), let fact = topic.fact(wanted) else {
            throw HTTPProblem.notFound("fact", name, among: site.snapshot.topics.flatMap(\.facts).map(\.id))
        }
        return (fact, topic)
    }

    fileprivate func bytes(of answer: FactQuery.Answer, _ query: FactQuery, in topic: Topic, fields: [String]?, next: String?) -> [UInt8] {
        let tables = FactTables(topic: topic, base: site.headers.publicURL)
        switch format {
        case .html: return Array(site.pages.facts(answer, query: query, parameters: parameters, in: topic, next: next).utf8)
        case .csv: return Array(tables.csv(answer.facts).utf8)
        case .jsonld: return tables.jsonld(answer.facts).bytes
        case .markdown: return Array(tables.markdown(answer.facts).utf8)
        default: break
        }
        let facts = answer.facts.map { fact in
            guard let fields, case .object(let members) = fact.json(in: topic) else { return fact.json(in: topic) }
            return JSON.object(members.filter { fields.contains($0.0) })
        }
        if format == .ndjson { return Array(tables.ndjson(facts).utf8) }
        let facets = answer.facets.map { facet in
            (facet.filter.rawValue, JSON.object(facet.values.map { ($0.value, .integer($0.count)) }))
        }
        return JSON.object([
            ("count", .integer(answer.count)), ("total", .integer(answer.total)), ("next", .optional(next)), ("facets", .object(facets)),
            ("snapshot", .string(site.snapshot.digest)), ("facts", .array(facts)),
        ]).bytes
    }
}
