import ExplainerKit
import HTTPD

/// The tools, each answered by what answers its resource.
extension MCPTool {
    static let explain = MCPTool(
        name: "explain", title: "Explain",
        description: """
            A finished explanation for one audience, in one of several shapes and lengths. Call it when somebody asks what the topic is, how it \
            works or why it matters. Show "text" as it is; when quoting a figure from it, keep the id of its fact, which "figures" has.
            """,
        parameters: described(["audience", "trigger", "length", "topic"], at: "/explain"),
        output: .object([
            ("topic", .text), ("audience", .object([("id", .text), ("name", .text)])),
            ("trigger", .object([("id", .text), ("phrase", .text), ("matched", .text)])), ("length", .text), ("title", .text),
            ("summary", .text), ("language", .text), ("words", .integer), ("reading_minutes", .integer), ("reading_grade", .number),
            ("text", .described("The whole piece as Markdown.", .text)),
            (
                "figures",
                .described("Each figure of the piece with the id of its fact.", .list(.object([("text", .text), ("fact", .text)])))
            ),
            ("sources", .list(.object([("id", .text), ("title", .text), ("publisher", .text), ("year", .integer), ("url", .text)]))),
            ("methods", .list(.text)), ("snapshot", .text), ("url", .text),
        ])
    ) { call throws(HTTPProblem) in
        let piece = try call.piece()
        let whole = piece.json
        let kept = [
            "topic", "audience", "trigger", "length", "title", "summary", "language", "words", "reading_minutes", "reading_grade",
        ]
        var figures: [JSON] = []
        if case .array(let claims)? = whole["claims"] {
            figures = claims.map { .object([("text", $0["text"] ?? .null), ("fact", $0["fact"] ?? .null)]) }
        }
        return .object(
            whole.picking(kept) + [("text", .string(MarkdownRenderer().render(piece.explainer))), ("figures", .array(figures))]
                + whole.picking(["sources", "methods", "snapshot"]) + [("url", call.address(whole["links"]?["html"]))]
        )
    }

    static let findFacts = MCPTool(
        name: "find_facts", title: "Find facts",
        description: """
            Facts of the catalogue that fit all given filters, each with its figure, conditions, caveat and citation. Call it before writing any \
            figure, and to check a claim: status refuted or unsupported lists what does not hold, with the reason and what holds instead. \
            Write a figure in one of its "display" wordings and name the fact's id.
            """,
        parameters: described(FactQuery.Filter.allCases.map(\.rawValue) + ["q", "sort"], at: "/facts") + [
            ParameterDescription("limit", .number(1...100), standard: "10", "At most so many facts in one answer.")
        ] + described(["cursor", "topic"], at: "/facts"),
        output: .object([
            ("count", .described("How many facts the filters let through.", .integer)),
            ("total", .described("How many facts there are.", .integer)),
            ("next_cursor", .described("Give it as cursor for the next page; null on the last one.", .nullable(.text))),
            ("snapshot", .text),
            ("facts", .list(.object(shortFact))),
        ])
    ) { call throws(HTTPProblem) in
        let topic = call.topic()
        var query = call.factQuery(in: topic, limit: 1...100)
        query.limit = query.limit ?? 10
        try call.parameters.check()
        let answer = try call.answer(query, on: topic.topic)
        let facts = answer.facts.map { fact in
            let whole = fact.json(in: topic.topic)
            return JSON.object(whole.picking(shortFact.map(\.0)) + [("url", call.address(whole["links"]?["self"]))])
        }
        return .object([
            ("count", .integer(answer.count)), ("total", .integer(answer.total)), ("next_cursor", .optional(answer.next)),
            ("snapshot", .string(call.site.snapshot.digest)), ("facts", .array(facts)),
        ])
    }

    static let getFact = MCPTool(
        name: "get_fact", title: "Get a fact",
        description: """
            One fact by its id, with everything that is known of it: figure and bounds, conditions, formula, sources with the place in each, caveat, \
            and for a claim that does not hold the reason and the ids of facts that hold instead. Call it to cite a fact or to see how far it reaches.
            """,
        parameters: [
            ParameterDescription("id", .text(atMost: 200), isRequired: true, "The fact's id, such as find_facts and explain give it.")
        ],
        output: .object(
            shortFact + [
                ("basis", .nullable(.text)), ("formula", .nullable(.text)), ("derived_from", .list(.text)),
                (
                    "sources",
                    .list(
                        .object([
                            ("id", .text), ("title", .text), ("publisher", .text), ("year", .integer), ("url", .text), ("locator", .text),
                        ])
                    )
                ),
                ("used_in", .list(.object([("audience", .text), ("trigger", .text)]))), ("updated", .text),
            ])
    ) { call throws(HTTPProblem) in
        let id = call.parameters.text("id", limit: 200) ?? ""
        try call.parameters.check()
        let (fact, topic) = try call.fact(id)
        let whole = fact.json(in: topic)
        return .object((whole.members ?? []).filter { $0.0 != "links" } + [("url", call.address(whole["links"]?["self"]))])
    }

