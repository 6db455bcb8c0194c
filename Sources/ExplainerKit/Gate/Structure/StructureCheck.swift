/// Checks whether a whole piece has the parts that an explainer has.
///
/// A rule's examples are short, so they only illustrate it and are not tried when the rules are loaded.
struct StructureCheck: Sendable {
    let rules: [Rule]
    private let messages: [StructureFault: StructureMessage]
    private let patterns: StructurePatterns
    private let limits: StructureLimits

    init(rules: [Rule], messages: [StructureFault: StructureMessage], patterns: StructurePatterns, limits: StructureLimits) {
        self.rules = rules
        self.messages = messages
        self.patterns = patterns
        self.limits = limits
    }

    /// A check without rules.
    init() {
        let patterns = StructurePatterns(
            set: PatternSet(), meanings: [:], methodNames: [], enablerNames: [:]
        )
        self.init(rules: [], messages: [:], patterns: patterns, limits: StructureLimits())
    }

    func findings(in text: TokenizedText) -> [Finding] {
        guard !rules.isEmpty else { return [] }
        let draft = Draft(text, patterns, limits)
        return faults(of: draft).compactMap { finding($0, draft) }
    }

    private func faults(of draft: Draft) -> [StructurePlace] {
        let opening = OpeningCheck.opening(of: draft, limits)
        // An opening names things of the place where something fails; a comparison in it has to say that it is one.
        let readings = draft.bodySentences.filter { sentence in
            !opening.contains(sentence) || draft.sentences[sentence].has(.comparison) && draft.sentences[sentence].things.count > 1
        }
        let central = Imagery.first(in: readings, of: draft, limits)
        let insightsCheck = InsightsCheck(limits: limits)
        let firstBlock = opening.last.map { draft.block(of: $0) + 1 } ?? 0
        let insights = insightsCheck.passage(of: draft, after: min(firstBlock, draft.body.upperBound))
        let closing = ClosingCheck(limits: limits).closing(of: draft, after: draft.blocks(of: insights.insights))
        let enablers = enablerBlocks(draft, from: firstBlock, central, insights, closing)
        var images = [draft.sentences(of: closing)]
        if let first = opening.first, let last = opening.last { images.append(first..<last + 1) }
        if let central { images.append(central.sentences.lowerBound..<central.sentences.upperBound + 1) }
        let isBefore = central.map { $0.sentences.upperBound < draft.sentences(of: closing).lowerBound } ?? false
        let closingFault = ClosingCheck(limits: limits).fault(in: draft, closing: closing, isBefore ? central : nil)
        if closingFault?.fault == .noClosingAnalogy { images.removeFirst() }
        let single = [
            OpeningCheck(limits: limits).fault(in: draft),
            CentralAnalogyCheck(limits: limits).fault(in: draft, central),
            EnablersCheck(limits: limits, names: patterns.enablerNames).fault(in: draft, blocks: enablers),
            insightsCheck.fault(insights, in: draft),
            closingFault,
            unnamedMethods(in: draft),
        ]
        return single.compactMap(\.self) + CohesionCheck(limits: limits).faults(in: draft, images: images)
    }

    /// The blocks behind the central analogy that give neither insights nor the end.
    private func enablerBlocks(
        _ draft: Draft, from start: Int, _ central: Imagery?, _ insights: InsightsCheck.Passage, _ closing: Range<Int>
    ) -> [Int] {
        var start = start
        let taken = insights.insights.count < limits.insights ? 0..<0 : draft.blocks(of: insights.insights)
        let label = CentralAnalogyCheck.label(in: draft)
        if let central, central.start < label?.tokens.lowerBound ?? .max,
            taken.isEmpty || central.sentences.upperBound < draft.blocks[taken.lowerBound].sentences.lowerBound
        {
            start = max(start, draft.block(of: central.sentences.upperBound) + 1)
        }
        return draft.body.filter { $0 >= start && !taken.contains($0) && !closing.contains($0) }
    }

    private func unnamedMethods(in draft: Draft) -> StructurePlace? {
        var named: Set<Int> = []
        for block in draft.body {
            for sentence in draft.sentences[draft.blocks[block].sentences] { named.formUnion(sentence.methods) }
        }
        let missing = patterns.methodNames.indices.filter { !named.contains($0) }.map { patterns.methodNames[$0] }
        return missing.isEmpty ? nil : StructurePlace(.unnamedMethods, missing: missing)
    }

    private func finding(_ place: StructurePlace, _ draft: Draft) -> Finding? {
        guard let message = messages[place.fault] else { return nil }
        let rule = rules[message.rule]
        let tokens = place.tokens ?? draft.blocks.first.flatMap { _ in draft.tokens(of: 0..<1) }
        let range = tokens.map { draft.text.sourceRange(of: $0) } ?? 0..<draft.text.text.source.count
        let match = place.tokens.map { String(decoding: draft.text.source(of: $0), as: UTF8.self) } ?? ""
        let values = ["missing": place.missing.formatted, "match": match]
        return Finding(
            rule: rule.id, severity: rule.severity, range: range, message: fill(message.message, values), help: fill(message.help, values),
            suggestions: [])
    }
}

extension [String] {
    /// "a", "a and b", "a, b and c".
    fileprivate var formatted: String {
        count < 2 ? first ?? "" : dropLast().joined(separator: ", ") + " and " + (last ?? "")
    }
}
