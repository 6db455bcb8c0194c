/// Walks over the tokens of one sentence.
struct ClaimReader {
    let text: TokenizedText
    private let recognizer: QuantityRecognizer
    let start: Int
    let end: Int
    let startsBlock: Bool
    let numbers: NumberReader
    /// Whether a token is part of a name or idiom, or of another thing whose numbers claim nothing.
    var isName: [Bool]
    /// Whether it is part of the name of a device, behind which a size belongs to the name.
    var isDevice: [Bool]
    /// Whether the sentence tells bits of each weight.
    let speaksOfEachWeight: Bool
    /// Whether it names a test, a method or a width, behind which a number is no part of the name.
    var isTopic: [Bool]
    var claims: [QuantityClaim] = []

    init(text: TokenizedText, recognizer: QuantityRecognizer, start: Int, end: Int, startsBlock: Bool, mentions: [SubjectMention]) {
        self.text = text
        self.recognizer = recognizer
        self.start = start
        self.end = end
        self.startsBlock = startsBlock
        numbers = NumberReader(text: text, recognizer: recognizer, end: end)
        speaksOfEachWeight = Self.tellsOfEachWeight(text, start..<end, recognizer.words)
        isName = Array(repeating: false, count: end - start)
        isDevice = isName
        isTopic = isName
        for mention in mentions {
            for index in mention.tokens {
                switch mention.feature.kind {
                case .model: isName[index - start] = isName[index - start] || mention.isName
                case .hardware:
                    isName[index - start] = true
                    isDevice[index - start] = true
                case .method, .type, .engine, .test, .bits:
                    if mention.isName { isName[index - start] = true }
                    isTopic[index - start] = true
                case .measure: break
                }
            }
        }
    }

    var words: QuantityWords { recognizer.words }

    mutating func run() {
        var index = start
        while index < end {
            guard words.mayBegin(at: text.tokens[index]) else {
                index += 1
                continue
            }
            if let idiom = words.idioms.longest(in: text, at: index, before: end) {
                index = idiom.end
            } else if isName[index - start] {
                index += 1
            } else {
                index = max(index + 1, read(at: index))
            }
        }
    }

    func token(_ index: Int) -> Token? { index >= start && index < end ? text.tokens[index] : nil }
    func word(_ index: Int) -> WordID { token(index).map { $0.kind == .word ? $0.word : 0 } ?? 0 }
    func roles(_ index: Int) -> QuantityWords.Role { words.roles(of: word(index)) }

    // MARK: What begins here

    /// Reads what begins at `index` and returns where to go on.
    mutating func read(at index: Int) -> Int {
        let token = text.tokens[index]
        if token.kind == .word {
            if roles(index).contains(.multitude) { return multitude(at: index) }
            if let factor = words.multipliers[token.word] { return multiplier(factor, at: index) }
            if let factor = words.adverbs[token.word] { return adverb(factor, at: index) }
        }
        guard token.kind == .number || token.kind == .word else { return index + 1 }
        guard let number = numbers.number(at: index) else {
            // "0.6.3" and the like are versions.
            return index + 1
        }
        return quantity(number, at: index)
    }

    /// "hundreds of", "thousands more"
    mutating func multitude(at index: Int) -> Int {
        guard let next = token(index + 1), next.kind == .word, next.word == words.of || !roles(index + 1).contains(.function) else {
            return index + 1
        }
        let end = next.word == words.of ? index + 2 : index + 1
        add(QuantityClaim(tokens: index..<end, value: -1, slack: 0, dimension: .count))
        return end
    }

    /// "halves", "doubled", "tenfold"
    mutating func multiplier(_ factor: Double, at index: Int) -> Int {
        if let next = token(index + 1), next.flags.contains(.afterHyphen), next.kind == .word { return index + 2 }
        // "a double image"
        let isArticled =
            words.a.contains(word(index - 1)) || words.a.contains(word(index - 2)) && roles(index - 1).isDisjoint(with: .function)
        if isArticled, word(index + 1) != 0 || token(index + 1)?.kind == .word,
            roles(index + 1).isDisjoint(with: [.function, .multiplied]),
            !isFold(index)
        {
            return index + 1
        }
        // "both halves"
        if words.fractions[word(index)] != nil, roles(index - 1).contains(.definite) || words.cardinals[word(index - 1)] != nil {
            return index + 1
        }
        // "The reason is twofold."
        let isPlain = token(index + 1).map { $0.kind == .stop || $0.kind == .pause } ?? true
        if factor <= 3, isPlain, isFold(index), roles(index - 1).contains(.function) { return index + 1 }
        var claim = QuantityClaim(tokens: index..<index + 1, value: factor, slack: 0.005 * factor, dimension: .ratio, form: .share)
        claim.isWord = true
        if isFold(index) { claim.form = direction(of: claim).form == .less ? .less : .share }
        claim.isDuration = isDuration(around: claim.tokens)
        add(claim)
        return index + 1
    }

    func isFold(_ index: Int) -> Bool {
        let bytes = text.characters(of: text.tokens[index])
        return bytes.count > 4 && bytes.suffix(4).elementsEqual("fold".utf8)
    }

    /// "twice as fast", "twice the memory"; "run it twice" counts events.
    mutating func adverb(_ factor: Double, at index: Int) -> Int {
        guard roles(index + 1).contains(.multiplied) else { return index + 1 }
        var claim = QuantityClaim(tokens: index..<index + 1, value: factor, slack: 0.005 * factor, dimension: .ratio)
        claim.isWord = true
        claim.form = direction(of: claim).form
        if claim.form == .unknown || claim.form == .more { claim.form = .share }
        claim.isDuration = isDuration(around: claim.tokens)
        add(claim)
        return index + 1
    }

    // MARK: A number

    mutating func quantity(_ number: WrittenNumber, at index: Int) -> Int {
        if let end = markEnd(number, at: index) {
            isName[index - start] = true
            return end
        }
        if let end = shareOfSome(number, at: index) { return end }
        if let end = toOne(number, at: index) { return end }
        if number.isFraction { return fraction(number, at: index) }
        if let end = bits(number, at: index) { return end }
        if isModelSize(number, at: index) { return sizeEnd(number) }
        if let measured = unit(behind: number, at: index) { return measure(number, measured, at: index) }
        if let end = range(number, at: index) { return end }
        return bare(number, at: index)
    }
}
