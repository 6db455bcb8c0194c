/// Checks the sentences of a text against all rules that are written as patterns.
struct PhraseCheck: Sendable {
    let rules: [PhraseRule]
    let patterns: PatternSet
    /// By pattern: what it begins a finding of.
    private let finders: [[Finder]]

    private struct Finder {
        let rule: Int
        let cue: Int
        /// What has to be in the sentence besides, in one of these ways.
        let parts: [PhraseRule.Parts]
    }

    init(rules: [PhraseRule], patterns: PatternSet) {
        self.rules = rules
        self.patterns = patterns
        let last = rules.flatMap(\.cues).flatMap(\.find.keys).max() ?? -1
        var finders = [[Finder]](repeating: [], count: Int(last) + 1)
        for (ruleIndex, rule) in rules.enumerated() {
            for (cueIndex, cue) in rule.cues.enumerated() {
                for (pattern, parts) in cue.find { finders[Int(pattern)].append(Finder(rule: ruleIndex, cue: cueIndex, parts: parts)) }
            }
        }
        self.finders = finders
    }

    func findings(in text: TokenizedText, audience: String?) -> [Finding] {
        var search = PatternSearch(patterns, in: text)
        var matches: [PatternSet.Match] = []
        var candidates: [Candidate] = []
        /// What the text explains, by rule.
        var explained: [Int: ExplainedTerms] = [:]
        /// Where the candidates of the sentence before begin.
        var previous = 0
        /// Rules whose findings the sentence before takes back, and those for which it is a report.
        var corrected: [Int] = []
        var reported: [Int] = []
        for sentence in text.sentences {
            matches.removeAll(keepingCapacity: true)
            search.findMatches(in: sentence, into: &matches)
            let own = candidates.count
            let (correctedBefore, reportedBefore) = (corrected, reported)
            (corrected, reported) = ([], [])
            defer { previous = own }
            // What follows a finding may explain it or take it back.
            guard !matches.isEmpty || previous < own else { continue }
            search.findMatches(in: sentence, for: .judging, of: rules(of: matches, candidates[previous..<own]), into: &matches)
            var found = SentenceMatches(matches)
            for match in matches where Int(match.pattern) < finders.count {
                for finder in finders[Int(match.pattern)] {
                    let rule = rules[finder.rule]
                    guard !found.holdsAny(of: rule.unless), found.holdsWhatIsAsked(by: rule.cues[finder.cue]),
                        let tokens = finder.parts.lazy.compactMap({ found.hull(of: match, and: $0) }).first
                    else { continue }
                    candidates.append(Candidate(rule: finder.rule, cue: finder.cue, tokens: tokens, isExcepted: false))
                }
            }
            for (index, rule) in rules.enumerated() {
                if candidates[own...].contains(where: { $0.rule == index }) {
                    note(&candidates[own...], of: index, found.all(rule.exceptions))
                    if let known = rule.known[audience ?? ""] { note(&candidates[own...], of: index, found.all(known)) }
                }
                let corrections = rule.corrections
                if found.holdsAny(of: corrections.before) { corrected.append(index) }
                if found.holdsAny(of: corrections.reports) { reported.append(index) }
                let isBehindReport = reportedBefore.contains(index) && found.holdsAny(of: corrections.behindReports)
                if isBehindReport || found.holdsAny(of: corrections.behind) { takeBack(&candidates[previous..<own], of: index) }
                if correctedBefore.contains(index) { takeBack(&candidates[own...], of: index) }
                for match in found.all(rule.explanations) { explained[index, default: ExplainedTerms()].insert(match.marked, of: text) }
                guard previous < own, found.holdsAny(of: rule.explanationsBehind) else { continue }
                for candidate in candidates[previous..<own] where candidate.rule == index {
                    explained[index, default: ExplainedTerms()].insert(candidate.tokens, of: text)
                }
            }
        }
        return findings(candidates, explained: explained, in: text)
    }

    /// The rules of which something was found in a sentence, or in the one before.
    private func rules(of matches: [PatternSet.Match], _ candidates: ArraySlice<Candidate>) -> PatternSet.RuleSet {
        var found: PatternSet.RuleSet = []
        for match in matches where Int(match.pattern) < finders.count {
            for finder in finders[Int(match.pattern)] { found.formUnion(PatternSet.RuleSet(rule: finder.rule)) }
        }
        for candidate in candidates { found.formUnion(PatternSet.RuleSet(rule: candidate.rule)) }
        return found
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
        for index in candidates.indices where candidates[index].rule == rule && !candidates[index].isExcepted {
            candidates[index].isExcepted = exceptions.contains { $0.marked.overlaps(candidates[index].tokens) }
        }
    }

    /// Marks all candidates of a rule.
    private func takeBack(_ candidates: inout ArraySlice<Candidate>, of rule: Int) {
        for index in candidates.indices where candidates[index].rule == rule { candidates[index].isExcepted = true }
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
            message: fill(cue.message ?? rule.message, ["match": match]), help: cue.help ?? rule.help,
            suggestions: suggestions
        )
    }
}

/// What was found in one sentence.
private struct SentenceMatches {
    /// How many tokens the parts of a cue may span; what stands farther apart in a long list has nothing to do with each other.
    private static let reach = 32
    private let matches: [PatternSet.Match]
    private let patterns: PatternIDSet
    /// In the order of patterns, and then of their ends.
    private lazy var ordered = matches.sorted { ($0.pattern, $0.tokens.upperBound) < ($1.pattern, $1.tokens.upperBound) }

    init(_ matches: [PatternSet.Match]) {
        self.matches = matches
        patterns = PatternIDSet(matches.lazy.map(\.pattern))
    }

    func all(_ patterns: PatternIDSet) -> [PatternSet.Match] {
        holdsAny(of: patterns) ? matches.filter { patterns.contains($0.pattern) } : []
    }

    func holdsAny(of patterns: PatternIDSet) -> Bool { !self.patterns.isDisjoint(with: patterns) }

    /// Whether the sentence holds one of what a cue stands with, and nothing that it does not stand with.
    func holdsWhatIsAsked(by cue: PhraseRule.Cue) -> Bool { (cue.with.isEmpty || holdsAny(of: cue.with)) && !holdsAny(of: cue.unless) }

    /// The tokens from the first to the last of a match and the nearest matches of other patterns.
    mutating func hull(of match: PatternSet.Match, and parts: PhraseRule.Parts) -> Range<Int>? {
        var tokens = match.marked
        for part in parts {
            let hulls = near(tokens, part).map { other in
                min(tokens.lowerBound, other.marked.lowerBound)..<max(tokens.upperBound, other.marked.upperBound)
            }
            guard let nearest = hulls.min(by: { $0.count < $1.count }), nearest.count <= Self.reach else { return nil }
            tokens = nearest
        }
        return tokens
    }

    /// Those matches of a pattern that end close enough to be within reach; a long sentence may hold many others.
    private mutating func near(_ tokens: Range<Int>, _ pattern: PatternID) -> ArraySlice<PatternSet.Match> {
        let all = ordered
        func index(endingAfter end: Int) -> Int {
            var range = 0..<all.count
            while let middle = range.isEmpty ? nil : (range.lowerBound + range.upperBound) / 2 {
                let isAfter = (all[middle].pattern, all[middle].tokens.upperBound) > (pattern, end)
                range = isAfter ? range.lowerBound..<middle : middle + 1..<range.upperBound
            }
            return range.lowerBound
        }
        return all[index(endingAfter: tokens.lowerBound - Self.reach)..<index(endingAfter: tokens.upperBound + Self.reach)]
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
