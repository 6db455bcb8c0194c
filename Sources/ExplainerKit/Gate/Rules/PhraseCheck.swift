/// Checks the sentences of a text against all rules that are written as patterns.
struct PhraseCheck: Sendable {
    let rules: [PhraseRule]
    let patterns: PatternSet
    /// Rule and cue of each pattern that begins a finding.
    private let finders: [PatternID: [(rule: Int, cue: Int)]]

    init(rules: [PhraseRule], patterns: PatternSet) {
        self.rules = rules
        self.patterns = patterns
        var finders: [PatternID: [(rule: Int, cue: Int)]] = [:]
        for (ruleIndex, rule) in rules.enumerated() {
            for (cueIndex, cue) in rule.cues.enumerated() {
                for pattern in cue.find.keys { finders[pattern, default: []].append((ruleIndex, cueIndex)) }
            }
        }
        self.finders = finders
    }

    func findings(in text: TokenizedText, audience: String?) -> [Finding] {
        let exceptions = rules.map { $0.exceptions.union($0.known[audience ?? ""] ?? []) }
        var search = PatternSearch(patterns, in: text)
        var matches: [PatternSet.Match] = []
        var candidates: [Candidate] = []
        /// What the text explains, by rule.
        var explained: [Int: ExplainedTerms] = [:]
        /// Where the candidates of the sentence before begin.
        var previous = 0
        for sentence in text.sentences {
            matches.removeAll(keepingCapacity: true)
            search.findMatches(in: sentence, into: &matches)
            let own = candidates.count
            defer { previous = own }
            // What follows a finding may explain it.
            guard !matches.isEmpty || previous < own else { continue }
            search.findMatches(in: sentence, for: .judging, into: &matches)
            let found = SentenceMatches(matches)
            for match in matches {
                for finder in finders[match.pattern] ?? [] where !found.holdsAny(of: rules[finder.rule].unless) {
                    if let tokens = found.tokens(of: match, for: rules[finder.rule].cues[finder.cue]) {
                        candidates.append(Candidate(rule: finder.rule, cue: finder.cue, tokens: tokens, isExcepted: false))
                    }
                }
            }
            for rule in Set(candidates[own...].map(\.rule)) { note(&candidates[own...], of: rule, found.all(exceptions[rule])) }
            for (index, rule) in rules.enumerated() where !rule.explanations.isEmpty || !rule.explanationsBehind.isEmpty {
                for match in found.all(rule.explanations) { explained[index, default: ExplainedTerms()].insert(match.marked, of: text) }
                guard previous < own, found.holdsAny(of: rule.explanationsBehind) else { continue }
                for candidate in candidates[previous..<own] where candidate.rule == index {
                    explained[index, default: ExplainedTerms()].insert(candidate.tokens, of: text)
                }
            }
        }
        return findings(candidates, explained: explained, in: text)
    }

    /// A place where a cue was found.
    private struct Candidate {
        let rule: Int
        let cue: Int
        let tokens: Range<Int>
        var isExcepted: Bool
    }

    /// Marks the candidates of a rule that an exception touches.
    private func note(_ candidates: inout ArraySlice<Candidate>, of rule: Int, _ exceptions: [PatternSet.Match]) {
        for index in candidates.indices where candidates[index].rule == rule {
            candidates[index].isExcepted = exceptions.contains { $0.marked.overlaps(candidates[index].tokens) }
        }
    }

    private func findings(_ candidates: [Candidate], explained: [Int: ExplainedTerms], in text: TokenizedText) -> [Finding] {
        var findings: [Finding] = []
        /// Where the last finding of each rule ends.
        var ends: [Int: Int] = [:]
        let ordered = candidates.sorted { ($0.tokens.lowerBound, -$0.tokens.upperBound) < ($1.tokens.lowerBound, -$1.tokens.upperBound) }
        for candidate in ordered where !candidate.isExcepted && candidate.tokens.lowerBound >= ends[candidate.rule] ?? 0 {
            if explained[candidate.rule]?.contains(candidate.tokens, of: text) == true { continue }
            ends[candidate.rule] = candidate.tokens.upperBound
            findings.append(finding(candidate, in: text))
        }
        return findings
    }

