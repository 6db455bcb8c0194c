/// The end gives a second image, of somebody who decides where exactness matters.
struct ClosingCheck {
    let limits: StructureLimits

    func fault(in draft: Draft, closing: Range<Int>, _ central: Imagery?) -> StructurePlace? {
        let place = draft.tokens(of: closing)
        let sentences = closing.filter { !draft.blocks[$0].isHeading }.flatMap { Array(draft.blocks[$0].sentences) }
        // A list spreads the things of one image over its items.
        let all = Set(draft.sentences[draft.sentences(of: closing)].flatMap { $0.things.map(\.thing) })
        var things = Set(Dictionary(grouping: all, by: \.domain).values.filter { $0.count > 1 }.joined())
        for position in sentences.indices {
            if let image = Imagery.image(at: position, of: sentences, in: draft) { things.formUnion(image) }
        }
        guard things.count > 1 else { return StructurePlace(.noClosingAnalogy, place) }
        if let central, isSame(things, central.things) { return StructurePlace(.sameAnalogy, place) }
        let whole = draft.sentences[draft.sentences(of: closing)]
        if whole.contains(where: { $0.has(.chance) }) || !whole.contains(where: { $0.has(.intent) }) {
            return StructurePlace(.noIntent, place)
        }
        return nil
    }

    /// Whether at least half of an image's things stand in another one.
    private func isSame(_ things: Set<Thing>, _ others: Set<Thing>) -> Bool { things.intersection(others).count * 2 >= things.count }

    /// The last section, or the last two passages if there are no headings.
    func closing(of draft: Draft, after insights: Range<Int>) -> Range<Int> {
        guard let last = draft.sections(leads: false).last else { return draft.body }
        let section = last.overlaps(insights) && insights.upperBound < last.upperBound ? insights.upperBound..<last.upperBound : last
        if draft.blocks[section.lowerBound].isHeading, section.lowerBound > draft.body.lowerBound { return section }
        var paragraphs = 0
        var start = section.upperBound
        while start > section.lowerBound, paragraphs < 2, paragraphs == 0 || draft.blocks[start - 1].kind == .prose {
            start -= 1
            guard draft.blocks[start].kind == .prose, draft.blocks[start].words > limits.headingWords else { continue }
            paragraphs += 1
            if fault(in: draft, closing: start..<section.upperBound, nil) == nil { break }
        }
        return start..<section.upperBound
    }
}
