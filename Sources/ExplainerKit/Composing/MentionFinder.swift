/// A method or a term that a text names.
struct Mention {
    let name: String
    let definition: String
    /// nil for a term.
    let method: Method?
}

/// Finds which methods and terms a text names, in the order of first mention.
struct MentionFinder {
    private let mentions: [Mention]
    /// Spellings in small letters with the place of their mention, by first byte; a text is read once, whatever their number.
    private let spellings: [UInt8: [(bytes: [UInt8], mention: Int)]]

    init(topic: Topic) {
        let methods = topic.methods.map { method in
            ([method.name] + method.aliases, Mention(name: method.name, definition: method.definition, method: method))
        }
        let terms = topic.terms.map { term in
            ([term.name] + term.aliases, Mention(name: term.name, definition: term.definition, method: nil))
        }
        let all = methods + terms
        mentions = all.map(\.1)
        spellings = Dictionary(
            grouping: all.enumerated().flatMap { index, entry in entry.0.map { (bytes: Array($0.lowercased().utf8), mention: index) } },
            by: \.bytes[0]
        )
    }

    func all(in text: String) -> [Mention] {
        let folded = Array(text.lowercased().utf8)
        var found: [Int] = []
        for start in folded.indices where start == 0 || !isWordByte(folded[start - 1]) {
            guard let candidates = spellings[folded[start]] else { continue }
            for (bytes, mention) in candidates where !found.contains(mention) && stands(bytes, at: start, in: folded) {
                found.append(mention)
            }
        }
        return found.map { mentions[$0] }
    }

    /// Whether `name` stands there as a whole word.
    private func stands(_ name: [UInt8], at start: Int, in text: [UInt8]) -> Bool {
        let end = start + name.count
        return end <= text.count && (end == text.count || !isWordByte(text[end])) && text[start..<end].elementsEqual(name)
    }

    private func isWordByte(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte >= 0x80 }
}
