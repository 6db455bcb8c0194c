/// The style gate of a topic: checks any text against the topic's rules and its facts.
///
/// Immutable, so any number of threads may use one.
package final class Gate: Sendable {
    /// The rules, in the order in which they are listed.
    package let rules: [Rule]

    private let language: Language
    private let phrases: PhraseCheck
    private let quantities: QuantityRule?

    init(language: Language, phrases: PhraseCheck, quantities: QuantityRule? = nil) {
        self.language = language
        self.phrases = phrases
        self.quantities = quantities
        rules = phrases.rules.map(\.rule)
    }

    /// A gate without rules: nothing is a finding.
    convenience init() {
        var lexicon = Lexicon()
        let grammar = Grammar(conjunctions: [], abbreviations: [], lexicon: &lexicon)
        self.init(language: Language(lexicon: lexicon, grammar: grammar), phrases: PhraseCheck(rules: [], patterns: PatternSet()))
    }

    /// - Parameter text: valid UTF-8
    package func lint(_ text: [UInt8], _ options: LintOptions = LintOptions()) -> LintReport {
        let tokenized = TokenizedText(options.format.visibleText(of: text), language: language)
        let exemptions = Exemptions(tokenized.text)
        let quantities = quantities?.check(tokenized, language: language)
        let all = phrases.findings(in: tokenized, audience: options.audience) + (quantities?.findings ?? [])
        let findings = all.filter { !exemptions.cover($0) }.sorted { ($0.range.lowerBound, $0.rule) < ($1.range.lowerBound, $1.rule) }
        return LintReport(
            source: text, findings: findings, sourced: quantities?.sourced ?? [], numbers: quantities?.numbers ?? 0,
            exempt: all.count - findings.count, skipped: tokenized.text.skipped
        )
    }
}
