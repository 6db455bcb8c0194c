/// One continuous piece: no passage about something else, no notes in place of sentences.
struct CohesionCheck {
    let limits: StructureLimits

    func faults(in draft: Draft, images: [Range<Int>]) -> [StructurePlace] {
        var faults: [StructurePlace] = []
        if let sentence = draft.bodySentences.first(where: { draft.sentences[$0].has(.placeholder) }) {
            faults.append(StructurePlace(.placeholder, draft.sentences[sentence].places(of: .placeholder).first))
        }
        faults += otherSubjects(draft, images)
        if let notes = notes(in: draft) { faults.append(notes) }
        return faults
    }

    /// Passages that name many things, and nothing of the subject.
    private func otherSubjects(_ draft: Draft, _ images: [Range<Int>]) -> [StructurePlace] {
        var faults: [StructurePlace] = []
        for section in draft.sections() {
            for run in runs(in: section, draft) {
                let range = draft.sentences(of: run)
                guard !images.contains(where: { $0.overlaps(range) }), !isImage(range, draft) else { continue }
                let sentences = draft.sentences[range]
                let words = sentences.reduce(0) { $0 + $1.words }
                let topics = sentences.reduce(0) { $0 + $1.places(of: .topic).count + $1.places(of: .label).count }
                let things = Set(sentences.flatMap { $0.things.map(\.thing) })
                if words >= limits.passageWords, topics * limits.passageWords < words, things.count >= limits.otherThings {
                    faults.append(StructurePlace(.otherSubject, draft.tokens(of: run)))
                }
            }
        }
        return faults
    }

    /// Whether a passage says at its start that it compares, or is carried over to the subject by what follows.
    private func isImage(_ range: Range<Int>, _ draft: Draft) -> Bool {
        let first = draft.sentences[range.prefix(2)]
        if let comparison = first.firstIndex(where: { $0.has(.comparison) }), first[comparison...].contains(where: { $0.has(.link) }) {
            return true
        }
        for index in range.upperBound..<min(range.upperBound + 2, draft.sentences.count) {
            if draft.isInHeading(index) { return false }
            if draft.sentences[index].has(.link), draft.sentences[index].has(.topic) { return true }
        }
        return false
    }

    /// Paragraphs one by one, and items together.
    private func runs(in section: Range<Int>, _ draft: Draft) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in section where !draft.blocks[index].isHeading && draft.blocks[index].kind != .cell {
            if let last = runs.last, last.upperBound == index, draft.blocks[index].kind == .item, draft.blocks[index - 1].kind == .item {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }

    /// Too many words of the piece stand in what are no sentences.
    private func notes(in draft: Draft) -> StructurePlace? {
        var words = 0
        var noteWords = 0
        var first: Range<Int>?
        for index in draft.body where !draft.blocks[index].isHeading && draft.blocks[index].kind != .cell {
            for sentence in draft.sentences[draft.blocks[index].sentences] {
                if draft.isRow(sentence) { continue }
                words += sentence.words
                guard sentence.words > 1, sentence.functionWords * 100 < sentence.words * limits.functionPercent else { continue }
                noteWords += sentence.words
                first = first ?? sentence.tokens
            }
        }
        return noteWords * 100 > words * limits.notePercent ? StructurePlace(.noteForm, first) : nil
    }
}
