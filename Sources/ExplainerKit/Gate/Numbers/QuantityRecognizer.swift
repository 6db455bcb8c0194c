/// Finds the quantities that a sentence claims, and passes over numbers that claim nothing: names, years, labels, counts of things in the text.
///
/// A class, so that its many tables are shared by all who read with it and never copied.
final class QuantityRecognizer: Sendable {
    let words: QuantityWords
    let subjects: SubjectWords

    init(words: QuantityWords, subjects: SubjectWords) {
        self.words = words
        self.subjects = subjects
    }

    /// The claims of one sentence, in their order.
    ///
    /// - Parameter mentions: what the sentence names
    func claims(in text: TokenizedText, sentence: Range<Int>, startsBlock: Bool, mentions: [SubjectMention]) -> [QuantityClaim] {
        guard sentence.contains(where: { words.isFigure(text.tokens[$0]) }) else { return [] }
        var reader = ClaimReader(
            text: text, recognizer: self, start: sentence.lowerBound, end: sentence.upperBound, startsBlock: startsBlock, mentions: mentions
        )
        reader.run()
        return reader.claims
    }
}
