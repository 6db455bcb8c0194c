/// Settings of a page, before its text: YAML between lines of `---`, or TOML between lines of `+++`.
enum FrontMatter {
    /// Where it ends, if the source begins with it at `start`: behind the closing line, before its line break.
    ///
    /// The first line has to look like a setting: a text may begin with a thematic break.
    static func end(in bytes: [UInt8], from start: Int) -> Int? {
        let first = SourceLine(bytes, at: start)
        guard let mark = mark(of: bytes[first.range]) else { return nil }
        var next = first.next
        var hasSetting = false
        while next < bytes.count {
            let line = SourceLine(bytes, at: next)
            let text = bytes[line.range]
            if self.mark(of: text) == mark || mark == UInt8(ascii: "-") && text.elementsEqual("...".utf8) { return line.end }
            if !hasSetting, text.contains(where: { !isSpaceOrTab($0) }) {
                guard isSetting(text, mark: mark) else { return nil }
                hasSetting = text.first != UInt8(ascii: "#")
            }
            next = line.next
        }
        return nil
    }

    private static func mark(of line: ArraySlice<UInt8>) -> UInt8? {
        guard let mark = line.first, mark == UInt8(ascii: "-") || mark == UInt8(ascii: "+") else { return nil }
        let rest = line.drop { $0 == mark }
        return line.count - rest.count == 3 && rest.allSatisfy(isSpaceOrTab) ? mark : nil
    }

    private static func isSetting(_ line: ArraySlice<UInt8>, mark: UInt8) -> Bool {
        if let first = line.first, [UInt8(ascii: "#"), UInt8(ascii: "["), UInt8(ascii: "{")].contains(first) { return true }
        let rest = line.drop { isLetter($0) || isDigit($0) || "_-.\"'".utf8.contains($0) }
        guard rest.count < line.count else { return false }
        return mark == UInt8(ascii: "-") ? rest.first == UInt8(ascii: ":") : rest.first { !isSpaceOrTab($0) } == UInt8(ascii: "=")
    }
}
