/// A piece as its author wrote it, before composition.
struct Piece {
    var title = ""
    var summary = ""
    var centralAnalogy = ""
    var closingAnalogy = ""
    var sections: [Section] = []
    let file: String

    struct Section {
        let role: String
        let heading: String?
        var blocks: [Located<Block>]
        let line: Int
    }
}

/// Reads a piece: front matter, `## role: heading` lines, and the few block forms that prose here is made of.
///
/// Written by hand because it is smaller than CommonMark on purpose, and because each fact reference needs its line for error messages.
struct PieceReader {
    let path: String
    let log: ProblemLog
    let resolve: ClaimResolver

    static let frontMatterKeys = ["title", "summary", "central_analogy", "closing_analogy"]

    func read(_ text: String) -> Piece {
        var piece = Piece(file: path)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var next = readFrontMatter(lines, into: &piece)
        while next < lines.count {
            let number = next + 1
            let line = lines[next].trimmedEnd
            if line.isEmpty {
                next += 1
            } else if line.hasPrefix("## ") {
                piece.sections.append(section(line.dropFirst(3), line: number))
                next += 1
            } else if line.hasPrefix("#") {
                log.error(path, number, "only \"## role: heading\" lines are headings here")
                next += 1
            } else {
                let end = lines[next...].firstIndex { $0.trimmedEnd.isEmpty || $0.hasPrefix("#") } ?? lines.count
                let block = Located(value: block(Array(lines[next..<end]), line: number), line: number)
                if piece.sections.isEmpty {
                    log.error(path, number, "text before the first \"## role: heading\" line")
                } else {
                    piece.sections[piece.sections.count - 1].blocks.append(block)
                }
                next = end
            }
        }
        return piece
    }

    /// Returns the index of the first line behind the front matter.
    private func readFrontMatter(_ lines: [Substring], into piece: inout Piece) -> Int {
        guard lines.first?.trimmedEnd == "---", let end = lines.dropFirst().firstIndex(where: { $0.trimmedEnd == "---" }) else {
            log.error(
                path, 1, "a piece begins with front matter between two \"---\" lines: \(Self.frontMatterKeys.joined(separator: ", "))")
            return 0
        }
        // The empty line in place of "---" keeps the line numbers of the file.
        let yaml = "\n" + lines[1..<end].joined(separator: "\n")
        if let entry = YAMLFile(path: path, text: yaml, log: log).mapping(Self.frontMatterKeys) {
            piece.title = entry.text("title")
            piece.summary = entry.text("summary")
            piece.centralAnalogy = entry.text("central_analogy")
            piece.closingAnalogy = entry.text("closing_analogy")
        }
        return end + 1
    }

    private func section(_ text: Substring, line: Int) -> Piece.Section {
        let parts = text.split(separator: ":", maxSplits: 1)
        let heading = parts.count > 1 ? String(parts[1]).trimmed : ""
        return Piece.Section(
            role: parts.first.map { String($0).trimmed } ?? "", heading: heading.isEmpty ? nil : heading, blocks: [], line: line
        )
    }

    private func block(_ lines: [Substring], line: Int) -> Block {
        if lines.allSatisfy({ $0.hasPrefix("|") }) { return table(lines, line: line) }
        if lines[0].hasPrefix("- ") { return list(lines, line: line) }
        let isDetail = lines[0].hasPrefix(">")
        let text = lines.map { isDetail && $0.hasPrefix(">") ? $0.dropFirst() : $0 }.map { String($0).trimmed }.joined(separator: "\n")
        return Block(content: .paragraph(inlines(text, line: line)), isDetail: isDetail)
    }

    private func list(_ lines: [Substring], line: Int) -> Block {
        var items: [(text: String, line: Int)] = []
        for (offset, text) in lines.enumerated() {
            if text.hasPrefix("- ") {
                items.append((String(text.dropFirst(2)).trimmed, line + offset))
            } else if !items.isEmpty {
                items[items.count - 1].text += "\n" + String(text).trimmed
            }
        }
        return Block(content: .list(items.map { inlines($0.text, line: $0.line) }))
    }

    private func table(_ lines: [Substring], line: Int) -> Block {
        let rows = lines.enumerated().map { offset, text in
            cells(of: text).map { (text: $0, line: line + offset) }
        }
        guard rows.count >= 3, rows[1].allSatisfy({ $0.text.allSatisfy { "-: ".contains($0) } }) else {
            log.error(path, line, "a table needs a header row, a |---|---| row and at least one row of cells")
            return Block(content: .table(header: [], rows: []))
        }
        for row in rows.dropFirst(2) where row.count != rows[0].count {
            log.error(path, row.first?.line, "this row has \(row.count) cells, the header has \(rows[0].count)")
        }
        let lines = rows.map { $0.map { inlines($0.text, line: $0.line) } }
        return Block(content: .table(header: lines[0], rows: Array(lines.dropFirst(2))))
    }