    private func finding(_ candidate: Candidate, in text: TokenizedText) -> Finding {
        let rule = rules[candidate.rule].rule
        let cue = rules[candidate.rule].cues[candidate.cue]
        let range = text.sourceRange(of: candidate.tokens)
        let match = String(decoding: text.source(of: candidate.tokens), as: UTF8.self)
        let suggestions =
            cue.replacement == nil && cue.fact == nil ? [] : [Finding.Suggestion(replacement: cue.replacement, fact: cue.fact)]
        return Finding(
            rule: rule.id, severity: rule.severity, range: range,
            message: (cue.message ?? rule.message).replacing("{match}", with: match), help: cue.help ?? rule.help,
            suggestions: suggestions
        )
    }
}

/// What was found in one sentence.
private struct SentenceMatches {
    /// How many tokens the parts of a cue may span; what stands farther apart in a long list has nothing to do with each other.
    private static let reach = 32
    private let byPattern: [PatternID: [PatternSet.Match]]

    init(_ matches: [PatternSet.Match]) { byPattern = Dictionary(grouping: matches, by: \.pattern) }

    func all(_ patterns: Set<PatternID>) -> [PatternSet.Match] {
        byPattern.count < patterns.count
            ? byPattern.filter { patterns.contains($0.key) }.flatMap(\.value)
            : patterns.flatMap { byPattern[$0] ?? [] }
    }

    func holdsAny(of patterns: Set<PatternID>) -> Bool { patterns.contains { byPattern[$0] != nil } }

    /// The tokens that a finding of the cue covers, if all that the cue asks for is there.
    func tokens(of match: PatternSet.Match, for cue: PhraseRule.Cue) -> Range<Int>? {
        if !cue.with.isEmpty, !holdsAny(of: cue.with) { return nil }
        if holdsAny(of: cue.unless) { return nil }
        return (cue.find[match.pattern] ?? []).lazy.compactMap { hull(of: match, and: $0) }.first
    }

    /// The tokens from the first to the last of a match and the nearest matches of other patterns.
    private func hull(of match: PatternSet.Match, and parts: PhraseRule.Parts) -> Range<Int>? {
        var tokens = match.marked
        for part in parts {
            let hulls = near(tokens, byPattern[part] ?? []).map { other in
                min(tokens.lowerBound, other.marked.lowerBound)..<max(tokens.upperBound, other.marked.upperBound)
            }
            guard let nearest = hulls.min(by: { $0.count < $1.count }), nearest.count <= Self.reach else { return nil }
            tokens = nearest
        }
        return tokens
    }

    /// Those matches, in the order of their ends, that end close enough to be within reach; a long sentence may hold many others.
    private func near(_ tokens: Range<Int>, _ others: [PatternSet.Match]) -> ArraySlice<PatternSet.Match> {
        func index(endingAfter end: Int) -> Int {
            var range = 0..<others.count
            while let middle = range.isEmpty ? nil : (range.lowerBound + range.upperBound) / 2 {
                range = others[middle].tokens.upperBound > end ? range.lowerBound..<middle : middle + 1..<range.upperBound
            }
            return range.lowerBound
        }
        return others[index(endingAfter: tokens.lowerBound - Self.reach)..<index(endingAfter: tokens.upperBound + Self.reach)]
    }
}

extension TokenizedText {
    /// Where tokens stand in the text as sent.
    func sourceRange(of range: Range<Int>) -> Range<Int> { text.sourceRange(of: visibleRange(of: range)) }

    /// Where tokens stand in the visible text.
    func visibleRange(of range: Range<Int>) -> Range<Int> { Int(tokens[range.lowerBound].start)..<Int(tokens[range.upperBound - 1].end) }

    /// Tokens as they were sent, with what is between them.
    func source(of range: Range<Int>) -> ArraySlice<UInt8> { text.source[sourceRange(of: range)] }

    /// Visible characters of tokens in lower case.
    func words(_ range: Range<Int>) -> [UInt8] { text.bytes[visibleRange(of: range)].map { isUpper($0) ? $0 | 0x20 : $0 } }
}