    static let lint = MCPTool(
        name: "lint", title: "Check a text",
        description: """
            Checks a text about the topic against the style rules and the facts: each finding has its place, the reason and what to write instead; \
            "sourced" lists the figures that are right, with their facts. Call it on every text of your own before showing it, mend what it finds, and \
            call it again until "ok" is true.
            """,
        parameters: described(LintRequest.members, at: "body"),
        output: .object([
            ("ok", .described("Whether no finding is an error.", .boolean)),
            (
                "counts",
                .object([("error", .integer), ("warning", .integer), ("numbers", .integer), ("sourced", .integer), ("exempt", .integer)])
            ),
            (
                "findings",
                .described(
                    "At most \(mostFindings); counts has all of them.",
                    .list(
                        .object([
                            ("rule", .text), ("severity", .text), ("match", .text), ("message", .text), ("help", .text), ("docs", .text),
                            ("range", range),
                            ("suggestions", .list(.object([], optional: [("replacement", .text), ("fact", .text)]))),
                            ("fingerprint", .text),
                        ])
                    )
                )
            ), ("sourced", .list(.object([("match", .text), ("fact", .text), ("range", range)]))),
            (
                "coverage",
                .object([("linted_bytes", .integer), ("skipped", .list(.object([("kind", .text), ("bytes", .integer)])))])
            ), ("text", .object([("bytes", .integer), ("codepoints", .integer), ("utf16", .integer)])), ("snapshot", .text),
        ]),
        readsBody: true
    ) { call throws(HTTPProblem) in
        let request = try call.lintRequest()
        let topic = request.topic.topic
        let answer = LintAnswer(call.lint(request.text, request.options, in: topic))
        // A model that gets ten thousand findings mends none of them.
        let members = answer.json(links: call.reportLinks(to: topic)).map { name, value -> (String, JSON) in
            if case .elements(let count, let element) = value {
                (name, .elements(min(count, mostFindings), element))
            } else {
                (name, value)
            }
        }
        return .object(members + [("snapshot", .string(call.site.snapshot.digest))])
    }

    static let search = MCPTool(
        name: "search", title: "Search",
        description: """
            Facts and explanations that fit a question, best first, as id, title and URL for fetch. For research over several documents; \
            find_facts has exact filters.
            """,
        parameters: described(["query"], at: MCP.path),
        output: .object([("results", .list(.object([("id", .text), ("title", .text), ("url", .text)])))])
    ) { call throws(HTTPProblem) in
        let query = call.parameters.text("query", limit: 200) ?? ""
        try call.parameters.check()
        let results = CatalogueSearch(site: call.site).documents(for: query)
        return .object([("results", .array(results.map { .object($0.head(base: call.base)) }))])
    }

    static let fetch = MCPTool(
        name: "fetch", title: "Fetch",
        description: "One document that search found, whole: a fact with its sources, or an explanation with its figures' sources.",
        parameters: [ParameterDescription("id", .text(atMost: 200), isRequired: true, "The id of a result of search, or of a fact.")],
        output: .object([
            ("id", .text), ("title", .text), ("text", .described("Markdown.", .text)), ("url", .text),
            (
                "metadata",
                .object([("kind", .text), ("topic", .text), ("snapshot", .text)], optional: [("status", .text), ("citation", .text)])
            ),
        ])
    ) { call throws(HTTPProblem) in
        let id = call.parameters.text("id", limit: 200) ?? ""
        try call.parameters.check()
        let document: CatalogueDocument
        if let piece = CatalogueDocument.piece(id, in: call.site) {
            document = piece
        } else {
            let (fact, topic) = try call.fact(id)
            document = .fact(fact, topic)
        }
        return .object(
            document.head(base: call.base, text: document.markdown(base: call.base ?? "")) + [
                ("metadata", .object(document.metadata + [("snapshot", .string(call.site.snapshot.digest))]))
            ])
    }

    private static func described(_ names: [String], at resource: String) -> [ParameterDescription] {
        names.compactMap { ParameterDescription.named($0, at: resource) }
    }

    private static let mostFindings = 100

    private static let range: MCPSchema = {
        let position = MCPSchema.object([
            ("line", .integer), ("column", .integer), ("utf8", .integer), ("codepoint", .integer), ("utf16", .integer),
        ])
        return .object([("start", position), ("end", position)])
    }()

    /// What a fact has that a writer needs.
    private static let shortFact: [(String, MCPSchema)] = [
        ("id", .text), ("statement", .text), ("theme", .text), ("status", .text),
        (
            "quantity",
            .nullable(
                .object([
                    ("value", .text), ("number", .number), ("lower", .nullable(.text)), ("upper", .nullable(.text)),
                    ("unit", .object([("code", .text), ("symbol", .text), ("label", .text)])), ("kind", .text),
                    ("baseline", .nullable(.text)),
                    ("display", .described("Wordings that count as this quantity.", .list(.text))),
                ])
            )
        ),
        (
            "conditions",
            .object([
                ("method", .list(.text)), ("model", .list(.text)), ("hardware", .list(.text)), ("bits", .nullable(.number)),
                ("context", .nullable(.text)),
            ])
        ), ("year", .integer), ("caveat", .nullable(.text)), ("reason", .nullable(.text)), ("instead", .list(.text)),
        ("citation", .object([("short", .text), ("long", .text)])), ("url", .text),
    ]
}

extension Call {
    /// With scheme and host where they are known, so that people can follow it from a chat.
    fileprivate func address(_ path: JSON?) -> JSON { .string((base ?? "") + (path?.string ?? "")) }
}

extension JSON {
    /// Those of an object's members that are named, in the order of the names.
    func picking(_ names: [String]) -> [(String, JSON)] { names.compactMap { name in self[name].map { (name, $0) } } }
}
