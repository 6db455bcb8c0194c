/// A chart as SVG: a drawing of its own, or one panel at a time for a page that has a style sheet.
///
/// Colours are attributes, so that the drawing can be read where styles are left out; a style sheet goes before them.
package struct ChartDrawing: Sendable {
    private let chart: Chart
    private let topic: Topic

    package init(_ chart: Chart, in topic: Topic) {
        self.chart = chart
        self.topic = topic
    }

    /// Styles of the drawing on its own: both colour schemes.
    package static let style = """
        text{font-family:system-ui,"Segoe UI",Roboto,sans-serif;fill:#20242a}.paper{fill:#fcfbf8}.quiet{fill:#575d66}\
        @media(prefers-color-scheme:dark){text{fill:#e3e1dc}.paper{fill:#15181c}.quiet{fill:#a5aab2}\
        .bits-16{fill:#767d87}.bits-4{fill:#82c7de}}
        """

    /// All panels with title and sources, so that the picture says where it is from when it travels alone.
    package func svg() -> String {
        let margin = 28.0
        let gap = 44.0
        let width = 2 * margin + 2 * Panel.width + gap
        let panels = chart.panels.map { Panel($0, in: topic) }
        var body = text(chart.title, x: margin, y: 48, size: 24, weight: 600)
        var ends = [72.0, 72.0]
        for panel in panels {
            // The next panel goes where there is more room.
            let column = ends[1] < ends[0] ? 1 : 0
            let x = margin + Double(column) * (Panel.width + gap)
            body += "<g transform=\"translate(\(x.short) \(ends[column].short))\">\n\(panel.drawing)</g>\n"
            ends[column] += panel.height + 26
        }
        var bottom = max(ends[0], ends[1]) + 8
        let publishers = chart.facts.flatMap { topic.references(of: $0) }.compactMap { topic.source($0.id)?.publisher }.uniqued()
        for line in "\(topic.labels.sources): \(publishers.joined(separator: "; ")).".lines(upTo: 112) {
            body += text(line, x: margin, y: bottom, size: 12, style: "quiet")
            bottom += 17
        }
        let height = bottom + 10
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width.short)" height="\(height.short)" viewBox="0 0 \(width.short) \(height.short)" \
            lang="\(escapeHTML(topic.language))" role="img" aria-labelledby="title desc">
            <title id="title">\(escapeHTML(chart.title))</title>
            <desc id="desc">\(escapeHTML(([chart.summary] + panels.map { "\($0.title): \($0.reading)" }).joined(separator: " ")))</desc>
            <style>\(Self.style)</style>
            <rect class="paper" width="100%" height="100%" fill="#fcfbf8"/>
            \(body)</svg>

            """
    }

    /// One panel for a page, to be styled there.
    package func panel(_ index: Int) -> String {
        let panel = Panel(chart.panels[index], in: topic)
        let id = "chart-\(chart.id)-\(index + 1)"
        return """
            <svg class="chart" viewBox="0 0 \(Panel.width.short) \(panel.height.short)" role="img" aria-labelledby="\(id)-title \(id)-desc">
            <title id="\(id)-title">\(escapeHTML("\(chart.title): \(panel.title)"))</title>
            <desc id="\(id)-desc">\(escapeHTML(panel.reading))</desc>
            \(panel.drawing)</svg>
            """
    }
}

/// One panel, drawn from its upper left corner.
private struct Panel {
    static let width = 360.0
    let title: String
    /// The same in words.
    let reading: String
    private(set) var drawing: String
    private(set) var height: Double

    /// Where bars begin, and how long the longest is.
    private static let start = 120.0
    private static let longest = 152.0

    init(_ panel: Chart.Panel, in topic: Topic) {
        title = panel.title
        let models = panel.models
        reading =
            (models.map { model in
                let bars = model.facts.map { "\($0.barLabel(in: topic)) \($0.quantity?.figure ?? "")" }
                return "\(model.name): \(bars.joined(separator: ", "))."
            } + ["\(panel.context.capitalised)."]).joined(separator: " ")
        drawing = ""
        height = -4
        for line in title.lines(upTo: 38) {
            height += 20
            drawing += text(line, y: height, size: 16, weight: 600)
        }
        height += 2
        for line in panel.context.capitalised.lines(upTo: 52) {
            height += 16
            drawing += text(line, y: height, size: 12, style: "quiet")
        }
        let greatest = panel.facts.compactMap(\.quantity?.value.number).max() ?? 1
        for model in models {
            height += 26
            drawing += text(model.name, y: height, size: 14, weight: 600)
            height += 7
            for fact in model.facts { draw(fact, greatest: greatest, in: topic) }
        }
        height += 6
    }

    private mutating func draw(_ fact: Fact, greatest: Double, in topic: Topic) {
        guard let quantity = fact.quantity else { return }
        let length = max(2, Self.longest * quantity.value.number / greatest)
        let width = BitWidth(fact.conditions.bits?.number ?? 16)
        drawing += "<g><title>\(escapeHTML(fact.statement))</title>"
        drawing += text(fact.barLabel(in: topic), y: height + 14, size: 13, style: "quiet")
        drawing +=
            "<rect class=\"\(width.rawValue)\" x=\"\(Self.start.short)\" y=\"\(height.short)\" width=\"\(length.short)\" height=\"18\" rx=\"2\" fill=\"\(width.colour)\"/>"
        drawing += text(quantity.figure, x: Self.start + length + 7, y: height + 14, size: 13, weight: 600)
        drawing += "</g>\n"
        height += 24
    }
}

/// Widths that a bar tells apart by its colour.
private enum BitWidth: String {
    case many = "bits-16"
    case some = "bits-8"
    case few = "bits-4"

    /// - Parameter bits: with scales, so a little more than the name of the width says.
    init(_ bits: Double) { self = bits >= 16 ? .many : bits >= 8 ? .some : .few }

    var colour: String {
        switch self {
        case .many: "#8a8577"
        case .some: "#4a8fa6"
        case .few: "#0b5872"
        }
    }
}

private func text(_ words: String, x: Double = 0, y: Double, size: Int, weight: Int? = nil, style: String? = nil) -> String {
    let names = style.map { " class=\"\($0)\"" } ?? ""
    let bold = weight.map { " font-weight=\"\($0)\"" } ?? ""
    return
        "<text\(names) x=\"\(x.short)\" y=\"\(y.short)\" font-size=\"\(size)\"\(bold) font-family=\"sans-serif\" fill=\"\(style == nil ? "#20242a" : "#575d66")\">\(escapeHTML(words))</text>\n"
}

extension Double {
    /// Tenths are fine enough for a drawing, and the same on every machine.
    fileprivate var short: String {
        let tenths = Int((self * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
    }
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }

    /// Broken between words.
    fileprivate func lines(upTo limit: Int) -> [String] {
        var lines: [String] = []
        for word in split(separator: " ") {
            if let last = lines.last, last.count + word.count < limit {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
