/// Checks that every quantity of a text is held by a fact, for the same subject.
struct QuantityRule: Sendable {
    let id: String
    let severity: Finding.Severity
    private let recognizer: QuantityRecognizer
    private let matcher: QuantityMatcher
    private let messages: QuantityMessages
    private let clauseWords: Set<WordID>
    private let from: Set<WordID>
    private let fromWord: WordID

    /// How many sentences a subject lives on that is not named again.
    private static let memory = 24

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
        fromWord = lexicon.intern("from")
        from = Set(["from", "than", "of", "with", "against", "instead"].map { lexicon.intern($0) })
    }

    /// The findings, the quantities that passed, and how many quantities there were.
    func check(_ text: TokenizedText) -> (findings: [Finding], sourced: [SourcedQuantity], numbers: Int) {
        var result = Result()
        var passage = Passage()
        var block = -1
        for (index, sentence) in text.sentences.enumerated() {
            let mentions = recognizer.subjects.mentions(in: text, sentence: sentence.tokens)
            let claims = recognizer.claims(in: text, sentence: sentence.tokens, blockStart: sentence.block != block, mentions: mentions)
            block = sentence.block
            let sources = claims.isEmpty ? [] : judge(claims, in: text, index, mentions, passage, &result)
            passage.add(mentions, sources, sentence: index)
        }
        return (result.findings, result.sourced, result.numbers)
    }

    private struct Result {
        var findings: [Finding] = []
        var sourced: [SourcedQuantity] = []
        var numbers = 0
    }

    /// What the sentences before spoke of: of each kind what the last two sentences named that named it at all.
    private struct Passage {
        private var last: [Feature.Kind: [(sentence: Int, features: [Feature])]] = [:]
        /// Facts that the sentences before rest on.
        private(set) var facts: [(sentence: Int, fact: Fact)] = []

        mutating func add(_ mentions: [SubjectMention], _ sources: [Fact], sentence: Int) {
            let features = ClaimSubject.Features(mentions)
            for kind in Feature.Kind.allCases where !features[kind].isEmpty {
                last[kind] = (last[kind] ?? []).suffix(1) + [(sentence, features[kind])]
            }
            if !sources.isEmpty { facts = facts.suffix(8) + sources.map { (sentence, $0) } }
        }

        func features(at sentence: Int) -> ClaimSubject.Features {
            var features = ClaimSubject.Features()
            for (kind, entries) in last {
                features[kind] = entries.filter { sentence - $0.sentence <= QuantityRule.memory }.flatMap(\.features)
            }
            return features
        }

        /// Ids of recent facts, of what they were computed from, and of where they were read.
        func family(at sentence: Int) -> Set<String> {
            Set(facts.filter { sentence - $0.sentence <= 6 }.flatMap { [$0.fact.id] + $0.fact.derivedFrom + $0.fact.sources.map(\.id) })
        }
    }

    // MARK: One sentence

    /// - Returns: the facts that the sentence rests on
    private func judge(
        _ claims: [QuantityClaim], in text: TokenizedText, _ sentence: Int, _ mentions: [SubjectMention], _ passage: Passage,
        _ result: inout Result
    ) -> [Fact] {
        let tokens = text.sentences[sentence].tokens
        var shared = ClaimSubject()
        shared.carried = passage.features(at: sentence)
        shared.words = words(text, tokens)
        for earlier in text.sentences[max(0, sentence - 3)..<sentence] { shared.carriedWords.formUnion(words(text, earlier.tokens)) }
        let bounds = clauses(text, tokens)
        let subjects = claims.map { subject(of: $0, shared, mentions, claims, bounds, text, tokens) }
        let family = passage.family(at: sentence)
        var sources = claims.indices.map { index in
            matcher.source(
                of: claims[index], subjects[index], digits: digits(claims[index], text),
                isReversed: claims[index].isComparison && isReversed(claims[index], mentions, text, tokens), family: family)
        }
        let held = Set(sources.compactMap { $0?.id })
        for (index, claim) in claims.enumerated() where sources[index] == nil { sources[index] = matcher.source(of: claim, among: held) }
        for (index, claim) in claims.enumerated() {
            // The second end of a range is judged with the first.
            if let partner = claim.partner, partner < index { continue }
            result.numbers += 1
            let ends = [index] + (claim.partner.map { [$0] } ?? [])
            let range = sourceRange(ends.map { claims[$0].tokens }, text)
            if ends.allSatisfy({ sources[$0] != nil }) {
                for end in ends {
                    guard let source = sources[end] else { continue }
                    result.sourced.append(SourcedQuantity(range: sourceRange([claims[end].tokens], text), fact: source.id))
                }
                result.numbers += ends.count - 1
                continue
            }
            let verdict = matcher.reason(for: claim, subjects[index], digits: digits(claim, text))
            result.findings.append(
                messages.finding(
                    verdict, match: String(decoding: text.text.source[range], as: UTF8.self), subject: subjects[index].named, rule: id,
                    severity: severity, range: range))
        }
        return sources.compactMap(\.self)
    }

    private func subject(
        of claim: QuantityClaim, _ shared: ClaimSubject, _ mentions: [SubjectMention], _ claims: [QuantityClaim], _ clauses: [Range<Int>],
        _ text: TokenizedText, _ tokens: Range<Int>
    ) -> ClaimSubject {
        var subject = shared
        let own = clauses.lastIndex { $0.lowerBound <= claim.tokens.lowerBound } ?? 0
        // What is part of a quantity ("bits per weight") is not what it is about.
        var named = mentions.filter { mention in mention.feature.kind != .measure || !claims.contains { $0.tokens.overlaps(mention.tokens) }
        }
        // "from 15 GiB to 4.6 GiB in Q4_K_M": the form is that of the other end.
        let before = claim.tokens.lowerBound - 1
        if before >= tokens.lowerBound, text.tokens[before].word == fromWord, text.tokens[before].kind == .word {
            named.removeAll { [.bits, .type, .method].contains($0.feature.kind) && $0.tokens.lowerBound > before }
        }
        subject.lengths = claims.filter { $0.dimension == .token && $0.tokens != claim.tokens && claim.dimension != .token }.map(\.value)
        subject.clause = ClaimSubject.Features(named.filter { clauses[own].contains($0.tokens.lowerBound) })
        if let implied = recognizer.subjects.implied[claim.dimension] { subject.clause.measures.append(implied) }
        for clause in clauses[..<own].reversed() {
            let features = ClaimSubject.Features(named.filter { clause.contains($0.tokens.lowerBound) })
            for kind in Feature.Kind.allCases where subject.before[kind].isEmpty || kind == .measure {
                subject.before[kind] += features[kind]
            }
        }
        subject.after = ClaimSubject.Features(named.filter { $0.tokens.lowerBound >= clauses[own].upperBound })
        return subject
    }

    private func sourceRange(_ tokens: [Range<Int>], _ text: TokenizedText) -> Range<Int> {
        let first = tokens.map(\.lowerBound).min() ?? 0
        let last = (tokens.map(\.upperBound).max() ?? 1) - 1
        return text.text.sourceRange(of: Int(text.tokens[first].start)..<Int(text.tokens[last].end))
    }

    private func words(_ text: TokenizedText, _ tokens: Range<Int>) -> Set<WordID> {
        var found: Set<WordID> = []
        for index in tokens where text.tokens[index].kind == .word && text.tokens[index].word != Lexicon.unknown {
            found.insert(text.tokens[index].word)
        }
        return found
    }

    /// The clauses of a sentence: what stands between pauses and words such as "against" and "but".
    private func clauses(_ text: TokenizedText, _ tokens: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = tokens.lowerBound
        for index in tokens where index > start {
            let token = text.tokens[index]
            guard token.kind == .pause || token.kind == .word && clauseWords.contains(token.word) else { continue }
            found.append(start..<index)
            start = index
        }
        found.append(start..<tokens.upperBound)
        return found
    }

    /// Whether the sentence compares the wider form with the narrower one: "16-bit weights take four times the space of 4-bit ones".
    private func isReversed(_ claim: QuantityClaim, _ mentions: [SubjectMention], _ text: TokenizedText, _ tokens: Range<Int>) -> Bool {
        let widths = mentions.filter { $0.feature.kind == .bits }.sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
        guard let first = widths.first, first.feature.id >= 16, first.tokens.lowerBound < claim.tokens.lowerBound,
            widths.contains(where: { $0.feature.id < 16 && $0.tokens.lowerBound > claim.tokens.lowerBound })
        else { return false }
        let before = first.tokens.lowerBound - 1
        return before < tokens.lowerBound || !from.contains(text.tokens[before].word)
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

// DEBUG-BEGIN
extension QuantityRule {
    func explain(_ text: TokenizedText, failing: Bool = false) {
        var passage = Passage()
        for (index, sentence) in text.sentences.enumerated() {
            let mentions = recognizer.subjects.mentions(in: text, sentence: sentence.tokens)
            var probe = Result()
            let pc = recognizer.claims(in: text, sentence: sentence.tokens, blockStart: true, mentions: mentions)
            if !pc.isEmpty { _ = judge(pc, in: text, index, mentions, passage, &probe) }
            let show = !failing || !probe.findings.isEmpty
            if show, failing {
                print(
                    "LINE ",
                    String(decoding: text.text.source[sourceRange([sentence.tokens], text)], as: UTF8.self).replacing("\n", with: " "))
            }
            if show {
                print(
                    "   mentions",
                    mentions.map { m in
                        "\(m.feature.kind):\(recognizer.subjects.names[m.feature] ?? "\(m.feature.id)/\(m.feature.version)/\(m.feature.size)")"
                    }.joined(separator: " "))
                print(
                    "   carried",
                    Feature.Kind.allCases.map { k in
                        passage.features(at: index)[k].map { m in recognizer.subjects.names[m] ?? "\(m.id)/\(m.version)/\(m.size)" }.joined(
                            separator: ",")
                    })
            }
            let claims = recognizer.claims(in: text, sentence: sentence.tokens, blockStart: true, mentions: mentions)
            var shared = ClaimSubject()
            shared.carried = passage.features(at: index)
            shared.words = words(text, sentence.tokens)
            for earlier in text.sentences[max(0, index - 3)..<index] { shared.carriedWords.formUnion(words(text, earlier.tokens)) }
            for claim in claims {
                let own = subject(of: claim, shared, mentions, claims, clauses(text, sentence.tokens), text, sentence.tokens)
                if show {
                    print(
                        "  CLAIM", String(decoding: text.text.source[sourceRange([claim.tokens], text)], as: UTF8.self), claim.value,
                        claim.dimension, claim.form, claim.exactness, "sign", claim.sign, "change", claim.isChange as Any, "dur",
                        claim.isDuration, claim.multiples.map(\.value))
                    matcher.explain(claim, own, digits: digits(claim, text), isReversed: isReversed(claim, mentions, text, sentence.tokens))
                }
            }
            var r = Result()
            let sources = claims.isEmpty ? [] : judge(claims, in: text, index, mentions, passage, &r)
            if show { print("  =>", sources.map(\.id)) }
            passage.add(mentions, sources, sentence: index)
        }
    }
}
// DEBUG-END
