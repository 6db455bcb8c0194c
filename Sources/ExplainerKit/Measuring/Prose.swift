/// Running text cut into words and sentences, with the measures that the quality bars speak of.
package enum Prose {
    /// Words: what stands between white space and holds a letter or a digit.
    package static func words(in text: String) -> [Substring] {
        text.split(whereSeparator: \.isWhitespace).filter { $0.contains { $0.isLetter || $0.isNumber } }
    }

    /// Sentences: cut behind `.`, `!` or `?` (and what closes a quote or bracket) before white space and anything but a small letter.
    package static func sentences(in text: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        var characters = text[...]
        while let character = characters.popFirst() {
            current.append(character)
            guard ".!?".contains(character) else { continue }
            while let closer = characters.first, "\"')]”’".contains(closer) {
                current.append(closer)
                characters.removeFirst()
            }
            guard characters.first?.isWhitespace != false else { continue }
            let next = characters.drop(while: \.isWhitespace).first
            if next?.isLowercase != true, !endsWithAbbreviation(current) {
                sentences.append(current.trimmed)
                current = ""
            }
        }
        if !current.trimmed.isEmpty { sentences.append(current.trimmed) }
        return sentences
    }

    private static func endsWithAbbreviation(_ text: String) -> Bool {
        ["e.g.", "i.e.", "vs.", "approx.", "cf.", "Dr.", "No."].contains { text.hasSuffix($0) }
    }

    /// Flesch–Kincaid grade level (Kincaid and others, 1975): 0.39 · words/sentence + 11.8 · syllables/word − 15.59.
    package static func grade(ofSentences sentences: [String]) -> Double {
        let words = sentences.flatMap { self.words(in: $0) }
        guard !words.isEmpty else { return 0 }
        let syllables = words.reduce(0) { $0 + Prose.syllables(in: $1) }
        return 0.39 * Double(words.count) / Double(sentences.count) + 11.8 * Double(syllables) / Double(words.count) - 15.59
    }

    /// Groups of vowels, without a silent `e` at the end; at least one a word.
    static func syllables(in word: Substring) -> Int {
        let letters = word.lowercased().unicodeScalars.filter(\.properties.isAlphabetic)
        var count = 0
        var wasVowel = false
        for letter in letters {
            let isVowel = "aeiouy".unicodeScalars.contains(letter)
            if isVowel, !wasVowel { count += 1 }
            wasVowel = isVowel
        }
        let text = String(String.UnicodeScalarView(letters))
        if count > 1, text.hasSuffix("e"), !(text.hasSuffix("le") && !"aeiouy".contains(text.dropLast(2).last ?? "a")) { count -= 1 }
        if count > 1, text.hasSuffix("es") || text.hasSuffix("ed"),
            let before = text.dropLast(2).last, !"tdaeiou".contains(before), !(text.hasSuffix("es") && "szxcgh".contains(before))
        {
            count -= 1
        }
        return max(1, count)
    }
}

/// What is measured of one piece.
package struct Measures: Sendable, Equatable {
    /// Words of all blocks except the evidence table.
    package let words: Int
    /// Flesch–Kincaid grade of the prose; headings and tables are left out.
    package let grade: Double
    /// Sentences of the prose, for comparing pieces.
    package let sentences: [String]

    /// At 200 words a minute, at least one.
    package var readingMinutes: Int { max(1, (words + 100) / 200) }
}
