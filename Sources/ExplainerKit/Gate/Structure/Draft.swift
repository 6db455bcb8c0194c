/// A whole text as the structure checks see it: headings, passages, and what each sentence speaks of.
struct Draft {
    let text: TokenizedText
    private(set) var sentences: [DraftSentence] = []
    private(set) var blocks: [DraftBlock] = []
    /// The blocks before sources, notes and glossary.
    private(set) var body: Range<Int> = 0..<0

    init(_ text: TokenizedText, _ patterns: StructurePatterns, _ limits: StructureLimits) {
        self.text = text
        read(patterns)
        outline(limits)
        // What announces nothing is no heading but a farewell.
        if let last = blocks.indices.last, blocks[last].headingLevel == DraftBlock.inferredLevel { blocks[last].kind = .prose }
        body = 0..<bodyEnd
    }

    /// The sentences of blocks.
    func sentences(of blocks: Range<Int>) -> Range<Int> {
        guard !blocks.isEmpty else { return 0..<0 }
        return self.blocks[blocks.lowerBound].sentences.lowerBound..<self.blocks[blocks.upperBound - 1].sentences.upperBound
    }

    /// The sentences of the body that stand in no heading.
    var bodySentences: [Int] { body.filter { !blocks[$0].isHeading }.flatMap { Array(blocks[$0].sentences) } }

    /// The blocks from a heading, or the start, to the next heading of the body.
    ///
    /// - Parameter leads: whether a line that announces a list counts as a heading
    func sections(leads: Bool = true) -> [Range<Int>] {
        var sections: [Range<Int>] = []
        var start = body.lowerBound
        var hasText = false
        for index in body {
            let begins = blocks[index].isHeading && (leads || !blocks[index].isLead)
            if begins, hasText {
                sections.append(start..<index)
                start = index
                hasText = false
            }
            hasText = hasText || !blocks[index].isHeading
        }
        if start < body.upperBound { sections.append(start..<body.upperBound) }
        return sections
    }

    /// The block of a sentence.
    func block(of sentence: Int) -> Int {
        var low = 0
        var high = blocks.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if blocks[middle].sentences.lowerBound <= sentence { low = middle } else { high = middle }
        }
        return low
    }

    /// The blocks from the first to the last of some sentences.
    func blocks(of sentences: [Range<Int>]) -> Range<Int> {
        guard let first = sentences.first, let last = sentences.last else { return 0..<0 }
        return block(of: first.lowerBound)..<block(of: last.upperBound - 1) + 1
    }

    /// Whether a sentence is a row of a table as plain text has it: "Yi-6B-Chat, memory: 15 GB, source: 01.AI".
    func isRow(_ sentence: DraftSentence) -> Bool {
        text.tokens[sentence.tokens].count { $0.mark == UInt8(ascii: ":") && $0.kind == .pause } > 1
    }

    func isInHeading(_ sentence: Int) -> Bool { blocks[block(of: sentence)].isHeading }

    /// Whether a table's row ends between a cell and the one before it: a new line, or in HTML the tag of a row.
    func hasRowBreak(before cell: Int) -> Bool {
        guard let tokens = tokens(of: cell - 1..<cell), let next = self.tokens(of: cell..<cell + 1) else { return true }
        let end = text.sourceRange(of: tokens).upperBound
        let between = text.text.source[end..<max(end, text.sourceRange(of: next).lowerBound)]
        guard between.contains(UInt8(ascii: "<")) else { return between.contains(0x0A) }
        let letters = between.map { $0 | 0x20 }
        return zip(letters, letters.dropFirst()).contains { $0 == (UInt8(ascii: "t"), UInt8(ascii: "r")) }
    }

    /// The tokens of blocks.
    func tokens(of blocks: Range<Int>) -> Range<Int>? {
        let range = sentences(of: blocks)
        guard !range.isEmpty else { return nil }
        return sentences[range.lowerBound].tokens.lowerBound..<sentences[range.upperBound - 1].tokens.upperBound
    }

    // MARK: Reading

    private mutating func read(_ patterns: StructurePatterns) {
        var search = PatternSearch(patterns.set, in: text)
        var matches: [PatternSet.Match] = []
        sentences.reserveCapacity(text.sentences.count)
        let main = MainPart(text.text.source)
        for sentence in text.sentences where main.contains(text.sourceRange(of: sentence.tokens).lowerBound) {
            matches.removeAll(keepingCapacity: true)
            search.findMatches(in: sentence, into: &matches)
            sentences.append(DraftSentence(sentence, matches, patterns, in: text))
        }
    }

    private mutating func outline(_ limits: StructureLimits) {
        var start = 0
        while start < sentences.count {
            var end = start + 1
            while end < sentences.count, sentences[end].block == sentences[start].block { end += 1 }
            blocks.append(block(start..<end, limits))
            start = end
        }
    }

    private func block(_ range: Range<Int>, _ limits: StructureLimits) -> DraftBlock {
        let words = sentences[range].reduce(0) { $0 + $1.words }
        var block = DraftBlock(kind: .prose, sentences: range, words: words)
        switch text.text.blocks[sentences[range.lowerBound].block].kind {
        case .heading(let level): block.kind = .heading(level: level)
        case .listItem: block.kind = .item
        case .tableCell: block.kind = .cell
        case .paragraph:
            let last = text.tokens[sentences[range.upperBound - 1].tokens.upperBound - 1]
            guard range.count == 1, words <= limits.headingWords, last.kind != .stop else { break }
            block.kind = .heading(level: DraftBlock.inferredLevel)
            block.isLead = last.mark == UInt8(ascii: ":")
        }
        return block
    }

    /// Where sources, notes or a glossary begin that go on to the end.
    private var bodyEnd: Int {
        var end = blocks.count
        for index in blocks.indices.reversed() where blocks[index].isHeading {
            guard sentences[blocks[index].sentences].contains(where: { $0.has(.backMatter) }) else { break }
            end = index
        }
        // Notes at the end may have no heading of their own.
        while end > 1, isNote(blocks[end - 1]) { end -= 1 }
        return end
    }

    /// A reference: a link or year in what is no sentence.
    private func isNote(_ block: DraftBlock) -> Bool {
        let tokens = text.tokens[
            sentences[block.sentences.lowerBound].tokens.lowerBound..<sentences[block.sentences.upperBound - 1].tokens.upperBound]
        return !block.isHeading && tokens.last?.kind == .object && sentences[block.sentences].contains { !$0.years.isEmpty }
    }
}

