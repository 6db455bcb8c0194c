/// What ends a block of HTML inside Markdown.
enum HTMLBlockEnd: Equatable {
    /// An empty line, which is no part of it.
    case blankLine
    /// A line that holds this.
    case text(String)
    /// A line that holds the end tag of an element whose content is no markup.
    case rawEndTag

    /// Whether a block begins at the `<` at `index`, and what ends it.
    init?(_ bytes: [UInt8], at index: Int, limit: Int, interrupts: Bool) {
        let next = index + 1
        guard next < limit else { return nil }
        switch bytes[next] {
        case UInt8(ascii: "?"): self = .text("?>")
        case UInt8(ascii: "!"):
            let rest = bytes[next + 1..<limit]
            if rest.starts(with: "--".utf8) {
                self = .text("-->")
            } else if rest.starts(with: "[CDATA[".utf8) {
                self = .text("]]>")
            } else if let letter = rest.first, isLetter(letter) {
                self = .text(">")
            } else {
                return nil
            }
        default:
            let isEndTag = bytes[next] == UInt8(ascii: "/")
            let nameStart = isEndTag ? next + 1 : next
            var nameEnd = nameStart
            while nameEnd < limit, isLetter(bytes[nameEnd]) || isDigit(bytes[nameEnd]) { nameEnd += 1 }
            guard nameEnd - nameStart <= 10 else {
                guard !interrupts, Self.isLoneTag(bytes, at: index, limit: limit) else { return nil }
                self = .blankLine
                return
            }
            let name = String(decoding: bytes[nameStart..<nameEnd].map { isLetter($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
            let isBounded = nameEnd == limit || isSpaceOrTab(bytes[nameEnd]) || bytes[nameEnd] == UInt8(ascii: ">")
            let isSelfClosing = bytes[nameEnd..<limit].starts(with: "/>".utf8)
            if !isEndTag, isBounded, Self.rawElements.contains(name) {
                self = .rawEndTag
            } else if isBounded || isSelfClosing, Self.blockElements.contains(name) {
                self = .blankLine
            } else if !interrupts, Self.isLoneTag(bytes, at: index, limit: limit) {
                self = .blankLine
            } else {
                return nil
            }
        }
    }

    /// Whether a line holds the end.
    func isReached(in bytes: [UInt8], _ line: Range<Int>) -> Bool {
        switch self {
        case .blankLine: return false
        case .text(let end): return Self.find(end, in: bytes, line)
        case .rawEndTag: return Self.rawElements.contains { Self.find("</\($0)>", in: bytes, line) }
        }
    }

    private static func find(_ text: String, in bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let wanted = Array(text.utf8)
        guard range.count >= wanted.count else { return false }
        return (range.lowerBound...range.upperBound - wanted.count).contains { start in
            wanted.indices.allSatisfy { index in
                let byte = bytes[start + index]
                return byte == wanted[index] || (0x41...0x5A).contains(byte) && byte | 0x20 == wanted[index]
            }
        }
    }

    private static func isLoneTag(_ bytes: [UInt8], at index: Int, limit: Int) -> Bool {
        guard let end = MarkdownTags(bytes: bytes).tagEnd(at: index, limit: limit) else { return false }
        return bytes[end..<limit].allSatisfy(isSpaceOrTab)
    }

    private static let rawElements: Set<String> = ["script", "pre", "style", "textarea"]

    private static let blockElements: Set<String> = [
        "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3",
        "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav", "noframes",
        "ol", "optgroup", "option", "p", "param", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title",
        "tr", "track", "ul",
    ]
}

/// Tags as CommonMark has them inside a paragraph; stricter than HTML itself.
struct MarkdownTags {
    let bytes: [UInt8]

    /// The end of the start or end tag at `index`, or nil.
    func tagEnd(at index: Int, limit: Int) -> Int? {
        var index = index + 1
        let isEndTag = index < limit && bytes[index] == UInt8(ascii: "/")
        if isEndTag { index += 1 }
        guard index < limit, isLetter(bytes[index]) else { return nil }
        while index < limit, isLetter(bytes[index]) || isDigit(bytes[index]) || bytes[index] == UInt8(ascii: "-") { index += 1 }
        while true {
            let spaceStart = index
            while index < limit, isBlank(bytes[index]) { index += 1 }
            guard index < limit else { return nil }
            if bytes[index] == UInt8(ascii: ">") { return index + 1 }
            if isEndTag { return nil }
            if bytes[index] == UInt8(ascii: "/") {
                return index + 1 < limit && bytes[index + 1] == UInt8(ascii: ">") ? index + 2 : nil
            }
            guard index > spaceStart, let end = attributeEnd(at: index, limit: limit) else { return nil }
            index = end
        }
    }

    private func attributeEnd(at index: Int, limit: Int) -> Int? {
        var index = index
        guard isLetter(bytes[index]) || bytes[index] == UInt8(ascii: "_") || bytes[index] == UInt8(ascii: ":") else { return nil }
        while index < limit, isLetter(bytes[index]) || isDigit(bytes[index]) || "_:.-".utf8.contains(bytes[index]) { index += 1 }
        var value = index
        while value < limit, isBlank(bytes[value]) { value += 1 }
        guard value < limit, bytes[value] == UInt8(ascii: "=") else { return index }
        value += 1
        while value < limit, isBlank(bytes[value]) { value += 1 }
        guard value < limit else { return nil }
        let quote = bytes[value]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            value += 1
            while value < limit, bytes[value] != quote { value += 1 }
            return value < limit ? value + 1 : nil
        }
        let start = value
        while value < limit, !isBlank(bytes[value]), !"\"'=<>`".utf8.contains(bytes[value]) { value += 1 }
        return value > start ? value : nil
    }
}
