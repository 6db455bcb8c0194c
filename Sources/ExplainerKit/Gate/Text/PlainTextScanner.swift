/// Sees plain text: paragraphs are separated by blank lines, list items begin with a mark, `>` before a line is the quoting of mail, URLs and
/// e-mail addresses are passed over.
enum PlainTextScanner {
    static func visibleText(of source: [UInt8]) -> VisibleText {
        var reader = PlainTextReader(source)
        reader.read()
        return reader.builder.finish()
    }
}

/// Reads line by line.
private struct PlainTextReader {
    var builder: VisibleTextBuilder
    private let bytes: [UInt8]
    /// Up to here everything has been handed over.
    private var position = 0
    private var previous = PreviousLine.blank
    private var hasUnendedComment = false

    /// What decides whether a list item may begin: a text does not get new items by being wrapped at another place.
    private enum PreviousLine { case blank, item, colon, text }

    init(_ source: [UInt8]) {
        bytes = source
        builder = VisibleTextBuilder(source)
    }

    mutating func read() {
        while position < bytes.count {
            let line = SourceLine(bytes, at: position)
            passQuoteMarks(to: line.end)
            let text = position..<trimmedEnd(position..<line.end)
            if text.isEmpty {
                builder.endBlock()
                previous = .blank
            } else if isRule(text) {
                builder.endBlock()
                builder.skip(text, as: .markup)
                previous = .blank
            } else {
                readLine(line, text)
                continue
            }
            position = line.next
        }
    }

    private mutating func passQuoteMarks(to end: Int) {
        while position < end {
            let start = position
            while position < end, bytes[position] == UInt8(ascii: ">") { position += 1 }
            builder.skip(start..<position, as: .markup)
            while position < end, isSpaceOrTab(bytes[position]) { position += 1 }
            if position == start || position == end || bytes[position] != UInt8(ascii: ">") { return }
        }
    }

    private func trimmedEnd(_ range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound, isBlank(bytes[end - 1]) { end -= 1 }
        return end
    }

    // MARK: Blocks

    private mutating func readLine(_ line: SourceLine, _ text: Range<Int>) {
        if let end = commentEnd(at: position), end >= text.upperBound {
            // A line of its own neither begins nor ends anything.
            builder.skip(position..<end, as: .comment)
            position = end
        } else {
            beginBlock(line, text)
        }
        var end = line.end
        repeat {
            // A comment may go over the end of the line.
            if position > end { end = SourceLine(bytes, at: position).end }
            readWords(to: end)
        } while position > end
        let lineBreak = SourceLine(bytes, at: end)
        if lineBreak.end < lineBreak.next { builder.appendSpace(end..<end + 1) }
        position = lineBreak.next
    }

    private mutating func beginBlock(_ line: SourceLine, _ text: Range<Int>) {
        if previous != .text, let markEnd = itemMarkEnd(text) {
            builder.beginBlock(.listItem)
            builder.skip(text.lowerBound..<markEnd, as: .markup)
            position = markEnd
            previous = .item
            return
        }
        if previous == .blank {
            builder.beginBlock(underlineLevel(below: line, text).map { .heading(level: $0) } ?? .paragraph)
        }
        // Lines behind the first one of an item belong to it.
        if previous != .item { previous = bytes[text.upperBound - 1] == UInt8(ascii: ":") ? .colon : .text }
    }

    /// "- ", "* ", "• ", "1. " or "1) ".
    private func itemMarkEnd(_ text: Range<Int>) -> Int? {
        var index = text.lowerBound
        while index < text.upperBound, isDigit(bytes[index]), index - text.lowerBound < 3 { index += 1 }
        if index > text.lowerBound {
            guard index < text.upperBound, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")") else { return nil }
            index += 1
        } else if bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "*") {
            index += 1
        } else if bytes[text].starts(with: "•".utf8) {
            index += "•".utf8.count
        } else {
            return nil
        }
        return index < text.upperBound && isSpaceOrTab(bytes[index]) ? index : nil
    }

    /// A line of one sign, such as "-----".
    private func isRule(_ text: Range<Int>) -> Bool {
        let first = bytes[text.lowerBound]
        guard text.count >= 3, !isLetter(first), "=-_*~#".utf8.contains(first) else { return false }
        return bytes[text].allSatisfy { $0 == first }
    }

    /// The level of the heading that a short line is because of the line below it.
    private func underlineLevel(below line: SourceLine, _ text: Range<Int>) -> Int? {
        guard text.count <= 120, line.next < bytes.count else { return nil }
        let below = SourceLine(bytes, at: line.next)
        let rule = below.start..<trimmedEnd(below.range)
        guard !rule.isEmpty, isRule(rule) else { return nil }
        switch bytes[rule.lowerBound] {
        case UInt8(ascii: "="): return 1
        case UInt8(ascii: "-"): return 2
        default: return nil
        }
    }

    // MARK: Words

    /// Hands over everything up to `end`, or up to the end of a comment that goes beyond.
    private mutating func readWords(to end: Int) {
        var index = position
        while true {
            index = nextSpecial(from: index, to: end)
            guard index < end else { break }
            if bytes[index] == UInt8(ascii: "<"), let commentEnd = commentEnd(at: index) {
                builder.append(position..<index)
                builder.skip(index..<commentEnd, as: .comment)
                position = commentEnd
                if position > end { return }
                index = position
            } else if bytes[index] != UInt8(ascii: "<"),
                let address = AddressRecognizer.range(in: bytes, around: index, within: position..<end)
            {
                builder.append(position..<address.lowerBound)
                builder.replace(address, as: .url)
                position = address.upperBound
                index = position
            } else {
                index += 1
            }
        }
        builder.append(position..<end)
        position = end
    }

    private func nextSpecial(from start: Int, to end: Int) -> Int {
        let bytes = bytes.span
        let isSpecial = Self.isSpecial.span
        var index = start
        while index < end, !isSpecial[Int(bytes[index])] { index += 1 }
        return index
    }

    /// The bytes at which a comment begins, or which stand in an address.
    private static let isSpecial: [Bool] = {
        let special = "<:/.@".utf8
        return (0...255).map { special.contains($0) }
    }()

    /// Where `<!-- explain-lint … -->` ends that begins at `start`. Other comments are text.
    private mutating func commentEnd(at start: Int) -> Int? {
        guard !hasUnendedComment, bytes[start...].starts(with: "<!--".utf8) else { return nil }
        var index = start + 4
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        guard bytes[index...].starts(with: "explain-lint".utf8) else { return nil }
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: ">"), bytes[index - 1] == UInt8(ascii: "-"), bytes[index - 2] == UInt8(ascii: "-") {
                return index + 1
            }
            index += 1
        }
        hasUnendedComment = true
        return nil
    }
}
