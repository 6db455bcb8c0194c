/// Hardware within reach, work at the edge and models that come and change quickly, each with a named thing that shows it.
struct EnablersCheck {
    let limits: StructureLimits
    let names: [StructureCue: String]

    static let kinds: [StructureCue] = [.hardware, .edge, .pace]

    func fault(in draft: Draft, blocks: [Int]) -> StructurePlace? {
        let units = units(of: blocks, draft)
        let missing = missing(units.map(\.kinds))
        if missing.isEmpty { return nil }
        let clauses = units.flatMap { $0.kinds.count > 1 ? self.clauses(of: $0, draft) : [$0] }
        if self.missing(clauses.map(\.kinds)).isEmpty { return nil }
        return StructurePlace(.noEnabler, place(units, draft), missing: missing.compactMap { names[$0] })
    }

    /// A stretch of tokens and the enablers that it ties to something named.
    private struct Unit {
        var tokens: Range<Int>
        var sentences: Range<Int>
        var cues = StructureCues()

        var kinds: Set<StructureCue> { cues.contains(.artefact) ? Set(EnablersCheck.kinds.filter { cues.contains($0) }) : [] }
    }

    /// List items, rows and sentences, each with what belongs to it.
    private func units(of blocks: [Int], _ draft: Draft) -> [Unit] {
        var units: [Unit] = []
        /// Whether the last unit waits for what it announced: it was a heading.
        var isOpen = false
        for (position, index) in blocks.enumerated() {
            let block = draft.blocks[index]
            let isCell = block.kind == .cell && position > 0 && draft.blocks[blocks[position - 1]].kind == .cell
            let beginsRow = isCell && draft.hasRowBreak(before: index)
            for (place, sentenceIndex) in block.sentences.enumerated() {
                let sentence = draft.sentences[sentenceIndex]
                let hasKind = Self.kinds.contains { sentence.has($0) }
                let joins: Bool =
                    if isOpen {
                        true
                    } else if isCell {
                        !beginsRow
                    } else if place > 0 {
                        block.kind == .item || !hasKind
                    } else {
                        false
                    }
                if joins, !units.isEmpty {
                    units[units.count - 1].cues.formUnion(sentence.cues)
                    units[units.count - 1].tokens = units[units.count - 1].tokens.lowerBound..<sentence.tokens.upperBound
                    units[units.count - 1].sentences = units[units.count - 1].sentences.lowerBound..<sentenceIndex + 1
                } else {
                    units.append(Unit(tokens: sentence.tokens, sentences: sentenceIndex..<sentenceIndex + 1, cues: sentence.cues))
                }
                isOpen = block.isHeading && hasKind
            }
        }
        return units
    }

    /// The clauses of a unit.
    private func clauses(of unit: Unit, _ draft: Draft) -> [Unit] {
        var starts = unit.tokens.filter { draft.text.tokens[$0].flags.contains(.startsClause) }
        if starts.first != unit.tokens.lowerBound { starts.insert(unit.tokens.lowerBound, at: 0) }
        var clauses: [Unit] = []
        for (position, start) in starts.enumerated() {
            let end = position + 1 < starts.count ? starts[position + 1] : unit.tokens.upperBound
            clauses.append(Unit(tokens: start..<end, sentences: unit.sentences))
        }
        var current = 0
        for mark in draft.sentences[unit.sentences].flatMap(\.marks).sorted(by: { $0.tokens.lowerBound < $1.tokens.lowerBound }) {
            while current + 1 < clauses.count, clauses[current + 1].tokens.lowerBound <= mark.tokens.lowerBound { current += 1 }
            clauses[current].cues.insert(mark.cue)
        }
        // A clause without a kind of its own belongs to the one before it.
        return clauses.reduce(into: []) { merged, clause in
            let hasKind = Self.kinds.contains { clause.cues.contains($0) }
            if !hasKind, !merged.isEmpty {
                merged[merged.count - 1].cues.formUnion(clause.cues)
            } else {
                merged.append(clause)
            }
        }
    }

    /// The kinds that are left over when each is given a unit of its own.
    private func missing(_ units: [Set<StructureCue>]) -> [StructureCue] {
        var kinds: [StructureCue] = []
        let counts = Self.kinds.map { kind in units.count { $0.contains(kind) } }
        for (kind, count) in zip(Self.kinds, counts) where count == 0 { kinds.append(kind) }
        if !kinds.isEmpty { return kinds }
        for (first, second) in [(0, 1), (0, 2), (1, 2)] {
            let either = units.count { $0.contains(Self.kinds[first]) || $0.contains(Self.kinds[second]) }
            if either < 2 { return [Self.kinds[counts[first] < counts[second] ? first : second]] }
        }
        return units.count { !$0.isEmpty } < Self.kinds.count ? [Self.kinds[counts.firstIndex(of: counts.min() ?? 0) ?? 0]] : []
    }

    private func place(_ units: [Unit], _ draft: Draft) -> Range<Int>? {
        let tied = units.filter { !$0.kinds.isEmpty }
        guard let first = tied.first, let last = tied.last else { return nil }
        return first.tokens.lowerBound..<last.tokens.upperBound
    }
}
