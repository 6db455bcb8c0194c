import ExplainerKit
import HTTPD

extension Site {
    /// `/charts` and `/charts/{id}`: amounts to look at.
    static let chartRoutes: [Route] = [
        Route("/charts", [.json, .html], parameters: ["topic"], "Charts of facts.") { call throws(HTTPProblem) in
            let topic = call.topic().topic
            try call.parameters.check()
            let bytes =
                call.format == .html
                ? Array(call.site.pages.charts(in: topic).utf8)
                : JSON.object([
                    ("count", .integer(topic.charts.count)), ("charts", .array(topic.charts.map { $0.json(call.site.pages.links(topic)) })),
                    ("snapshot", .string(call.site.snapshot.digest)),
                ]).bytes
            return .content(call.content(bytes, at: "/charts", parameters: ["topic"], language: topic.language))
        },
        Route(
            "/charts/:id", [.json, .html, .svg], parameters: ["topic"],
            "One chart: its picture, a page with picture and table, and what it shows."
        ) { call throws(HTTPProblem) in
            let topic = call.topic().topic
            try call.parameters.check()
            let wanted = slug(call.name)
            guard let chart = topic.charts.first(where: { $0.id == wanted }) else {
                throw HTTPProblem.notFound("chart", call.name, among: topic.charts.map(\.id))
            }
            let bytes =
                switch call.format {
                case .html: Array(call.site.pages.charts(chart, in: topic).utf8)
                case .svg: Array(ChartDrawing(chart, in: topic).svg().utf8)
                default: chart.json(call.site.pages.links(topic)).bytes
                }
            var content = call.content(bytes, at: "/charts/\(chart.id)", parameters: ["topic"], language: topic.language)
            if call.format == .svg { content.policy = .picture(with: ChartDrawing.style) }
            return .content(content)
        },
    ]
}

extension Chart {
    fileprivate func json(_ links: TopicLinks) -> JSON {
        .object([
            ("id", .string(id)), ("title", .string(title)), ("summary", .string(summary)),
            (
                "panels",
                .array(
                    panels.map { panel in
                        .object([
                            ("title", .string(panel.title)), ("context", .string(panel.context)),
                            ("unit", panel.facts.first?.quantity?.unit.json ?? .null),
                            ("bars", .array(panel.facts.map { $0.bar(in: links.topic) })),
                        ])
                    }
                )
            ),
            (
                "links",
                .object([
                    ("self", .string(links.chart(id))), ("html", .string(links.chart(id, .html))), ("svg", .string(links.chart(id, .svg))),
                ])
            ),
        ])
    }
}

extension Fact {
    fileprivate func bar(in topic: Topic) -> JSON {
        .object([
            ("model", .optional(conditions.models.first)), ("label", .string(barLabel(in: topic))),
            ("bits", conditions.bits.map { .digits($0.text) } ?? .null), ("value", .optional(quantity?.value.text)),
            ("number", quantity.map { .number($0.value.number) } ?? .null), ("fact", .string(id)),
        ])
    }
}
