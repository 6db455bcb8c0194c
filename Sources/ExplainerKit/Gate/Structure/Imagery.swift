/// Where a piece speaks of everyday things to explain something else.
struct Imagery {
    /// The sentences of the image, up to the one that carries it over.
    let sentences: ClosedRange<Int>
    /// The first thing or mark of comparison.
    let start: Int
    let things: Set<Thing>

    var domains: Set<Int> { Set(things.map(\.domain)) }

    /// The first image in some sentences that is carried over to the subject.
    static func first(in sentences: [Int], of draft: Draft, _ limits: StructureLimits) -> Imagery? {
        for (position, index) in sentences.enumerated() {
            guard let things = image(at: position, of: sentences, in: draft) else { continue }
            let domains = Set(things.map(\.domain))
            let following = sentences[position..<min(sentences.count, position + limits.linkDistance + 1)]
            let links = following.filter { link in
                let sentence = draft.sentences[link]
                guard sentence.has(.topic) || sentence.has(.label) else { return false }
                if sentence.has(.link) || sentence.has(.comparison) { return true }
                // What follows a full image at once needs no word to say so.
                if link > index, link <= index + 2, things.count > 2 { return true }
                return link > index && sentence.things.contains { domains.contains($0.thing.domain) }
            }
            guard let link = links.first else { continue }
            let places = draft.sentences[index].things.map(\.tokens.lowerBound)
            let passage = draft.sentences(of: draft.block(of: index)..<draft.block(of: link) + 1)
            let all = draft.sentences[passage].flatMap { $0.things.map(\.thing) }
            return Imagery(sentences: index...link, start: places.min() ?? 0, things: things.union(all))
        }
        return nil
    }

    /// The everyday things of a sentence and the one before it in its block, if they are enough for an image.
    static func image(at position: Int, of sentences: [Int], in draft: Draft) -> Set<Thing>? {
        let sentence = draft.sentences[sentences[position]]
        guard !sentence.things.isEmpty else { return nil }
        var things = Set(sentence.things.map(\.thing))
        if sentence.has(.comparison) { return things }
        if position > 0 {
            let previous = draft.sentences[sentences[position - 1]]
            if previous.block == sentence.block { things.formUnion(previous.things.map(\.thing)) }
        }
        return things.count > 1 ? things : nil
    }
}
