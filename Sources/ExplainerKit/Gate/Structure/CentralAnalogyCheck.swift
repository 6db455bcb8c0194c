/// One everyday comparison comes before the topic's own name, and says what the reader gains.
struct CentralAnalogyCheck {
    let limits: StructureLimits

    func fault(in draft: Draft, _ analogy: Imagery?) -> StructurePlace? {
        let label = Self.label(in: draft)
        guard let analogy else { return StructurePlace(.noAnalogy, label?.tokens) }
        if let label, label.tokens.lowerBound < analogy.start { return StructurePlace(.labelFirst, label.tokens) }
        let place = draft.sentences[analogy.sentences.lowerBound].tokens
        if comparedDomains(draft, analogy) >= limits.comparisons { return StructurePlace(.manyAnalogies, place) }
        return isTied(analogy, label: label?.sentence, draft) ? nil : StructurePlace(.noOutcome, place)
    }

    /// The first mention of the topic's name, also in a heading.
    static func label(in draft: Draft) -> (sentence: Int, tokens: Range<Int>)? {
        for index in draft.sentences.indices {
            if let tokens = draft.sentences[index].places(of: .label).first { return (index, tokens) }
        }
        return nil
    }

    /// Whether what the reader gains is said of the subject, before the passage with the image and the name ends.
    private func isTied(_ analogy: Imagery, label: Int?, _ draft: Draft) -> Bool {
        var last = analogy.sentences.upperBound + limits.linkDistance
        if let label, label <= last {
            last = max(label, analogy.sentences.upperBound)
            while last + 1 < draft.sentences.count, draft.sentences[last + 1].block == draft.sentences[last].block { last += 1 }
        }
        for index in analogy.sentences.lowerBound...min(last, draft.sentences.count - 1) {
            let sentence = draft.sentences[index]
            if index > analogy.sentences.upperBound, draft.isInHeading(index) { return false }
            guard sentence.has(.gain) else { continue }
            if sentence.has(.topic) || sentence.has(.artefact) { return true }
            if sentence.has(.place), index >= analogy.sentences.upperBound { return true }
        }
        return false
    }

    /// How many parts of life the passage of an image compares the subject with.
    private func comparedDomains(_ draft: Draft, _ analogy: Imagery) -> Int {
        var domains: Set<Int> = []
        let blocks = draft.block(of: analogy.sentences.lowerBound)..<draft.block(of: analogy.sentences.upperBound) + 1
        for sentence in draft.sentences[draft.sentences(of: blocks)] where sentence.has(.comparison) {
            // Each comparison counts with the first thing behind it.
            for mark in sentence.places(of: .comparison) {
                if let thing = sentence.things.first(where: { $0.tokens.lowerBound >= mark.lowerBound }) {
                    domains.insert(thing.thing.domain)
                }
            }
        }
        return domains.count
    }
}
