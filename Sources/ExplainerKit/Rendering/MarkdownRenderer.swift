/// An explainer as CommonMark with footnotes.
package struct MarkdownRenderer: Sendable {
    /// Level of the title, 1…4; sections stand one level below.
    private let heading: Int

    package init(heading: Int = 1) { self.heading = heading }

    package func render(_ explainer: Explainer) -> String {
        var out = "\(marks(0)) \(escape(explainer.title))\n\n"
        for section in explainer.sections {
            if explainer.length != .brief { out += "\(marks(1)) \(escape(section.heading))\n\n" }
            for block in section.blocks {
                if let caption = block.caption { out += "\(marks(2)) \(escape(caption))\n\n" }
                out += render(block, labels: explainer.labels) + "\n\n"
            }
        }
        for (index, cited) in explainer.sources.enumerated() {
            let source = cited.source
            out += "[^\(index + 1)]: \(escape(source.publisher)): \(escape(source.title)), \(source.year). "
            out += "\(escape(cited.locators.joined(separator: "; "))). <\(source.url)>\n"
        }
        return out
    }

    /// One block, with `[^n]` footnote marks.
    package func render(_ block: Block, labels: Labels) -> String {
        switch block.content {
        case .paragraph(let line): block.isDetail ? "> \(escape(labels.detail)): \(render(line))" : render(line)
        case .list(let items): items.map { "- \(render($0))" }.joined(separator: "\n")
        case .definitions(let definitions):
            definitions.map { "- \(escape($0.name)): \(render($0.meaning))" }.joined(separator: "\n")
        case .table(let header, let rows):
            ([row(header), "|" + String(repeating: " --- |", count: header.count)] + rows.map(row)).joined(separator: "\n")
        }
    }

    private func row(_ cells: [Line]) -> String {
        "| " + cells.map { render($0).replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }

    private func render(_ line: Line) -> String {
        let text = line.map { inline in
            switch inline {
            case .text(let words), .claim(let words, _): escape(words)
            case .code(let words): "`\(words)`"
            case .citation(let numbers): numbers.map { "[^\($0)]" }.joined()
            }
        }.joined()
        return Self.escapeStart(text)
    }

    private func marks(_ depth: Int) -> String { String(repeating: "#", count: min(6, heading + depth)) }

    /// Keeps what a writer typed from being read as markup.
    private func escape(_ text: String) -> String {
        guard text.utf8.contains(where: Self.isMarkup) else { return text }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if Self.isMarkup(byte), !Self.isWithinWord(index, of: bytes) { out.append(UInt8(ascii: "\\")) }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// An underscore between letters or digits is no markup: "Q4_K_M".
    private static func isWithinWord(_ index: Int, of bytes: [UInt8]) -> Bool {
        func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
        guard bytes[index] == UInt8(ascii: "_"), index > 0, index + 1 < bytes.count else { return false }
        return isWord(bytes[index - 1]) && isWord(bytes[index + 1])
    }

    private static func isMarkup(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
            true
        default: false
        }
    }

    /// A line that begins like a list item, a heading or a quotation does not become one.
    private static func escapeStart(_ text: String) -> String {
        guard let first = text.first else { return text }
        if "#+-=~".contains(first) { return "\\" + text }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let rest = text.dropFirst(digits.count)
        if !digits.isEmpty, let mark = rest.first, ".)".contains(mark), rest.dropFirst().first?.isWhitespace != false {
            return digits + "\\" + text.dropFirst(digits.count)
        }
        return text
    }
}
