/// Checks that every quantity of a text is held by a fact, for the same subject.
final class QuantityRule: Sendable {
    let id: String
    let severity: Finding.Severity
    let recognizer: QuantityRecognizer
    private let matcher: QuantityMatcher
    private let messages: QuantityMessages
    let clauseWords: Set<WordID>
    let baselineWords: Set<WordID>
    let from: WordID

    /// How many sentences a subject lives on that is not named again.
    private static let memory = 24

    /// How many findings of a text are told what holds instead; a text with more has to be written anew.
    private static let explained = 200
    /// Code that is longer names nothing.
    private static let longestName = 200

    /// - Parameters:
    ///   - rule: `rules/unverified-number.yaml` of the topic
    ///   - numbers: `numbers.yaml` of the language
    init?(facts: [Fact], methods: [Method], rule: YAMLMapping, numbers: YAMLMapping, grammar: Grammar, lexicon: inout Lexicon) {
        guard let data = rule.mapping("quantities", SubjectWords.keys) else { return nil }
        id = rule.identifier()
        severity = rule.choice("severity", Finding.Severity.self) ?? .error
        let reader = PhraseReader(grammar: grammar)
        let words = QuantityWords(numbers, reader, &lexicon)
        let subjects = SubjectWords(data, methods: methods, words: words, reader, &lexicon)
        recognizer = QuantityRecognizer(words: words, subjects: subjects)
        matcher = QuantityMatcher(
            holding: QuantityCatalogue(facts: facts.filter(\.status.holds), methods: methods, recognizer: recognizer, reader, &lexicon),
            folklore: QuantityCatalogue(
                facts: facts.filter { !$0.status.holds && $0.quantity != nil }, methods: methods, recognizer: recognizer, reader, &lexicon)
        )
        let byID = Dictionary(facts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        messages = QuantityMessages(data, names: subjects.names, facts: byID)
        clauseWords = Set(["against", "versus", "vs", "whereas", "compared", "but", "while", "and"].map { lexicon.intern($0) })
        from = lexicon.intern("from")
        baselineWords = Set(["from", "than", "of", "with", "against", "instead"].map { lexicon.intern($0) })
    }

    /// The findings, the quantities that passed, and how many quantities there were.
    func check(_ text: TokenizedText, language: Language) -> (findings: [Finding], sourced: [SourcedQuantity], numbers: Int) {
        var result = Result()
        var passage = Passage()
        var words = SeenWords(lexicon: language.lexicon)
        let mentions = text.sentences.map { self.mentions(in: text, $0.tokens, language) }
        for (index, sentence) in text.sentences.enumerated() {
            let startsBlock = index == 0 || text.sentences[index - 1].block != sentence.block
            let claims = recognizer.claims(in: text, sentence: sentence.tokens, startsBlock: startsBlock, mentions: mentions[index])
            words.read(text.tokens[sentence.tokens], sentence: index)
            let sources = claims.isEmpty ? [] : judge(claims, in: text, index, mentions, passage, words, &result)
            passage.add(mentions[index], sources, sentence: index)
        }
        return (result.findings, result.sourced, result.numbers)
    }

    /// What a sentence names, code in it included: "the `Q4_K_M` file" is about that type.
    private func mentions(in text: TokenizedText, _ tokens: Range<Int>, _ language: Language) -> [SubjectMention] {
        var found = recognizer.subjects.mentions(in: text, sentence: tokens)
        for index in tokens where text.tokens[index].kind == .object {
            let source = codeRange(text.text.sourceRange(of: text.tokens[index].range), text.text.source)
            guard source.count <= Self.longestName else { continue }
            let code = TokenizedText(
                TextFormat.plain.visibleText(of: Array(text.text.source[source]).filter { $0 != UInt8(ascii: "`") }), language: language)
            for mention in recognizer.subjects.mentions(in: code, sentence: 0..<code.tokens.count) where mention.feature.kind != .measure {
                found.append(SubjectMention(feature: mention.feature, tokens: index..<index + 1, isName: true))
            }
        }
        return found
    }

    /// The code that stands behind a tag, or what an object is where it is no tag.
    private func codeRange(_ range: Range<Int>, _ source: [UInt8]) -> Range<Int> {
        guard !range.isEmpty, source[range.upperBound - 1] == UInt8(ascii: ">") else { return range }
        let end = source[range.upperBound...].prefix(Self.longestName).firstIndex(of: UInt8(ascii: "<"))
        return range.upperBound..<(end ?? range.upperBound)
    }

    private struct Result {
        var findings: [Finding] = []
        var sourced: [SourcedQuantity] = []
        var numbers = 0
    }

    /// What the sentences before spoke of: of each kind what the last two sentences named that named it at all.
    private struct Passage {
        private var last: [[(sentence: Int, features: [Feature])]] = Feature.Kind.allCases.map { _ in [] }
        /// Facts that the sentences before rest on.
        private var sources: [(sentence: Int, source: QuantityMatcher.Source)] = []

        mutating func add(_ mentions: [SubjectMention], _ sources: [QuantityMatcher.Source], sentence: Int) {
            for mention in mentions {
                let kind = mention.feature.kind.rawValue
                if let index = last[kind].indices.last, last[kind][index].sentence == sentence {
                    last[kind][index].features.append(mention.feature)
                } else {
                    if last[kind].count > 1 { last[kind].removeFirst() }
                    last[kind].append((sentence, [mention.feature]))
                }
            }
            if !sources.isEmpty { self.sources = self.sources.suffix(8) + sources.map { (sentence, $0) } }
        }

        func features(at sentence: Int) -> ClaimSubject.Features {
            var features = ClaimSubject.Features()
            for kind in Feature.Kind.allCases {
                for entry in last[kind.rawValue] where sentence - entry.sentence <= QuantityRule.memory { features[kind] += entry.features }
            }
            return features
        }

        /// The facts on which the last sentences rest.
        func recent(at sentence: Int) -> [QuantityMatcher.Source] { sources.filter { sentence - $0.sentence <= 3 }.map(\.source) }

        func family(at sentence: Int, in catalogue: QuantityCatalogue) -> FactFamily {
            var family = FactFamily()
            for entry in sources where sentence - entry.sentence <= 6 && !entry.source.isFolklore {
                family.add(catalogue.family(of: entry.source.fact))
            }
            return family
        }
    }

    // MARK: One sentence

    /// - Returns: the facts that the sentence rests on
    private func judge(
        _ claims: [QuantityClaim], in text: TokenizedText, _ sentence: Int, _ all: [[SubjectMention]], _ passage: Passage,
        _ words: SeenWords, _ result: inout Result
    ) -> [QuantityMatcher.Source] {
        let parts = SentenceParts(claims, all[sentence], text, sentence: sentence, words: self)
        var shared = ClaimSubject(words: words)
        shared.carried = passage.features(at: sentence)
        let subjects = claims.map { parts.subject(of: $0, shared) }
        let family = passage.family(at: sentence, in: matcher.holding)
        var sources = claims.indices.map { index in
            matcher.source(
                of: claims[index], subjects[index], digits: digits(claims[index], text), isReversed: parts.isReversed(claims[index]),
                family: family)
        }
        // A condition of a fact that holds another claim of the sentence is held with it; and a cell or phrase that names nothing itself
        // repeats what the ones before it said.
        var held = sources.compactMap(\.self)
        if !all[sentence].contains(where: { $0.feature.kind != .measure }) { held += passage.recent(at: sentence) }
        for (index, claim) in claims.enumerated() where sources[index] == nil { sources[index] = matcher.source(of: claim, among: held) }
        if sources.contains(where: { $0 == nil }), case .tableCell = text.text.blocks[text.sentences[sentence].block].kind {
            // A figure may stand in the cell before the one that says what it is about.
            let cells = sentence + 1..<min(text.sentences.count, sentence + 3)
            let features = ClaimSubject.Features(all[cells].joined())
            var widerWords = words
            for cell in cells { widerWords.add(text.tokens[text.sentences[cell].tokens]) }
            for (index, claim) in claims.enumerated() where sources[index] == nil {
                var wider = subjects[index]
                for kind in Feature.Kind.allCases { wider.after[kind] += features[kind] }
                wider.words = widerWords
                sources[index] = matcher.source(of: claim, wider, digits: digits(claim, text), isReversed: false, family: family)
            }
            held += sources.compactMap(\.self)
            for (index, claim) in claims.enumerated() where sources[index] == nil {
                sources[index] = matcher.source(of: claim, among: held)
            }
        }
        // What is denied is no claim, and the catalogue holds it as wrong.
        if text.tokens[text.sentences[sentence].tokens].contains(where: {
            recognizer.words.roles(of: $0.word).contains(.denial) && $0.kind == .word
        }) {
            for (index, claim) in claims.enumerated() where sources[index] == nil {
                sources[index] = matcher.denied(claim, subjects[index], digits: digits(claim, text))
            }
        }
        for (index, claim) in claims.enumerated() {
            // The second end of a range is judged with the first.
            if let partner = claim.partner, partner < index { continue }
            let ends = [index] + (claim.partner.map { [$0] } ?? [])
            if ends.allSatisfy({ sources[$0] != nil }) {
                result.numbers += ends.count
                for end in ends {
                    guard let source = sources[end] else { continue }
                    result.sourced.append(SourcedQuantity(range: sourceRange([claims[end].tokens], text), fact: matcher.fact(source).id))
                }
                continue
            }
            result.numbers += 1
            let range = sourceRange(ends.map { claims[$0].tokens }, text)
            let isExplained = result.findings.count < Self.explained
            let verdict = isExplained ? matcher.reason(for: claim, subjects[index], digits: digits(claim, text)) : .unknown
            result.findings.append(
                messages.finding(
                    verdict, match: String(decoding: text.text.source[range], as: UTF8.self), subject: subjects[index].named, rule: id,
                    severity: severity, range: range))
        }
        return sources.compactMap(\.self)
    }

    private func sourceRange(_ tokens: [Range<Int>], _ text: TokenizedText) -> Range<Int> {
        let first = tokens.map(\.lowerBound).min() ?? 0
        let last = (tokens.map(\.upperBound).max() ?? 1) - 1
        return text.text.sourceRange(of: Int(text.tokens[first].start)..<Int(text.tokens[last].end))
    }

    /// How many digits the number was written with, leading noughts left out.
    private func digits(_ claim: QuantityClaim, _ text: TokenizedText) -> Int {
        claim.tokens.map { index in
            text.tokens[index].kind == .number
                ? text.characters(of: text.tokens[index]).drop { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }.count(where: isDigit)
                : 1
        }.max() ?? 1
    }
}
