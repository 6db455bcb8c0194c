/// Decides for a claim whether a fact of the catalogue holds it.
struct QuantityMatcher: Sendable {
    let holding: QuantityCatalogue
    /// Refuted and unsupported figures.
    let folklore: QuantityCatalogue

    /// Why nothing holds a claim.
    enum Verdict {
        /// Often said and wrong.
        case folklore(Fact)
        /// Nothing holds the value for this subject; there is a fact about the subject.
        case other([Fact])
        /// A fact holds the value for another subject.
        case elsewhere(Fact)
        case unknown
    }

    /// A fact that holds a claim.
    struct Source: Equatable {
        let isFolklore: Bool
        /// In the facts of its catalogue.
        let fact: Int32
    }

    func fact(_ source: Source) -> Fact { (source.isFolklore ? folklore : holding).facts[Int(source.fact)] }

    /// The fact that holds a claim best.
    ///
    /// - Parameter family: facts that the sentences before rest on, and what they were computed from
    func source(of claim: QuantityClaim, _ subject: ClaimSubject, digits: Int, isReversed: Bool, family: FactFamily) -> Source? {
        let best = best(holding, claim, subject, digits: digits, isReversed: isReversed, family: family)
        guard let best, best.score >= SubjectScore.threshold else { return nil }
        // What repeats a refuted claim more than a fact is no quotation of the fact.
        if let myth = myth(of: claim, subject, digits: digits), myth.score > best.score + 0.5 { return nil }
        return Source(isFolklore: false, fact: best.fact)
    }

    /// One of `facts`, which hold other claims of the same sentence, if it names this value too: as a condition, or as the other end of a range.
    func source(of claim: QuantityClaim, among facts: [Source]) -> Source? {
        guard !facts.isEmpty else { return nil }
        let sources = entries(holding, claim, isReversed: false).lazy.map { Source(isFolklore: false, fact: $0.fact) }
        return sources.first { facts.contains($0) }
    }

    /// The refuted or unsupported fact that a claim repeats, and how well their subjects agree.
    private func myth(of claim: QuantityClaim, _ subject: ClaimSubject, digits: Int) -> (fact: Int32, score: Double)? {
        best(folklore, claim, subject, digits: digits, isReversed: false, family: FactFamily())
    }

    /// The refuted or unsupported fact that a sentence denies.
    func denied(_ claim: QuantityClaim, _ subject: ClaimSubject, digits: Int) -> Source? {
        myth(of: claim, subject, digits: digits).flatMap { $0.score >= -1 ? Source(isFolklore: true, fact: $0.fact) : nil }
    }

    /// Why nothing holds a claim.
    func reason(for claim: QuantityClaim, _ subject: ClaimSubject, digits: Int) -> Verdict {
        if let myth = myth(of: claim, subject, digits: digits), myth.score >= 1.5 { return .folklore(folklore.facts[Int(myth.fact)]) }
        let near = holding.neighbours(of: subject, claim.isComparison ? .ratio : claim.dimension).compactMap { fact -> (Int32, Double)? in
            holding.score(fact, subject, isComparison: claim.isComparison, digits: 1).map { (fact, $0) }
        }.filter { $0.1 >= 3.5 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        if !near.isEmpty { return .other(near.prefix(2).map { holding.facts[Int($0.0)] }) }
        let same = entries(holding, claim, isReversed: false).filter { !$0.isCondition && digits > 1 }
        let closest = same.max { likeness($0, subject) < likeness($1, subject) }
        return closest.map { .elsewhere(holding.facts[Int($0.fact)]) } ?? .unknown
    }

    private func likeness(_ entry: QuantityCatalogue.Entry, _ subject: ClaimSubject) -> Double {
        let fact = holding.subjects[Int(entry.fact)]
        return fact.words.reduce(0) { $0 + (subject.words.isHere($1.word) ? $1.weight : 0) } / max(1, fact.totalWeight)
    }

    private func best(
        _ catalogue: QuantityCatalogue, _ claim: QuantityClaim, _ subject: ClaimSubject, digits: Int, isReversed: Bool, family: FactFamily
    ) -> (fact: Int32, score: Double)? {
        var best: (fact: Int32, score: Double)?
        // A fact holds many values that mean the same claim: its entries, one behind the other, are compared once.
        let entries = entries(catalogue, claim, isReversed: isReversed).sorted {
            ($0.fact, $0.isCondition ? 1 : 0) < ($1.fact, $1.isCondition ? 1 : 0)
        }
        var last: (fact: Int32, isCondition: Bool, score: Double?)?
        for entry in entries {
            if last?.fact != entry.fact || last?.isCondition != entry.isCondition {
                let digits = claim.isWord ? 1 : digits
                let agreement = catalogue.score(
                    entry.fact, subject, isComparison: claim.isComparison, digits: digits, isCondition: entry.isCondition)
                last = (entry.fact, entry.isCondition, agreement.map { $0 + catalogue.kinship(of: entry.fact, with: family) })
            }
            guard var score = last?.score else { continue }
            if entry.isDerived { score -= 0.25 }
            if entry.isCondition { score -= 0.75 }
            if claim.isComparison, entry.form == claim.form { score += 1 }
            if claim.isComparison, entry.isPercent == (claim.dimension == .percent) { score += 0.2 }
            if score > best?.score ?? -.infinity { best = (entry.fact, score) }
        }
        return best
    }

    /// The entries whose value and kind agree with the claim.
    private func entries(_ catalogue: QuantityCatalogue, _ claim: QuantityClaim, isReversed: Bool) -> [QuantityCatalogue.Entry] {
        guard claim.value >= 0 else { return [] }
        // Who says "more than" does not say what is refuted.
        if catalogue.isRefuted, claim.exactness == .over || claim.exactness == .under { return [] }
        if claim.isComparison {
            var multiples = claim.multiples
            if isReversed {
                multiples += multiples.compactMap { $0.value > 0 ? (1 / $0.value, $0.slack / ($0.value * $0.value)) : nil }
            }
            return multiples.flatMap { catalogue.candidates(.ratio, $0.value, slack: $0.slack, claim) }
        }
        let isBare = claim.dimension == .none || claim.dimension == .count
        var found = catalogue.candidates(claim.dimension, claim.value, slack: claim.slack, claim)
        if claim.dimension == .count { found += catalogue.candidates(.none, claim.value, slack: claim.slack, claim) }
        if isBare || claim.dimension == .points || claim.dimension == .perplexity {
            if claim.dimension != .perplexity, !isBare {
                found += catalogue.candidates(.perplexity, claim.value, slack: claim.slack, claim)
            }
            found.removeAll { entry in
                if claim.dimension == .count { return false }
                if let mine = claim.isChange, let yours = entry.isChange, mine != yours { return true }
                return claim.sign != 0 && entry.sign != 0 && claim.sign != entry.sign && claim.isChange != false
            }
        }
        return found
    }
}
