/// How well a fact's subject agrees with that of a claim.
struct SubjectScore: Sendable {
    let words: SubjectWords
    /// Sizes of the models of each family and version that the catalogue knows, for names that leave the version out.
    let known: Set<Feature>

    /// Points from which a fact and a claim speak of the same thing.
    static let threshold = 2.5

    /// nil when the two contradict each other.
    ///
    /// - Parameter lengths: of texts, in tokens, at which the fact was measured
    func score(
        _ fact: FactSubject, lengths: [Double], _ claim: ClaimSubject, isComparison: Bool, digits: Int, isCondition: Bool = false
    ) -> Double? {
        var score = Double(min(digits, 4)) * 0.5 - 0.5
        guard let models = models(fact, claim, digits: digits), let things = things(fact, claim, isComparison: isComparison),
            let widths = widths(fact, claim, isComparison: isComparison) ?? (isCondition ? 0 : nil),
            let measures = measures(fact, claim) ?? (isCondition ? 0 : nil)
        else { return nil }
        score += models + things + widths + measures
        // What was measured with a short prompt does not hold for a long one.
        for length in claim.lengths where !lengths.contains(where: { abs($0 - length) < 0.05 * $0 }) {
            if !lengths.isEmpty { return nil }
            score -= 1
        }
        var shared = 0.0
        if fact.totalWeight > 0 {
            for (word, weight) in fact.words {
                if claim.words.isHere(word) { shared += weight } else if claim.words.isCarried(word) { shared += weight / 2 }
            }
            shared /= fact.totalWeight
            score += 4 * shared
        }
        // What holds for any model has to be recognised by more than its value.
        if fact.isGeneral, shared < 0.3, widths <= 0, !claim.all(.method).contains(where: fact.methods.contains),
            !claim.carried.methods.contains(where: fact.statedMethods.contains)
        {
            score -= 1.5
        }
        return score
    }

    private func models(_ fact: FactSubject, _ claim: ClaimSubject, digits: Int) -> Double? {
        let near = claim.near(.model)
        if fact.models.isEmpty { return near.contains { $0.size > 0 && $0.id > 0 } ? -0.5 : 0 }
        if near.isEmpty {
            if !fact.namesModel { return 0 }
            if claim.carried.models.contains(where: { mention in fact.models.contains { agrees($0, mention) } }) { return 2 }
            // A figure of few digits says nothing of whose it is.
            let named = claim.all(.hardware) + claim.all(.test) + claim.carried.hardware
            if named.contains(where: { fact.hardware.contains($0) || fact.tests.contains($0) }) { return -3 }
            return digits > 2 ? -4 : nil
        }
        // Of a name in two parts ("the 33B Guanaco"), each has to agree.
        let agreeing = near.filter { mention in fact.models.contains { agrees($0, mention) } }
        let isSplit = near.contains { $0.id == 0 } && near.contains { $0.id != 0 && $0.size == 0 }
        if agreeing.isEmpty, claim.isLater(.model),
            claim.carried.models.contains(where: { mention in fact.models.contains { agrees($0, mention) } })
        {
            return 2
        }
        if agreeing.isEmpty || isSplit && agreeing.count < near.count {
            return fact.namesModel ? nil : (fact.models.contains { $0.id > 0 && $0.size > 0 } ? -2 : -0.5)
        }
        return agreeing.contains { $0.id > 0 && $0.size > 0 } ? 3 : 2
    }

    /// Whether a mention can mean a fact's model: what both name is the same.
    func agrees(_ model: Feature, _ mention: Feature) -> Bool {
        if mention.id != 0, model.id != 0, mention.id != model.id { return false }
        if mention.size != 0, model.size != 0, mention.size != model.size { return false }
        if mention.version != 0, model.version != 0 { return mention.version == model.version }
        if mention.version != 0, model.version == 0, model.id != 0 { return mention.version == 100 || model.size == 0 }
        // "Qwen-7B" is the first of its family where there is such a model.
        if mention.version == 0, model.version != 0, mention.id != 0, mention.size != 0 {
            return !known.contains(Feature(kind: .model, id: mention.id, version: 0, size: mention.size))
        }
        return true
    }

