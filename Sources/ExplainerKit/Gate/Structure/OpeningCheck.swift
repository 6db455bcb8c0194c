/// A piece opens with a concrete deployment problem: something that a reader owns or pays for, and what does not work there.
struct OpeningCheck {
    let limits: StructureLimits

    func fault(in draft: Draft) -> StructurePlace? {
        let opening = Self.opening(of: draft, limits, atLeast: 3)
        guard let first = opening.first, let last = opening.last else { return StructurePlace(.noProblem) }
        if draft.sentences[first].has(.definition) {
            return StructurePlace(.definitionFirst, draft.sentences[first].tokens)
        }
        for (position, index) in opening.enumerated() {
            let sentence = draft.sentences[index]
            guard sentence.has(.failure), !sentence.has(.history) else { continue }
            let around = opening[max(0, position - 1)..<min(opening.count, position + 2)]
            if around.contains(where: { draft.sentences[$0].has(.place) || draft.sentences[$0].has(.artefact) }) { return nil }
        }
        return StructurePlace(.noProblem, draft.sentences[first].tokens.lowerBound..<draft.sentences[last].tokens.upperBound)
    }

    /// How many sentences an opening has at most that goes on in the next paragraph.
    private static let continued = 4

    /// The first sentences that are no heading: the first paragraph, and the next one if it has fewer than `count`.
    static func opening(of draft: Draft, _ limits: StructureLimits, atLeast count: Int = 2) -> [Int] {
        var opening: [Int] = []
        for index in draft.body {
            let block = draft.blocks[index]
            if block.isHeading {
                if opening.isEmpty { continue } else { break }
            }
            let most = opening.isEmpty ? limits.openingSentences : min(continued, limits.openingSentences)
            for sentence in block.sentences where opening.count < most { opening.append(sentence) }
            if opening.count >= count { break }
        }
        return opening
    }
}

/// A fault and the tokens concerned; without them the fault is the whole piece's.
struct StructurePlace {
    let fault: StructureFault
    let tokens: Range<Int>?
    /// What is not there, by name.
    let missing: [String]

    init(_ fault: StructureFault, _ tokens: Range<Int>? = nil, missing: [String] = []) {
        self.fault = fault
        self.tokens = tokens
        self.missing = missing
    }
}
