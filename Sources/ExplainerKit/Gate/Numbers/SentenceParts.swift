/// A sentence with its claims, cut into clauses: what each names, and what the clauses beside it do.
struct SentenceParts {
    private let text: TokenizedText
    private let rule: QuantityRule
    private let start: Int
    /// Where each clause begins, and what it names, in the order of the tokens.
    private var clauses: [(start: Int, mentions: [SubjectMention])] = []
    private var before: [ClaimSubject.Features] = []
    private var after: [ClaimSubject.Features] = []
    private var lengths: [(claim: Range<Int>, value: Double)] = []
    private var firstWidth: SubjectMention?
    /// Where the last width stands that is narrower than that of the original.
    private var lastNarrow = -1

    /// No clause is longer than so many tokens.
    private static let longest = 64

    init(_ claims: [QuantityClaim], _ mentions: [SubjectMention], _ text: TokenizedText, sentence: Int, words rule: QuantityRule) {
        self.text = text
        self.rule = rule
        let tokens = text.sentences[sentence].tokens
        start = tokens.lowerBound
        for claim in claims where claim.dimension == .token && lengths.count < 8 { lengths.append((claim.tokens, claim.value)) }
        var isClaimed = [Bool](repeating: false, count: tokens.count)
        for claim in claims { for index in claim.tokens { isClaimed[index - start] = true } }
        // What is part of a quantity ("bits per weight") is not what it is about.
        let named = mentions.filter { mention in mention.feature.kind != .measure || !mention.tokens.contains { isClaimed[$0 - start] } }
            .sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
        for width in named where width.feature.kind == .bits {
            firstWidth = firstWidth ?? width
            if width.feature.id < 16 { lastNarrow = width.tokens.lowerBound }
        }
        cut(tokens, named)
        look()
    }

    /// Cuts at pauses and words such as "against" and "but", and at what begins with a capital ("Size: 4 GB In 8-bit form: 8 GB", where a line was
    /// broken).
    private mutating func cut(_ tokens: Range<Int>, _ named: [SubjectMention]) {
        var next = 0
        var clauseStart = tokens.lowerBound
        func mentions(before end: Int) -> [SubjectMention] {
            let first = next
            while next < named.count, named[next].tokens.lowerBound < end { next += 1 }
            return Array(named[first..<next])
        }
        for index in tokens where index > clauseStart {
            let token = text.tokens[index]
            let begins =
                token.kind == .word
                && (rule.clauseWords.contains(token.word)
                    || token.flags.contains(.capitalized) && rule.recognizer.words.roles(of: token.word).contains(.function))
            guard token.kind == .pause || begins || index - clauseStart >= Self.longest else { continue }
            clauses.append((clauseStart, mentions(before: index)))
            clauseStart = index
        }
        clauses.append((clauseStart, mentions(before: tokens.upperBound)))
    }

    /// For each clause what the nearest clause before it names of each kind, and the nearest behind it; measures add up.
    private mutating func look() {
        let own = clauses.map { ClaimSubject.Features($0.mentions) }
        func running(_ indices: some Sequence<Int>) -> [Int: ClaimSubject.Features] {
            var seen = ClaimSubject.Features()
            var found: [Int: ClaimSubject.Features] = [:]
            for index in indices {
                found[index] = seen
                for kind in Feature.Kind.allCases where !own[index][kind].isEmpty {
                    seen[kind] = kind == .measure ? (seen[kind] + own[index][kind]).uniqued() : own[index][kind]
                }
            }
            return found
        }
        let forwards = running(own.indices)
        let backwards = running(own.indices.reversed())
        before = own.indices.map { forwards[$0] ?? ClaimSubject.Features() }
        after = own.indices.map { backwards[$0] ?? ClaimSubject.Features() }
    }

    func subject(of claim: QuantityClaim, _ shared: ClaimSubject) -> ClaimSubject {
        var subject = shared
        var low = 0
        var high = clauses.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if clauses[middle].start <= claim.tokens.lowerBound { low = middle } else { high = middle }
        }
        var named = clauses[low].mentions
        subject.before = before[low]
        subject.after = after[low]
        // "from 15 GiB to 4.6 GiB in Q4_K_M": the form is that of the other end.
        let previous = claim.tokens.lowerBound - 1
        if previous >= start, text.tokens[previous].kind == .word, text.tokens[previous].word == rule.from {
            named.removeAll { [.bits, .type, .method].contains($0.feature.kind) && $0.tokens.lowerBound > previous }
            for kind in [Feature.Kind.bits, .type, .method] { subject.after[kind] = [] }
        }
        subject.clause = ClaimSubject.Features(named)
        if let implied = rule.recognizer.subjects.implied[claim.dimension] { subject.clause.measures.append(implied) }
        if claim.isForEachWeight, let weights = rule.recognizer.subjects.each { subject.clause.measures = [weights] }
        if claim.dimension != .token { subject.lengths = lengths.filter { $0.claim != claim.tokens }.map(\.value) }
        return subject
    }

    /// Whether the sentence compares the wider form with the narrower one: "16-bit weights take four times the space of 4-bit ones".
    func isReversed(_ claim: QuantityClaim) -> Bool {
        guard claim.isComparison, let first = firstWidth, first.feature.id >= 16, first.tokens.lowerBound < claim.tokens.lowerBound,
            lastNarrow > claim.tokens.lowerBound
        else { return false }
        let previous = first.tokens.lowerBound - 1
        return previous < start || !rule.baselineWords.contains(text.tokens[previous].word)
    }
}
