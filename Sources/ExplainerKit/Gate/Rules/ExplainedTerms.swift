/// The terms of one rule that a text explains somewhere, in singular or plural, hyphenated or not.
struct ExplainedTerms {
    private var terms: Set<[UInt8]> = []
    /// Terms, and words in a row within them: who explains "Hessian matrix" has explained "Hessian".
    private var parts: Set<[UInt8]> = []

    mutating func insert(_ tokens: Range<Int>, of text: TokenizedText) {
        let words = Self.words(tokens, of: text)
        terms.insert(Self.key(words[...]))
        parts.formUnion(Self.rows(of: words).map(Self.key))
    }

    /// Whether what the tokens say is explained, as it stands, within a longer term, or but for words around it.
    func contains(_ tokens: Range<Int>, of text: TokenizedText) -> Bool {
        let words = Self.words(tokens, of: text)
        return parts.contains(Self.key(words[...])) || Self.rows(of: words).contains { terms.contains(Self.key($0)) }
    }

    /// The last words count in a term that is too long to be one.
    private static func words(_ tokens: Range<Int>, of text: TokenizedText) -> [[UInt8]] {
        tokens.suffix(8).map { token in
            let word = text.words(token..<token + 1)
            let isPlural = word.count > 3 && word.last == UInt8(ascii: "s") && word[word.count - 2] != UInt8(ascii: "s")
            return isPlural ? word.dropLast() : word
        }
    }

    private static func rows(of words: [[UInt8]]) -> [ArraySlice<[UInt8]>] {
        words.indices.flatMap { start in (start..<words.count).map { words[start...$0] } }
    }

    private static func key(_ words: ArraySlice<[UInt8]>) -> [UInt8] { Array(words.joined(separator: [0x20])) }
}