    /// The cells of `| a | b |`; a bar inside braces belongs to a reference.
    private func cells(of row: Substring) -> [String] {
        var cells: [String] = []
        var cell = ""
        var isReference = false
        for character in row.dropFirst() {
            if character == "{" { isReference = true }
            if character == "}" { isReference = false }
            if character == "|", !isReference {
                cells.append(cell.trimmed)
                cell = ""
            } else {
                cell.append(character)
            }
        }
        return cell.trimmed.isEmpty ? cells : cells + [cell.trimmed]
    }

    /// Splits running text into words, `code`, `{fact}`, `{fact|wording}` and `[words]{fact}`.
    func inlines(_ text: String, line first: Int) -> Line {
        var result: Line = []
        var words = ""
        var line = first
        var rest = text[...]
        func flush() {
            if !words.isEmpty { result.append(.text(words)) }
            words = ""
        }
        while let character = rest.first {
            switch character {
            case "\n":
                line += 1
                words += " "
                rest.removeFirst()
            case "`":
                guard let end = rest.dropFirst().firstIndex(of: "`") else {
                    log.error(path, line, "a \"`\" has no partner")
                    rest.removeFirst()
                    continue
                }
                flush()
                result.append(.code(String(rest[rest.index(after: rest.startIndex)..<end])))
                rest = rest[rest.index(after: end)...]
            case "{":
                guard let (reference, after) = braces(rest) else {
                    log.error(path, line, "a \"{\" has no \"}\"; a fact is written {fact-id}")
                    rest.removeFirst()
                    continue
                }
                flush()
                result += resolve.quantity(reference, path, line)
                rest = after
            case "[":
                guard let close = rest.firstIndex(of: "]"), let (reference, after) = braces(rest[rest.index(after: close)...]) else {
                    log.error(path, line, "\"[words]\" needs the fact that it stands on behind it: [words]{fact-id}")
                    rest.removeFirst()
                    continue
                }
                flush()
                let span = rest[rest.index(after: rest.startIndex)..<close].map { $0 == "\n" ? " " : $0 }
                result += resolve.property(String(span), reference, path, line)
                line += rest[..<close].filter { $0 == "\n" }.count
                rest = after
            default:
                words.append(character)
                rest.removeFirst()
            }
        }
        flush()
        for case .text(let words) in result where words.utf8.contains(where: "*_<}".utf8.contains) {
            if let mark = ["**", "__", "</", "<b", "<i", "<a", "}"].first(where: words.contains) {
                log.error(path, first, "\"\(mark)\" is no markup here; write plain words, `code`, {fact-id} or [words]{fact-id}")
            }
        }
        return result
    }

    private func braces(_ text: Substring) -> (reference: String, after: Substring)? {
        guard text.first == "{", let end = text.firstIndex(of: "}"), text.index(after: text.startIndex) < end else { return nil }
        return (String(text[text.index(after: text.startIndex)..<end]), text[text.index(after: end)...])
    }
}

/// Turns references in prose into claims, and says what is wrong with those that cannot be.
struct ClaimResolver {
    let log: ProblemLog
    let facts: [String: Fact]
    /// Ids that stand in the files, also of entries that could not be read.
    let declared: Set<String>

    /// `{fact}` or `{fact|wording}`.
    func quantity(_ reference: String, _ file: String, _ line: Int) -> Line {
        let parts = reference.split(separator: "|", maxSplits: 1).map { String($0).trimmed }
        guard let id = parts.first, let fact = usable(id, file, line) else { return [] }
        guard let quantity = fact.quantity else {
            log.error(file, line, "\"\(id)\" has no quantity; write the words that it documents as [words]{\(id)}")
            return []
        }
        guard parts.count > 1 else { return quantity.display.prefix(1).map { .claim(text: $0, fact: id) } }
        guard quantity.display.contains(parts[1]) else {
            log.error(file, line, "\(unknown("wording of \(id)", parts[1], among: quantity.display)); or add it to the fact's display")
            return []
        }
        return [.claim(text: parts[1], fact: id)]
    }

    /// `[words]{fact}`.
    func property(_ words: String, _ id: String, _ file: String, _ line: Int) -> Line {
        guard let fact = usable(id, file, line) else { return [] }
        return [.claim(text: words, fact: fact.id)]
    }

    private func usable(_ id: String, _ file: String, _ line: Int) -> Fact? {
        guard let fact = facts[id] else {
            if !declared.contains(id) { log.error(file, line, unknown("fact", id, among: facts.keys.sorted())) }
            return nil
        }
        guard fact.status.holds else {
            let instead = fact.instead.isEmpty ? "" : "; what holds instead: \(fact.instead.joined(separator: ", "))"
            log.error(file, line, "\"\(id)\" is \(fact.status.rawValue) and cannot be used in a piece\(instead)")
            return nil
        }
        return fact
    }
}

extension Substring {
    fileprivate var trimmedEnd: Substring {
        var rest = self
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
