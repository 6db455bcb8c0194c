/// Decides for a claim whether a fact of the catalogue holds it.
struct QuantityMatcher: Sendable {
    let holding: QuantityCatalogue
    /// Refuted and unsupported figures.
    let folklore: QuantityCatalogue

    /// What came of a claim.
    enum Verdict {
        case sourced(Fact)
        /// Often said and wrong.
        case folklore(Fact)
        /// Nothing holds the value for this subject; there is a fact about the subject.
        case other([Fact])
        /// A fact holds the value for another subject.
        case elsewhere(Fact)
        case unknown
    }

    /// The fact that holds a claim best.
    ///
    /// - Parameter family: facts that the sentences before rest on, and what they were computed from
    func source(of claim: QuantityClaim, _ subject: ClaimSubject, digits: Int, isReversed: Bool, family: Set<String>) -> Fact? {
        let best = best(holding, claim, subject, digits: digits, isReversed: isReversed, family: family)
        guard let best, best.score >= SubjectScore.threshold else { return nil }
        // What repeats a refuted claim more than a fact is no quotation of the fact.
        if let myth = myth(of: claim, subject, digits: digits), myth.score > best.score + 0.5 { return nil }
        return holding.facts[Int(best.fact)]
    }

    /// One of `facts`, which hold other claims of the same sentence, if it names this value too: as a condition, or as the other end of a range.
    func source(of claim: QuantityClaim, among facts: Set<String>) -> Fact? {
        guard !facts.isEmpty else { return nil }
        let entry = entries(holding, claim, isReversed: false).first { facts.contains(holding.facts[Int($0.fact)].id) }
        return entry.map { holding.facts[Int($0.fact)] }
    }

    /// The refuted or unsupported fact that a claim repeats, and how well their subjects agree.
    private func myth(of claim: QuantityClaim, _ subject: ClaimSubject, digits: Int) -> (fact: Fact, score: Double)? {
        best(folklore, claim, subject, digits: digits, isReversed: false, family: []).map { (folklore.facts[Int($0.fact)], $0.score) }
    }

    /// The refuted or unsupported fact that a sentence denies.
    func denied(_ claim: QuantityClaim, _ subject: ClaimSubject, digits: Int) -> Fact? {
        myth(of: claim, subject, digits: digits).flatMap { $0.score >= -1 ? $0.fact : nil }
    }

    /// Why nothing holds a claim.
    func reason(for claim: QuantityClaim, _ subject: ClaimSubject, digits: Int) -> Verdict {
        if let myth = myth(of: claim, subject, digits: digits), myth.score >= 1.5 { return .folklore(myth.fact) }
        let near = holding.neighbours(of: subject, claim.isComparison ? .ratio : claim.dimension).compactMap { fact -> (Int32, Double)? in
            holding.score.score(holding.subjects[Int(fact)], subject, isComparison: claim.isComparison, digits: 1).map { (fact, $0) }
        }.filter { $0.1 >= 3.5 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        if !near.isEmpty { return .other(near.prefix(2).map { holding.facts[Int($0.0)] }) }
        let same = entries(holding, claim, isReversed: false).filter { !$0.isCondition && digits > 1 }
        let closest = same.max { likeness($0, subject) < likeness($1, subject) }
        return closest.map { .elsewhere(holding.facts[Int($0.fact)]) } ?? .unknown
    }

    private func likeness(_ entry: QuantityCatalogue.Entry, _ subject: ClaimSubject) -> Double {
        let fact = holding.subjects[Int(entry.fact)]
        return fact.words.reduce(0) { $0 + (subject.words.contains($1.key) ? $1.value : 0) } / max(1, fact.totalWeight)
    }

    private func best(
        _ catalogue: QuantityCatalogue, _ claim: QuantityClaim, _ subject: ClaimSubject, digits: Int, isReversed: Bool, family: Set<String>
    ) -> (fact: Int32, score: Double)? {
        var best: (fact: Int32, score: Double)?
        /// By the fact, and whether the value is a condition of it: a fact holds many values that mean the same claim.
        var scores: [Int32: Double?] = [:]
        for entry in entries(catalogue, claim, isReversed: isReversed) {
            let key = entry.fact * 2 + (entry.isCondition ? 1 : 0)
            let known = scores[key]
            let agreement =
                known
                ?? catalogue.score.score(
                    catalogue.subjects[Int(entry.fact)], subject, isComparison: claim.isComparison, digits: claim.isWord ? 1 : digits,
                    isCondition: entry.isCondition)
            scores[key] = .some(agreement)
            guard var score = agreement else { continue }
            if entry.isDerived { score -= 0.25 }
            if !family.isEmpty {
                let fact = Int(entry.fact)
                if family.contains(catalogue.facts[fact].id) || catalogue.facts[fact].derivedFrom.contains(where: family.contains) {
                    score += 1.5
                } else if catalogue.facts[fact].sources.contains(where: { family.contains($0.id) }) {
                    score += 0.75
                }
            }
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