/// A paragraph, heading, list item or table cell of a piece.
struct DraftBlock {
    var kind: Kind
    let sentences: Range<Int>
    let words: Int
    /// A line that announces what follows: "What changed:".
    var isLead = false

    enum Kind: Equatable {
        case heading(level: Int)
        case prose, item, cell
    }

    /// The level of a paragraph that reads like a heading.
    static let inferredLevel = 9

    var headingLevel: Int? { if case .heading(let level) = kind { level } else { nil } }
    var isHeading: Bool { headingLevel != nil }
}

/// What a sentence speaks of.
struct DraftSentence {
    let tokens: Range<Int>
    /// Index of its block in the visible text.
    let block: Int
    private(set) var cues = StructureCues()
    private(set) var marks: [Mark] = []
    private(set) var things: [(thing: Thing, tokens: Range<Int>)] = []
    private(set) var methods: Set<Int> = []
    private(set) var years: [Int] = []
    private(set) var words = 0
    /// How many of the words hold a sentence together.
    private(set) var functionWords = 0

    /// A cue and where it stands.
    struct Mark {
        let cue: StructureCue
        let tokens: Range<Int>
    }

    init(_ sentence: Sentence, _ matches: [PatternSet.Match], _ patterns: StructurePatterns, in text: TokenizedText) {
        tokens = sentence.tokens
        block = sentence.block
        for token in text.tokens[sentence.tokens] {
            if token.kind == .word || token.kind == .number { words += 1 }
            if token.kind == .number, let year = Self.year(text.characters(of: token)) { years.append(year) }
        }
        for match in matches {
            for meaning in patterns.meanings[match.pattern] ?? [] {
                switch meaning {
                case .thing(let thing): things.append((thing, match.marked))
                case .method(let method): methods.insert(method)
                case .cue(.function): functionWords += 1
                case .cue(let cue):
                    cues.insert(cue)
                    marks.append(Mark(cue: cue, tokens: match.marked))
                }
            }
        }
    }

    func has(_ cue: StructureCue) -> Bool { cues.contains(cue) }

    /// Where a cue stands.
    func places(of cue: StructureCue) -> [Range<Int>] { marks.filter { $0.cue == cue }.map(\.tokens) }

    private static func year(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.count == 4, digits.allSatisfy(isDigit) else { return nil }
        let year = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return (1900...2099).contains(year) ? year : nil
    }
}
