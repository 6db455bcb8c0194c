/// Finds the quantities that a sentence claims, and passes over numbers that claim nothing: names, years, labels, counts of things in the text.
struct QuantityRecognizer: Sendable {
    let words: QuantityWords
    let subjects: SubjectWords

    /// The claims of one sentence, in their order.
    ///
    /// - Parameter mentions: what the sentence names
    func claims(in text: TokenizedText, sentence: Range<Int>, startsBlock: Bool, mentions: [SubjectMention]) -> [QuantityClaim] {
        var reader = ClaimReader(
            text: text, words: words, start: sentence.lowerBound, end: sentence.upperBound, startsBlock: startsBlock, mentions: mentions
        )
        reader.run()
        return reader.claims
    }
}
