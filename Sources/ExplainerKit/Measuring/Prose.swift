/// Running text cut into words and sentences, with the measures that the quality bars speak of.
package enum Prose {
    /// Words: what stands between white space and holds a letter or a digit.
    package static func words(in text: String) -> [Substring.UTF8View] {
        text.utf8.split(whereSeparator: isBlank).filter { $0.contains { isDigit($0) || isLetter($0) || $0 >= 0x80 } }
    }

    /// Sentences: cut behind `.`, `!` or `?` (and what closes a quote or bracket) before white space and anything but a small letter.
    package static func sentences(in text: String) -> [String] {
        var sentences: [String] = []
        let scalars = text.unicodeScalars
        var start = scalars.startIndex
        var index = start
        while index < scalars.endIndex {
            let mark = scalars[index]
            scalars.formIndex(after: &index)
            guard mark == "." || mark == "!" || mark == "?" else { continue }
            while index < scalars.endIndex, closers.contains(scalars[index]) { scalars.formIndex(after: &index) }
            guard index == scalars.endIndex || scalars[index].isBlank else { continue }
            let next = scalars[index...].first { !$0.isBlank }
            if next?.properties.isLowercase == true || abbreviations.contains(where: text[start..<index].hasSuffix) { continue }
            sentences.append(String(text[start..<index]).trimmed)
            start = index
        }
        let rest = String(text[start...]).trimmed
        return rest.isEmpty ? sentences : sentences + [rest]
    }

    private static let closers: Set<Unicode.Scalar> = ["\"", "'", ")", "]", "”", "’"]
    private static let abbreviations = ["e.g.", "i.e.", "vs.", "approx.", "cf.", "Dr.", "No."]

    /// Flesch–Kincaid grade level (Kincaid and others, 1975): 0.39 · words/sentence + 11.8 · syllables/word − 15.59.
    package static func grade(ofSentences sentences: [String]) -> Double {
        let words = sentences.flatMap { self.words(in: $0) }
        guard !words.isEmpty else { return 0 }
        let syllables = words.reduce(0) { $0 + Prose.syllables(in: $1) }
        return 0.39 * Double(words.count) / Double(sentences.count) + 11.8 * Double(syllables) / Double(words.count) - 15.59
    }

    /// Groups of vowels, without a silent `e` at the end; at least one a word.
    static func syllables(in word: Substring.UTF8View) -> Int {
        let letters = word.map { $0 | 0x20 }.filter(isLetter)
        var count = 0
        var wasVowel = false
        for letter in letters {
            let isVowel = isVowel(letter)
            if isVowel, !wasVowel { count += 1 }
            wasVowel = isVowel
        }
        return max(1, count - (hasSilentEnd(letters) ? 1 : 0))
    }

    /// "made", "rounds" and "makes" end in a silent `e`; "table", "needed" and "uses" do not.
    private static func hasSilentEnd(_ letters: [UInt8]) -> Bool {
        guard letters.count > 2, let last = letters.last else { return false }
        let before = letters[letters.count - 2]
        let earlier = letters[letters.count - 3]
        switch last {
        case UInt8(ascii: "e"): return before != UInt8(ascii: "l") && !isVowel(before) || before == UInt8(ascii: "l") && isVowel(earlier)
        case UInt8(ascii: "s"): return before == UInt8(ascii: "e") && !isVowel(earlier) && !"sxzchg".utf8.contains(earlier)
        case UInt8(ascii: "d"): return before == UInt8(ascii: "e") && !isVowel(earlier) && !"td".utf8.contains(earlier)
        default: return false
        }
    }

    private static func isVowel(_ letter: UInt8) -> Bool { "aeiouy".utf8.contains(letter) }
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
