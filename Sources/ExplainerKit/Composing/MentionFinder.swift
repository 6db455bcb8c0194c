/// A method or a term that a text names.
struct Mention {
    let name: String
    let definition: String
    /// nil for a term.
    let method: Method?
}

/// Finds which methods and terms a text names, in the order of first mention.
struct MentionFinder {
    private let entries: [(spellings: [[UInt8]], mention: Mention)]

    init(topic: Topic) {
        let methods = topic.methods.map { method in
            ([method.name] + method.aliases, Mention(name: method.name, definition: method.definition, method: method))
        }
        let terms = topic.terms.map { term in
            ([term.name] + term.aliases, Mention(name: term.name, definition: term.definition, method: nil))
        }
        entries = (methods + terms).map { spellings, mention in (spellings.map { Array($0.lowercased().utf8) }, mention) }
    }

    func all(in text: String) -> [Mention] {
        let folded = Array(text.lowercased().utf8)
        return
            entries
            .compactMap { entry in
                entry.spellings.compactMap { firstWord($0, in: folded) }.min().map { (place: $0, mention: entry.mention) }
            }
            .sorted { ($0.place, $0.mention.name) < ($1.place, $1.mention.name) }
            .map(\.mention)
    }

    /// Where `name` first stands as a whole word.
    private func firstWord(_ name: [UInt8], in text: [UInt8]) -> Int? {
        guard let first = name.first, text.count >= name.count else { return nil }
        for start in 0...(text.count - name.count) where text[start] == first {
            let end = start + name.count
            if start == 0 || !isWordByte(text[start - 1]), end == text.count || !isWordByte(text[end]),
                text[start..<end].elementsEqual(name)
            {
                return start
            }
        }
        return nil
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte >= 0x80
    }
}
