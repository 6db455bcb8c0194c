import ExplainerKit

extension Pages {
    /// One chart with its table, or all charts of a topic.
    ///
    /// - Parameter chart: nil for all.
    func charts(_ chart: Chart? = nil, in topic: Topic) -> String {
        let links = links(topic)
        let address = chart.map { links.chart($0.id) } ?? links.charts
        let forms: [(format: Format, href: String)] =
            chart.map { [(.json, links.chart($0.id, .json)), (.svg, links.chart($0.id, .svg))] } ?? [(.json, json(of: address))]
        let frame = Frame(
            topic: topic, title: "\(chart?.title ?? "Charts") – \(topic.title)", description: chart?.summary ?? topic.summary,
            address: address, alternates: forms, part: "/charts"
        )
        let charts = (chart.map { [$0] } ?? topic.charts).map { shown -> Values in
            var values = figure(shown, in: topic)
            values["isAlone"] = chart != nil
            guard chart != nil else { return values }
            values["bars"] = bars(of: shown, in: topic)
            values["pictureHref"] = links.chart(shown.id, .svg)
            values["copies"] = copies([
                ("Link", origin + links.chart(shown.id)), ("Picture", origin + links.chart(shown.id, .svg)),
                ("curl", command(links.chart(shown.id, .svg))),
                ("Markdown", "[![\(shown.title)](\(origin)\(links.chart(shown.id, .svg)))](\(origin)\(address))"),
                ("Citation", "\(shown.title). \(topic.title), \(topic.published). \(origin)\(address)"),
            ])
            return values
        }
        return render("charts", frame, ["heading": chart?.title ?? "Charts", "charts": charts])
    }

    /// A chart's panels as drawings within a page.
    ///
    /// - Parameter count: how many to show, from the first.
    func figure(_ chart: Chart, in topic: Topic, panels count: Int = .max) -> Values {
        let drawing = ChartDrawing(chart, in: topic)
        return [
            "chartTitle": chart.title, "chartSummary": chart.summary, "chartHref": links(topic).chart(chart.id),
            "panels": chart.panels.indices.prefix(count).map { ["drawing": drawing.panel($0)] },
        ]
    }

    private func bars(of chart: Chart, in topic: Topic) -> [Values] {
        let links = links(topic)
        return chart.panels.flatMap { panel in
            panel.models.flatMap { model in
                model.facts.map { fact -> Values in
                    let sources = topic.references(of: fact).map(\.id).uniqued().compactMap { topic.source($0) }
                    return [
                        "model": model.name, "label": fact.barLabel(in: topic), "figure": fact.quantity?.figure ?? "",
                        "href": links.fact(fact.id), "statement": fact.statement, "context": panel.context,
                        "barSources": sources.map { ["name": $0.publisher, "href": links.entry($0.id, of: .sources)] },
                    ]
                }
            }
        }
    }
}
