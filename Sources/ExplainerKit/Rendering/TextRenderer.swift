/// An explainer as plain text for a terminal: wrapped, with the sources numbered at its end.
package struct TextRenderer: Sendable {
    private let width: Int
    private var out = ""

    /// - Parameter width: columns; longer words stand on a line of their own.
    package init(width: Int = 80) { self.width = width }

    package func render(_ explainer: Explainer) -> String {
        var renderer = self
        renderer.write(explainer)
        return renderer.out
    }

    private mutating func write(_ explainer: Explainer) {
        heading(explainer.title, "=")
        for section in explainer.sections {
            if explainer.length != .brief { heading(section.heading, "-") }
            for block in section.blocks { write(block, labels: explainer.labels) }
        }
        guard !explainer.sources.isEmpty else { return }
        heading(explainer.labels.sources, "-")
        for (index, cited) in explainer.sources.enumerated() {
            paragraph(
                "\(cited.source.publisher): \(cited.source.title), \(cited.source.year). \(cited.locators.joined(separator: "; ")).",
                first: "[\(index + 1)] ")
            out += String(repeating: " ", count: 4) + cited.source.url + "\n"
        }
    }

    private mutating func heading(_ text: String, _ mark: Character) {
        paragraph(text)
        out += String(repeating: mark, count: min(width, columns(text))) + "\n\n"
    }

    private mutating func write(_ block: Block, labels: Labels) {
        if let caption = block.caption { heading(caption, "-") }
        switch block.content {
        case .paragraph(let line):
            paragraph(text(line), first: block.isDetail ? "    \(labels.detail): " : "", rest: block.isDetail ? "    " : "")
        case .list(let items):
            for item in items { paragraph(text(item), first: "- ", rest: "  ") }
        case .definitions(let definitions):
            for definition in definitions { paragraph("\(definition.name): \(text(definition.meaning))", first: "", rest: "  ") }
        case .table(let header, let rows): table([header] + rows)
        }
        out += "\n"
    }

    /// Rows as records, since cells of prose do not fit beside each other in 80 columns: the first cell, then "header: cell" lines.
    private mutating func table(_ rows: [[Line]]) {
        let header = rows[0].map(text)
        for row in rows.dropFirst() {
            for (index, cell) in row.enumerated() {
                paragraph(text(cell), first: index == 0 ? "- " : "  \(header[index]): ", rest: "    ")
            }
        }
    }

    private func text(_ line: Line) -> String {
        line.map { inline in
            switch inline {
            case .text(let words), .code(let words): words
            // A short claim is a figure with its unit, which no line end should part.
            case .claim(let words, _): words.count <= 24 ? words.replacing(" ", with: "\u{A0}") : words
            case .citation(let numbers): numbers.isEmpty ? "" : "\u{A0}" + numbers.map { "[\($0)]" }.joined()
            }
        }.joined()
    }

    /// Breaks at blanks; the no-break blank before a citation does not count as one, and is printed as a plain blank.
    private mutating func paragraph(_ text: String, first: String = "", rest: String? = nil) {
        let indent = rest ?? String(repeating: " ", count: first.count)
        var line = first
        var used = columns(first)
        var isEmpty = true
        for word in text.split(separator: " ") {
            let size = columns(word)
            if !isEmpty, used + 1 + size > width {
                out += line.replacingNoBreakBlanks + "\n"
                line = indent
                used = columns(indent)
                isEmpty = true
            }
            if !isEmpty {
                line += " "
                used += 1
            }
            line += word
            used += size
            isEmpty = false
        }
        out += line.replacingNoBreakBlanks + "\n"
    }

    private func columns(_ text: some StringProtocol) -> Int { text.unicodeScalars.count }
}

extension String {
    fileprivate var replacingNoBreakBlanks: String { String(map { $0 == "\u{A0}" ? " " : $0 }) }
}
