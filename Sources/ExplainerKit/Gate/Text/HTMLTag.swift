/// A start or end tag, as the tokenizer of the HTML standard reads it.
struct HTMLTag: Sendable {
    let name: Range<Int>
    /// `WordHash` of the name.
    let nameHash: UInt64
    let isEnd: Bool
    private(set) var isSelfClosing = false
    /// Has the attribute `hidden`.
    private(set) var isHidden = false
    /// Its class says that a program has set mathematics in it.
    private(set) var isMath = false
    /// Behind the closing angle bracket.
    private(set) var end: Int

    /// The tag that begins with the `<` at `start`; nil if none does, or if it does not end before `limit`.
    init?(_ bytes: [UInt8], at start: Int, before limit: Int) {
        guard Self.begins(bytes, at: start, before: limit) else { return nil }
        isEnd = bytes[start + 1] == UInt8(ascii: "/")
        let first = isEnd ? start + 2 : start + 1
        var hash = WordHash()
        end = first
        while end < limit, !Self.endsName(bytes[end]) {
            hash.add(bytes[end])
            end += 1
        }
        name = first..<end
        nameHash = hash.value
        guard readAttributes(bytes, before: limit) else { return nil }
    }

    /// Whether a tag begins with the `<` at `start`: behind it stands a letter, perhaps behind a slash.
    static func begins(_ bytes: [UInt8], at start: Int, before limit: Int) -> Bool {
        guard start + 1 < limit else { return false }
        let first = bytes[start + 1] == UInt8(ascii: "/") ? start + 2 : start + 1
        return first < limit && isLetter(bytes[first])
    }

    /// White space, a slash, or the bracket that closes the tag.
    static func endsName(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") }

    /// Reads on to behind the bracket that closes the tag; false if there is none.
    private mutating func readAttributes(_ bytes: [UInt8], before limit: Int) -> Bool {
        while end < limit {
            switch bytes[end] {
            case UInt8(ascii: ">"):
                isSelfClosing = bytes[end - 1] == UInt8(ascii: "/") && end - 1 >= name.upperBound
                end += 1
                return true
            case UInt8(ascii: "/"), 0...0x20: end += 1
            default: readAttribute(bytes, before: limit)
            }
        }
        return false
    }

    private mutating func readAttribute(_ bytes: [UInt8], before limit: Int) {
        let start = end
        end += 1
        while end < limit, !Self.endsName(bytes[end]), bytes[end] != UInt8(ascii: "=") { end += 1 }
        let attribute = bytes[start..<end]
        var next = end
        while next < limit, bytes[next] <= 0x20 { next += 1 }
        var value = bytes[end..<end]
        if next < limit, bytes[next] == UInt8(ascii: "=") {
            end = next + 1
            value = readValue(bytes, before: limit)
        }
        if attribute.count == 6, isLike(attribute, "hidden") { isHidden = true }
        if attribute.count == 5, isLike(attribute, "class") {
            isMath = ["katex", "mathjax", "mwe-math", "math "].contains { isLike(value, $0) } || value.count == 4 && isLike(value, "math")
        }
    }

    private mutating func readValue(_ bytes: [UInt8], before limit: Int) -> ArraySlice<UInt8> {
        while end < limit, bytes[end] <= 0x20 { end += 1 }
        guard end < limit else { return [] }
        let quote = bytes[end]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let start = end + 1
            end = start
            while end < limit, bytes[end] != quote { end += 1 }
            defer { end = min(end + 1, limit) }
            return bytes[start..<end]
        }
        let start = end
        while end < limit, bytes[end] > 0x20, bytes[end] != UInt8(ascii: ">") { end += 1 }
        return bytes[start..<end]
    }
}

/// Whether `bytes` begin with `text`, which is lower case.
private func isLike(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
    bytes.count >= text.utf8.count && zip(bytes, text.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
}
