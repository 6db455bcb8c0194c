/// The parts of a link, wherever it stands: each function gives the end of the part that begins at `index`, or nil.
///
/// None looks beyond `limit`, and none reads a byte twice.
struct MarkdownLinks {
    /// The source.
    let bytes: [UInt8]

    /// `[label]`, without brackets in it.
    func labelEnd(at index: Int, limit: Int) -> Int? {
        guard index < limit, bytes[index] == UInt8(ascii: "[") else { return nil }
        var index = index + 1
        let last = min(limit, index + 1000)
        while index < last {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "["): return nil
            case UInt8(ascii: "]"): return index + 1
            default: break
            }
            index += 1
        }
        return nil
    }

    /// `<where to>` or `where-to(balanced)`.
    func destinationEnd(at index: Int, limit: Int) -> Int? {
        guard index < limit else { return nil }
        return bytes[index] == UInt8(ascii: "<") ? bracketedEnd(at: index, limit: limit) : bareEnd(at: index, limit: limit)
    }

    private func bracketedEnd(at index: Int, limit: Int) -> Int? {
        var index = index + 1
        while index < limit {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: ">"): return index + 1
            case UInt8(ascii: "<"), 0x0A, 0x0D: return nil
            default: break
            }
            index += 1
        }
        return nil
    }

    private func bareEnd(at start: Int, limit: Int) -> Int? {
        var index = start
        var depth = 0
        scan: while index < limit {
            switch bytes[index] {
            case UInt8(ascii: "\\"): if index + 1 < limit, isASCIIPunctuation(bytes[index + 1]) { index += 1 }
            case UInt8(ascii: "("):
                depth += 1
                // As in cmark: a row of "[a](" would otherwise be read again from each of them.
                guard depth <= 32 else { return nil }
            case UInt8(ascii: ")"):
                if depth == 0 { break scan }
                depth -= 1
            case 0...0x20, 0x7F: break scan
            default: break
            }
            index += 1
        }
        return depth == 0 ? index : nil
    }

    /// `"title"`, `'title'` or `(title)`.
    func titleEnd(at index: Int, limit: Int) -> Int? {
        guard index < limit else { return nil }
        let opening = bytes[index]
        let closing = opening == UInt8(ascii: "(") ? UInt8(ascii: ")") : opening
        guard opening == UInt8(ascii: "\"") || opening == UInt8(ascii: "'") || opening == UInt8(ascii: "(") else { return nil }
        var index = index + 1
        while index < limit {
            let byte = bytes[index]
            if byte == closing { return index + 1 }
            if byte == UInt8(ascii: "(") && opening == byte { return nil }
            index += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    /// `(destination "title")`, both of which may be missing.
    func targetEnd(at index: Int, limit: Int) -> Int? {
        guard index < limit, bytes[index] == UInt8(ascii: "(") else { return nil }
        guard let afterDestination = destinationEnd(at: skipSpace(from: index + 1, limit: limit), limit: limit) else { return nil }
        var end = skipSpace(from: afterDestination, limit: limit)
        if end > afterDestination, let afterTitle = titleEnd(at: end, limit: limit) { end = skipSpace(from: afterTitle, limit: limit) }
        return end < limit && bytes[end] == UInt8(ascii: ")") ? end + 1 : nil
    }

    /// `[label]: destination "title"` up to the end of its line, and the label.
    func definition(at start: Int, limit: Int) -> (label: [UInt8], end: Int)? {
        guard let labelEnd = labelEnd(at: start, limit: limit), labelEnd < limit, bytes[labelEnd] == UInt8(ascii: ":") else { return nil }
        let label = normalized(start + 1..<labelEnd - 1)
        let destination = skipSpace(from: labelEnd + 1, limit: limit)
        guard !label.isEmpty, let afterDestination = destinationEnd(at: destination, limit: limit), afterDestination > destination
        else { return nil }
        let titleStart = skipSpace(from: afterDestination, limit: limit)
        if titleStart > afterDestination, let afterTitle = titleEnd(at: titleStart, limit: limit),
            let end = blankLineEnd(from: afterTitle, limit: limit)
        {
            return (label, end)
        }
        return blankLineEnd(from: afterDestination, limit: limit).map { (label, $0) }
    }

    /// A label as labels are compared: white space is one space, case does not matter.
    func normalized(_ range: Range<Int>) -> [UInt8] {
        var label: [UInt8] = []
        for byte in bytes[range] {
            if !isBlank(byte) {
                label.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
            } else if let last = label.last, last != 0x20 {
                label.append(0x20)
            }
        }
        if label.last == 0x20 { label.removeLast() }
        guard label.contains(where: { $0 >= 0x80 }) else { return label }
        return Array(String(decoding: label, as: UTF8.self).uppercased().lowercased().utf8)
    }

    /// Where the white space at `index` ends.
    func skipSpace(from index: Int, limit: Int) -> Int {
        var index = index
        while index < limit, isBlank(bytes[index]) { index += 1 }
        return index
    }

    private func blankLineEnd(from index: Int, limit: Int) -> Int? {
        var index = index
        while index < limit, isSpaceOrTab(bytes[index]) { index += 1 }
        return index == limit || isBlank(bytes[index]) ? index : nil
    }
}
