/// The style gate of a topic: checks any text against the topic's rules and its facts.
///
/// Immutable, so any number of threads may use one.
package final class Gate: Sendable {
    /// The rules, in the order in which they are listed.
    package let rules: [Rule]

    /// The rules that a sentence can break by itself.
    var phraseRules: [Rule] { phrases.rules.map(\.rule) }

    private let language: Language
    private let phrases: PhraseCheck
    private let quantities: QuantityRule?
    private let structure: StructureCheck

    init(language: Language, phrases: PhraseCheck, quantities: QuantityRule? = nil, structure: StructureCheck = StructureCheck()) {
        self.language = language
        self.phrases = phrases
        self.quantities = quantities
        self.structure = structure
        rules = phrases.rules.map(\.rule) + structure.rules
    }

    /// A gate without rules: nothing is a finding.
    convenience init() {
        var lexicon = Lexicon()
        let grammar = Grammar(conjunctions: [], abbreviations: [], lexicon: &lexicon)
        self.init(language: Language(lexicon: lexicon, grammar: grammar), phrases: PhraseCheck(rules: [], patterns: PatternSet()))
    }

    /// - Parameter text: valid UTF-8
    package func lint(_ text: [UInt8], _ options: LintOptions = LintOptions()) -> LintReport {
        var times = LintTimes()
        let (tokenized, exemptions) = timed(&times.reading) {
            let tokenized = TokenizedText(options.format.visibleText(of: text), language: language)
            return (tokenized, Exemptions(tokenized.text))
        }
        let quantities = timed(&times.numbers) { self.quantities?.check(tokenized, language: language) }
        var all = timed(&times.rules) { phrases.findings(in: tokenized, audience: options.audience) } + (quantities?.findings ?? [])
        if options.scope == .explainer { all += timed(&times.structure) { structure.findings(in: tokenized) } }
        let findings = all.filter { !exemptions.cover($0) }.sorted { ($0.range.lowerBound, $0.rule) < ($1.range.lowerBound, $1.rule) }
        return LintReport(
            source: text, findings: findings, sourced: quantities?.sourced ?? [], numbers: quantities?.numbers ?? 0,
            exempt: all.count - findings.count, skipped: tokenized.text.skipped, times: times
        )
    }
}

/// What `work` makes, and how long it took.
private func timed<Result>(_ duration: inout Duration, _ work: () -> Result) -> Result {
    let start = ContinuousClock.now
    defer { duration = ContinuousClock.now - start }
    return work()
}
