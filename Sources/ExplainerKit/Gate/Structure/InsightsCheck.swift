/// Three insights of the year, each with a technique, what it does, and what comes of it.
struct InsightsCheck {
    let limits: StructureLimits

    /// How many mentions of the year a section may have that each begin a passage; more would only repeat the work.
    private static let mentions = 4

    /// What a passage of the piece gives.
    struct Passage {
        let blocks: Range<Int>
        /// The sentences of each insight that has all three parts.
        var insights: [Range<Int>] = []
        /// Whether something says that it is about the year.
        var isDated = false
        var otherYear: Range<Int>?
    }

    func fault(_ passage: Passage, in draft: Draft) -> StructurePlace? {
        if passage.isDated, passage.insights.count >= limits.insights { return nil }
        let place = draft.tokens(of: passage.blocks)
        if passage.insights.count >= limits.insights {
            return StructurePlace(passage.otherYear == nil ? .noInsights : .otherYear, passage.otherYear ?? place)
        }
        return StructurePlace(passage.isDated ? .fewInsights : .noInsights, place, missing: ["\(passage.insights.count)"])
    }

    /// The passage that comes closest to what is asked for.
    func passage(of draft: Draft, after start: Int) -> Passage {
        var best = Passage(blocks: start..<start)
        for blocks in passages(of: draft, after: start) {
            let passage = read(blocks, draft)
            let rank = rank(of: passage)
            if rank >= self.rank(of: best) { best = passage }
        }
        return best
    }

    /// All insights count more than the year, but not more than most of them and the year; more than all no more than all.
    private func rank(of passage: Passage) -> Int {
        let count = min(passage.insights.count, limits.insights)
        let isAlmost = passage.isDated && count + 1 >= limits.insights
        return (isAlmost ? 200 : 0) + (count == limits.insights ? 100 : 0) + (passage.isDated ? 10 : 0) + count
    }

    /// Sections, and what follows a mention of the year if there are no headings.
    ///
    /// The passage behind a mention comes after the whole, since it says more exactly where the insights are.
    private func passages(of draft: Draft, after start: Int) -> [Range<Int>] {
        var passages: [Range<Int>] = []
        for section in draft.sections() where section.upperBound > start && section.upperBound > passages.last?.upperBound ?? 0 {
            let section = max(section.lowerBound, start)..<section.upperBound
            let whole = extended(section, draft)
            passages.append(whole)
            let dated = section.filter { block in
                draft.sentences[draft.blocks[block].sentences].contains { $0.years.contains(limits.year) }
            }
            let behind = dated.prefix(Self.mentions).filter { $0 > section.lowerBound }.map { $0..<whole.upperBound }
            // Without headings the whole says nothing about where the insights are.
            if !draft.blocks[section.lowerBound].isHeading, behind.contains(where: { !read($0, draft).insights.isEmpty }) {
                passages.removeLast()
            }
            passages += behind
        }
        return passages
    }

    /// A section with those below and behind it whose headings name a technique.
    private func extended(_ section: Range<Int>, _ draft: Draft) -> Range<Int> {
        var end = section.upperBound
        guard let level = draft.blocks[section].prefix(while: { $0.isHeading }).last?.headingLevel else { return section }
        while end < draft.body.upperBound, let next = draft.blocks[end].headingLevel {
            let namesTechnique = draft.sentences[draft.blocks[end].sentences].contains { $0.has(.technique) && $0.years.isEmpty }
            guard next > level || namesTechnique else { break }
            end += 1
            while end < draft.body.upperBound, !draft.blocks[end].isHeading { end += 1 }
        }
        return section.lowerBound..<end
    }

    private func read(_ blocks: Range<Int>, _ draft: Draft) -> Passage {
        var passage = Passage(blocks: blocks)
        for sentence in draft.sentences(of: blocks) {
            if draft.sentences[sentence].years.contains(limits.year) { passage.isDated = true }
        }
        for unit in units(of: blocks, draft) {
            var cues = StructureCues()
            for sentence in unit { cues.formUnion(draft.sentences[sentence].cues) }
            if cues.contains(.technique), cues.contains(.behaviour), cues.contains(.result) { passage.insights.append(unit) }
        }
        if !passage.isDated {
            passage.otherYear = draft.sentences(of: blocks).first { !draft.sentences[$0].years.isEmpty }.map { draft.sentences[$0].tokens }
        }
        return passage
    }

    /// Stretches of sentences that speak of one technique each.
    private func units(of blocks: Range<Int>, _ draft: Draft) -> [Range<Int>] {
        var units: [Range<Int>] = []
        var start: Int?
        var isUnderHeading = false
        var techniques: Set<[UInt8]> = []
        func close(_ end: Int) {
            if let begun = start { units.append(begun..<end) }
        }
        for block in blocks {
            // What a paragraph or list begins ends with it; a heading goes on to the next one.
            let continues = isUnderHeading || draft.blocks[block].kind != .prose
            if draft.blocks[block].isHeading || !continues {
                close(draft.blocks[block].sentences.lowerBound)
                start = nil
            }
            let isProse = draft.blocks[block].kind == .prose
            let isAbout = !isProse && draft.sentences[draft.blocks[block].sentences].contains { $0.has(.technique) }
            for (position, index) in draft.blocks[block].sentences.enumerated() {
                let sentence = draft.sentences[index]
                let first = sentence.places(of: .technique).first
                let name = first.map { draft.text.words($0) }
                let isNew = name.map { !techniques.contains($0) } ?? false
                let begins =
                    position == 0 ? isAbout || first != nil || sentence.has(.ordinal) : isProse && (isNew || sentence.has(.ordinal))
                if begins {
                    if start.map({ $0 < index }) ?? false { close(index) }
                    start = index
                    isUnderHeading = draft.blocks[block].isHeading
                    techniques = []
                }
                for place in sentence.places(of: .technique) { techniques.insert(draft.text.words(place)) }
            }
        }
        close(draft.sentences(of: blocks).upperBound)
        return units
    }
}