    private func things(_ fact: FactSubject, _ claim: ClaimSubject, isComparison: Bool) -> Double? {
        var score = 0.0
        // Hardware
        let hardware = claim.near(.hardware)
        if !hardware.isEmpty {
            if fact.hardware.isEmpty {
                score -= 1
            } else if hardware.contains(where: fact.hardware.contains) {
                score += 2
            } else if claim.isLater(.hardware) || claim.clause.hardware.isEmpty && !fact.namesHardware {
                score -= 1
            } else {
                return nil
            }
        } else if !fact.hardware.isEmpty, claim.carried.hardware.contains(where: fact.hardware.contains) {
            score += 1
        }
        // Tests
        let tests = claim.near(.test)
        if !tests.isEmpty {
            if fact.tests.isEmpty {
                // What is not about quality has nothing to do with a test that the sentence also names.
                let isQuality =
                    fact.measures.isEmpty || words.implied[.points].map { fact.measures.isSuperset(of: MeasureSet([$0])) } ?? true
                if isQuality, isComparison && !claim.isLater(.test) || !claim.clause.tests.isEmpty { return nil }
                if isComparison, !claim.clause.tests.isEmpty { return nil }
            } else if tests.contains(where: fact.tests.contains) {
                score += 2
            } else if claim.isLater(.test) {
                score -= 1.5
            } else {
                return nil
            }
        } else if !fact.tests.isEmpty {
            score += claim.carried.tests.contains(where: fact.tests.contains) ? 1 : -0.5
        }
        // Types
        let types = claim.near(.type)
        if !types.isEmpty, !fact.types.isEmpty {
            if types.contains(where: fact.types.contains) {
                score += 2
            } else if claim.isLater(.type), claim.carried.types.contains(where: fact.types.contains) {
                score += 0.5
            } else {
                return nil
            }
        } else if types.isEmpty, !fact.types.isEmpty, claim.carried.types.contains(where: fact.types.contains) {
            score += 0.5
        }
        // Programs
        let engines = claim.near(.engine)
        if !engines.isEmpty, !fact.engines.isEmpty, !claim.isLater(.engine), !engines.contains(where: fact.engines.contains) { return nil }
        // Methods and tools
        let methods = claim.near(.method)
        if methods.contains(where: fact.methods.contains) {
            score += 1.5
        } else if !fact.statedMethods.isEmpty {
            score += claim.carried.methods.contains(where: fact.statedMethods.contains) ? 0.75 : fact.namesModel ? -0.75 : -2
        }
        return score
    }

    private func widths(_ fact: FactSubject, _ claim: ClaimSubject, isComparison: Bool) -> Double? {
        let wanted = fact.widths
        // The wide form is what a comparison compares with.
        let isNarrow = isComparison && fact.width.map { $0.id < 16 } ?? true
        func narrow(_ bits: [Feature]) -> [Feature] { isNarrow ? bits.filter { $0.id < 16 } : bits }
        var bits = narrow(claim.clause.bits)
        let isTyped = bits.isEmpty && !claim.clause.types.isEmpty
        if bits.isEmpty, !isTyped { bits = narrow(claim.before.bits) }
        let isLater = bits.isEmpty
        if isLater, !isTyped { bits = narrow(claim.after.bits) }
        if bits.isEmpty || wanted.isEmpty {
            if !wanted.isEmpty, fact.isGeneral, claim.all(.bits).isEmpty {
                return claim.carried.bits.contains(where: wanted.contains) ? 0 : -2
            }
            return 0
        }
        if bits.contains(where: wanted.contains) { return 1.5 }
        return isLater && claim.carried.bits.contains(where: wanted.contains) ? 0 : nil
    }

    private func measures(_ fact: FactSubject, _ claim: ClaimSubject) -> Double? {
        let (here, before, after) = (MeasureSet(claim.clause.measures), MeasureSet(claim.before.measures), MeasureSet(claim.after.measures))
        let carried = MeasureSet(claim.carried.measures)
        var about = here
        if !about.intersection(words.sole).subtracting(fact.measures).subtracting(words.faint).isEmpty { return nil }
        if about.isEmpty {
            about = before
            if about.isSubset(of: words.faint), fact.measures.isDisjoint(with: about) { about = [] }
        }
        var score = 0.0
        let unnamed = fact.measures.intersection(words.sole).subtracting(here.union(before).union(after)).subtracting(carried)
        score -= Double(unnamed.rawValue.nonzeroBitCount) * (about.isEmpty ? 2 : 3.5)
        let measures = fact.measures.ids
        for measure in measures where !about.intersection(words.never[Int(measure)]).subtracting(fact.measures).isEmpty { return nil }
        if fact.measures.isEmpty { return score }
        if about.isEmpty, !after.isDisjoint(with: fact.measures) { return score + 1 }
        if about.isEmpty { return !carried.isDisjoint(with: fact.measures) ? score + 0.75 : fact.isGeneral ? score - 1 : score }
        if !about.isDisjoint(with: fact.measures) { return score + 1.5 }
        for measure in measures {
            // "4-bit weights cut its memory": the weights only say which form.
            let conflict = about.intersection(words.apart[Int(measure)])
            if !conflict.isEmpty, fact.isGeneral || !conflict.isSubset(of: words.faint) || conflict == about { return nil }
        }
        return score - 0.5
    }
}
