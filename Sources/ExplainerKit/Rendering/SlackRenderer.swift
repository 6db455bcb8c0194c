/// An explainer as a Slack message in Block Kit, inside Slack's limits.
package struct SlackRenderer: Sendable {
    private let base: String

    /// Slack's limits, in characters, and in blocks of a message.
    package enum Limit {
        package static let blocks = 50
        package static let header = 150
        package static let section = 3000
        package static let context = 2000
    }

    /// - Parameter base: scheme and host for links; "" where they are not known, then there are none to the service.
    package init(base: String = "") { self.base = base }

    /// The members of the message: its text, for notifications, and its blocks.
    ///
    /// - Parameter page: address of the piece on the service.
    package func message(_ explainer: Explainer, page: String) -> [(String, JSON)] {
        var blocks = [Self.header(explainer.title)]
        for section in explainer.sections {
            var parts = section.blocks.map { Self.mrkdwn($0, labels: explainer.labels) }
            if explainer.length != .brief, !parts.isEmpty { parts[0] = "*\(Self.escape(section.heading))*\n" + parts[0] }
            blocks += parts.flatMap { Self.pieces($0, atMost: Limit.section) }.map(Self.section)
        }
        var notes = explainer.sources.enumerated().map { index, cited in
            "[\(index + 1)] \(Self.link(cited.source.url, "\(cited.source.publisher): \(cited.source.title), \(cited.source.year)"))"
        }
        if !base.isEmpty { notes.append(Self.link(base + page, explainer.title)) }
        let context = Self.joined(notes, atMost: Limit.context).map(Self.context)
        // What does not fit is behind the link, which stands last.
        blocks = Array(blocks.prefix(max(1, Limit.blocks - context.count)))
        return [("text", .string(Self.escape("\(explainer.title): \(explainer.summary)"))), ("blocks", .array(blocks + context))]
    }

    // MARK: Blocks

    package static func header(_ text: String) -> JSON {
        .object([
            ("type", .string("header")),
            ("text", .object([("type", .string("plain_text")), ("text", .string(shortened(text, to: Limit.header)))])),
        ])
    }

    /// - Parameter text: mrkdwn within the limit.
    package static func section(_ text: String) -> JSON {
        .object([("type", .string("section")), ("text", .object([("type", .string("mrkdwn")), ("text", .string(text))]))])
    }

    private static func context(_ text: String) -> JSON {
        .object([
            ("type", .string("context")),
            ("elements", .array([.object([("type", .string("mrkdwn")), ("text", .string(text))])])),
        ])
    }

    // MARK: mrkdwn

    /// Slack reads only these three as markup that can be escaped.
    package static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private static func link(_ address: String, _ label: String) -> String {
        // In a link's address a bar would begin its label.
        "<\(escape(address).replacing("|", with: "%7C"))|\(escape(label).replacing("|", with: "/"))>"
    }

    private static func mrkdwn(_ block: Block, labels: Labels) -> String {
        let caption = block.caption.map { "*\(escape($0))*\n" } ?? ""
        let text =
            switch block.content {
            case .paragraph(let line): block.isDetail ? "> \(escape(labels.detail)): \(mrkdwn(line))" : mrkdwn(line)
            case .list(let items): items.map { "• \(mrkdwn($0))" }.joined(separator: "\n")
            case .definitions(let definitions):
                definitions.map { "• *\(escape($0.name))*: \(mrkdwn($0.meaning))" }.joined(separator: "\n")
            case .table(let header, let rows): rows.map { row($0, header) }.joined(separator: "\n")
            }
        return caption + text
    }

    /// A row as a line: its first cell, then "header: cell" for the others.
    private static func row(_ cells: [Line], _ header: [Line]) -> String {
        cells.enumerated().map { index, cell in index == 0 ? "• \(mrkdwn(cell))" : "\(mrkdwn(header[index])): \(mrkdwn(cell))" }
            .joined(separator: "; ")
    }

    private static func mrkdwn(_ line: Line) -> String {
        line.map { inline in
            switch inline {
            case .text(let words), .claim(let words, _): escape(words)
            case .code(let words): "`\(escape(words))`"
            case .citation(let numbers): numbers.isEmpty ? "" : " " + numbers.map { "[\($0)]" }.joined()
            }
        }.joined()
    }

    // MARK: Limits

    private static func shortened(_ text: String, to limit: Int) -> String {
        text.unicodeScalars.count <= limit ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1))) + "…"
    }

    /// A text in pieces of at most `limit` characters, parted at line ends, else at blanks.
    private static func pieces(_ text: String, atMost limit: Int) -> [String] {
        guard text.unicodeScalars.count > limit else { return [text] }
        let separator: Character = text.contains("\n") ? "\n" : " "
        let parts = text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1 else { return [shortened(text, to: limit)] }
        return joined(parts, separator: String(separator), atMost: limit).flatMap { pieces($0, atMost: limit) }
    }

    /// Texts put together until the limit is reached, in as few as that takes.
    private static func joined(_ texts: [String], separator: String = "\n", atMost limit: Int) -> [String] {
        var groups: [String] = []
        for text in texts {
            if let last = groups.last, last.unicodeScalars.count + separator.unicodeScalars.count + text.unicodeScalars.count <= limit {
                groups[groups.count - 1] = last + separator + text
            } else {
                groups.append(text)
            }
        }
        return groups
    }
}
