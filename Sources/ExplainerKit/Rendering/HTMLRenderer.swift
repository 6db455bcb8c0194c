/// An explainer as one `<article>` that a foreign page can take in: scoped class names, no script, no inline style.
package struct HTMLRenderer: Sendable {
    /// Level of the title, 1…4; sections stand one level below.
    private let heading: Int
    /// Stands before every link to this service, so that a page elsewhere links back; "" for links within the service.
    private let base: String
    /// How a link away from the article begins.
    private let link: String

    /// - Parameter opensWindows: whether what is linked opens in a window of its own: an article in a frame cannot give way to it.
    package init(heading: Int = 1, base: String = "", opensWindows: Bool = false) {
        self.heading = heading
        self.base = base
        link = opensWindows ? "<a target=\"_blank\"" : "<a"
    }

    package func render(_ explainer: Explainer) -> String {
        let scope = "explainer-\(explainer.topic)-\(explainer.audience.id)-\(explainer.trigger.id)-\(explainer.length.rawValue)"
        var out = "<article class=\"explainer\" id=\"\(scope)\" lang=\"\(escapeHTML(explainer.language))\">\n"
        out += tag("h\(level(0))", "explainer-title", escapeHTML(explainer.title))
        for section in explainer.sections {
            out += "<section class=\"explainer-section explainer-\(section.role)\">\n"
            if explainer.length != .brief { out += tag("h\(level(1))", "explainer-heading", escapeHTML(section.heading)) }
            for block in section.blocks {
                if let caption = block.caption { out += tag("h\(level(2))", "explainer-caption", escapeHTML(caption)) }
                out += render(block, of: explainer, scope: scope) + "\n"
            }
            out += "</section>\n"
        }
        out += sources(explainer, scope: scope)
        return out + "</article>\n"
    }

    /// One block; citations link to the numbered source within `scope`, or are left out without one.
    package func render(_ block: Block, of explainer: Explainer, scope: String?) -> String {
        func render(_ line: Line) -> String { self.render(line, of: explainer, scope) }
        return switch block.content {
        case .paragraph(let line):
            block.isDetail
                ? "<p class=\"explainer-detail\"><span class=\"explainer-label\">\(escapeHTML(explainer.labels.detail)):</span> \(render(line))</p>"
                : "<p>\(render(line))</p>"
        case .list(let items): "<ul>\n" + items.map { "<li>\(render($0))</li>\n" }.joined() + "</ul>"
        case .definitions(let definitions):
            "<dl>\n" + definitions.map { "<dt>\(escapeHTML($0.name))</dt>\n<dd>\(render($0.meaning))</dd>\n" }.joined() + "</dl>"
        case .table(let header, let rows):
            "<div class=\"explainer-table\" role=\"region\" aria-label=\"\(escapeHTML(header.map { PlainText($0).text }.joined(separator: ", ")))\" tabindex=\"0\"><table>\n<thead><tr>"
                + header.map { "<th scope=\"col\">\(render($0))</th>" }.joined() + "</tr></thead>\n<tbody>\n"
                + rows.map { "<tr>" + $0.map { "<td>\(render($0))</td>" }.joined() + "</tr>\n" }.joined() + "</tbody>\n</table></div>"
        }
    }

    private func render(_ line: Line, of explainer: Explainer, _ scope: String?) -> String {
        line.map { inline in
            switch inline {
            case .text(let words): escapeHTML(words)
            case .code(let words): "<code>\(escapeHTML(words))</code>"
            case .claim(let words, let fact): claim(words, explainer.facts.first { $0.id == fact })
            case .citation(let numbers):
                scope.map { scope in
                    numbers.map { "<sup class=\"explainer-cite\"><a href=\"#\(scope)-source-\($0)\">[\($0)]</a></sup>" }.joined()
                } ?? ""
            }
        }.joined()
    }

    /// A link to the fact; a figure also carries its exact value for programs.
    private func claim(_ words: String, _ fact: Fact?) -> String {
        guard let fact else { return escapeHTML(words) }
        let isFigure = fact.quantity?.display.contains(words) ?? false
        let content = isFigure ? "<data value=\"\(fact.quantity?.value.text ?? "")\">\(escapeHTML(words))</data>" : escapeHTML(words)
        return "\(link) class=\"explainer-fact\" href=\"\(base)/facts/\(fact.id)\">\(content)</a>"
    }

    private func sources(_ explainer: Explainer, scope: String) -> String {
        guard !explainer.sources.isEmpty else { return "" }
        var out =
            "<section class=\"explainer-sources\">\n" + tag("h\(level(1))", "explainer-heading", escapeHTML(explainer.labels.sources))
            + "<ol>\n"
        for (index, cited) in explainer.sources.enumerated() {
            let source = cited.source
            out += "<li id=\"\(scope)-source-\(index + 1)\">\(escapeHTML(source.publisher)): "
            out +=
                "\(link) href=\"\(escapeHTML(source.url))\" rel=\"nofollow noopener\"><cite>\(escapeHTML(source.title))</cite></a>, \(source.year). "
            out += "\(escapeHTML(cited.locators.joined(separator: "; "))).</li>\n"
        }
        return out + "</ol>\n</section>\n"
    }

    private func level(_ depth: Int) -> Int { min(6, heading + depth) }

    private func tag(_ name: String, _ style: String, _ content: String) -> String {
        "<\(name) class=\"\(style)\">\(content)</\(name)>\n"
    }
}

/// Text for HTML content and quoted attributes.
package func escapeHTML(_ text: String) -> String {
    guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return text }
    var out = ""
    for character in text.unicodeScalars {
        switch character {
        case "&": out += "&amp;"
        case "<": out += "&lt;"
        case ">": out += "&gt;"
        case "\"": out += "&quot;"
        case "'": out += "&#39;"
        default: out.unicodeScalars.append(character)
        }
    }
    return out
}
