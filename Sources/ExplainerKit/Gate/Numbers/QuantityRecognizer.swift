/// Finds the quantities that a sentence claims, and passes over numbers that claim nothing: names, years, labels, counts of things in the text.
struct QuantityRecognizer: Sendable {
    let words: QuantityWords
    let subjects: SubjectWords

    /// The claims of one sentence, in their order.
    ///
    /// - Parameter mentions: what the sentence names
    func claims(in text: TokenizedText, sentence: Range<Int>, startsBlock: Bool, mentions: [SubjectMention]) -> [QuantityClaim] {
        var reader = ClaimReader(
            text: text, words: words, start: sentence.lowerBound, end: sentence.upperBound, startsBlock: startsBlock, mentions: mentions
        )
        reader.run()
        return reader.claims
    }
}

/// Walks over the tokens of one sentence.
private struct ClaimReader {
    let text: TokenizedText
    let words: QuantityWords
    let start: Int
    let end: Int
    let startsBlock: Bool
    let numbers: NumberReader
    /// Whether a token is part of a name or idiom, or of another thing whose numbers claim nothing.
    private var isName: [Bool]
    private let speaksOfEachWeight: Bool
    /// Whether it is part of the name of a device, behind which a size belongs to the name.
    private var isDevice: [Bool]
    /// Whether it names a test, a method or a width, behind which a number is no part of the name.
    private var isTopic: [Bool]
    var claims: [QuantityClaim] = []

    init(text: TokenizedText, words: QuantityWords, start: Int, end: Int, startsBlock: Bool, mentions: [SubjectMention]) {
        self.text = text
        self.words = words
        self.start = start
        self.end = end
        self.startsBlock = startsBlock
        numbers = NumberReader(text: text, words: words, end: end)
        speaksOfEachWeight = Self.speaksOfEachWeight(text, start..<end, words)
        isName = Array(repeating: false, count: end - start)
        isDevice = isName
        isTopic = isName
        for mention in mentions {
            for index in mention.tokens {
                switch mention.feature.kind {
                case .model: isName[index - start] = true
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

    mutating func run() {
        var index = start
        while index < end {
            if let idiom = words.idioms.longest(in: text, at: index, before: end) {
                index = idiom.end
            } else if isName[index - start] {
                index += 1
            } else {
                index = max(index + 1, read(at: index))
            }
        }
    }

    private func token(_ index: Int) -> Token? { index >= start && index < end ? text.tokens[index] : nil }
    private func word(_ index: Int) -> WordID { token(index).map { $0.kind == .word ? $0.word : 0 } ?? 0 }
    private func roles(_ index: Int) -> QuantityWords.Role { words.roles(of: word(index)) }

    // MARK: What begins here

    /// Reads what begins at `index` and returns where to go on.
    private mutating func read(at index: Int) -> Int {
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
    private mutating func multitude(at index: Int) -> Int {
        guard let next = token(index + 1), next.kind == .word, next.word == words.of || !roles(index + 1).contains(.function) else {
            return index + 1
        }
        let end = next.word == words.of ? index + 2 : index + 1
        add(QuantityClaim(tokens: index..<end, value: -1, slack: 0, dimension: .count))
        return end
    }

    /// "halves", "doubled", "tenfold"
    private mutating func multiplier(_ factor: Double, at index: Int) -> Int {
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

    private func isFold(_ index: Int) -> Bool {
        let bytes = text.characters(of: text.tokens[index])
        return bytes.count > 4 && bytes.suffix(4).elementsEqual("fold".utf8)
    }

    /// "twice as fast", "twice the memory"; "run it twice" counts events.
    private mutating func adverb(_ factor: Double, at index: Int) -> Int {
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

    private mutating func quantity(_ number: WrittenNumber, at index: Int) -> Int {
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

    // MARK: Marks and names

    /// Where to go on behind a number that is a mark, a date, a version or part of a name; nil if it is none of these.
    private func markEnd(_ number: WrittenNumber, at index: Int) -> Int? {
        let token = text.tokens[index]
        if number.isDigits {
            if let next = self.token(index + 1), next.flags.contains(.glued), next.kind == .word, !next.flags.contains(.afterHyphen),
                roles(index + 1).contains(.ordinal)
            {
                return index + 2
            }
            // "2020s"
            if numbers.isYear(index), let next = self.token(index + 1), next.kind == .word, next.flags.contains(.glued),
                next.end - next.start == 1,
                !next.flags.contains(.afterHyphen)
            {
                return index + 2
            }
            if isGluedName(index) { return nameEnd(index) }
            if isNumbering(index, number) { return index + 1 }
            // "0.3.x", "01.AI"
            if let dot = self.token(index + 1), dot.kind == .stop, dot.flags.contains(.glued), let next = self.token(index + 2),
                next.kind == .word,
                next.flags.contains(.glued)
            {
                return index + 3
            }
            if let end = telephoneEnd(index) { return end }
            if let end = bracketEnd(index) { return end }
            if let end = clockOrColon(index) { return end }
            if let previous = self.token(index - 1), previous.kind == .symbol,
                token.flags.contains(.glued) || previous.mark == UInt8(ascii: "#"),
                [UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "^"), UInt8(ascii: "="), UInt8(ascii: "&")].contains(previous.mark)
            {
                return index + 1
            }
            if let end = dateEnd(index, number) { return end }
            // "-ngl 99"
            if let option = self.token(index - 1), option.kind == .word, option.flags.contains(.afterHyphen), !option.flags.contains(.glued)
            {
                return index + 1
            }
        }
        if isLabelled(index), !hasHardUnit(number) { return number.end }
        if number.isDigits, followsName(index), !hasHardUnit(number) || isDeviceWord(index - 1) && hasSize(number) {
            return nameEnd(number.end - 1)
        }
        if number.isDigits, isUnknownName(number) { return nameEnd(number.end - 1) }
        // "1 x RTX 4090", "4×4"
        if let next = self.token(number.end), next.kind == .symbol, next.mark == Token.Mark.times || next.mark == UInt8(ascii: "*"),
            let after = self.token(number.end + 1),
            after.kind == .number || after.kind == .word && after.flags.contains(.capitalized)
        {
            return number.end + 1
        }
        return nil
    }

    /// "an RTX 3060 12 GB", "row GPU 8GB"
    private func isDeviceWord(_ index: Int) -> Bool {
        isDevice(index) || words.units.longest(in: text, at: index, before: index + 1)?.value.dimension == .gpu
    }

    private func isDevice(_ index: Int) -> Bool { index >= start && index < end && isDevice[index - start] }

    /// A hyphen or nothing ties the number to the word before it: "GPT-4", "Phi-3".
    private func isGluedName(_ index: Int) -> Bool {
        let token = text.tokens[index]
        guard token.flags.contains(.glued), let previous = self.token(index - 1) else { return false }
        // "Llama 3/3.1"
        if previous.kind == .number, token.flags.contains(.afterSlash), isName[index - 1 - start] { return !hasHardUnitAt(index) }
        if previous.kind == .stop { return previous.flags.contains(.glued) && previous.mark == UInt8(ascii: ".") }
        guard previous.kind == .word, token.flags.contains(.afterHyphen) || token.flags.contains(.afterSlash) else {
            return previous.kind == .word && !token.flags.contains(.afterHyphen)
        }
        if token.flags.contains(.afterSlash) { return !hasHardUnitAt(index) }
        return !roles(index - 1).contains(.prefix)
    }

    private func hasHardUnitAt(_ index: Int) -> Bool { numbers.number(at: index).map(hasHardUnit) ?? false }

    /// Behind everything that hangs on a name: "-7B-Instruct".
    private func nameEnd(_ index: Int) -> Int {
        var index = index + 1
        while let next = token(index), next.flags.contains(.glued), next.kind == .word || next.kind == .number { index += 1 }
        return index
    }

    /// The number of a list item or heading.
    private func isNumbering(_ index: Int, _ number: WrittenNumber) -> Bool {
        guard index == start, let next = token(index + 1) else { return index == start && end - start == 1 && startsBlock }
        if next.kind == .stop, next.flags.contains(.glued) { return true }
        guard startsBlock, number.value < 100, next.kind == .word, next.flags.contains(.capitalized), !next.flags.contains(.glued) else {
            return false
        }
        return !hasHardUnit(number)
    }

    /// "+49 30 901820"
    private func telephoneEnd(_ index: Int) -> Int? {
        guard let plus = token(index - 1), plus.kind == .symbol, plus.mark == UInt8(ascii: "+"), text.tokens[index].flags.contains(.glued),
            token(index + 1)?.kind == .number
        else { return nil }
        var end = index + 1
        while token(end)?.kind == .number { end += 1 }
        return end
    }

    /// "(3)", "[1, 2]"
    private func bracketEnd(_ index: Int) -> Int? {
        let token = text.tokens[index]
        guard token.flags.contains(.opensBracket) else { return nil }
        var last = index
        while let next = self.token(last + 1), next.flags.contains(.inBrackets), !next.flags.contains(.opensBracket), last - index < 16 {
            guard next.kind == .number || next.kind == .pause else { return nil }
            last += 1
        }
        return last + 1
    }

    /// "10:30", "localhost:8080", "9 am"
    private func clockOrColon(_ index: Int) -> Int? {
        let token = text.tokens[index]
        if let colon = self.token(index - 1), colon.kind == .pause, colon.mark == UInt8(ascii: ":"), token.flags.contains(.glued),
            colon.flags.contains(.glued)
        {
            return index + 1
        }
        if (max(start, index - 4)..<min(end, index + 6)).contains(where: { roles($0).contains(.ratio) }) { return nil }
        if let colon = self.token(index + 1), colon.kind == .pause, colon.mark == UInt8(ascii: ":"), colon.flags.contains(.glued),
            let next = self.token(index + 2), next.kind == .number, next.flags.contains(.glued)
        {
            return index + 3
        }
        return roles(index + 1).contains(.clock) ? index + 2 : nil
    }

    /// Years and days.
    private func dateEnd(_ index: Int, _ number: WrittenNumber) -> Int? {
        let token = text.tokens[index]
        // "2024-10-24", "24/10/2024"
        if let second = self.token(index + 1), let third = self.token(index + 2), second.kind == .number, third.kind == .number,
            second.flags.contains(.afterHyphen) || second.flags.contains(.afterSlash),
            third.flags.contains(.afterHyphen) || third.flags.contains(.afterSlash)
        {
            return index + 3
        }
        // "24 October", "October 24", "October 24, 2024"
        if number.isInteger, number.value >= 1, number.value <= 31, roles(index + 1).contains(.month) || roles(index - 1).contains(.month),
            (self.token(index + 1)?.flags.contains(.capitalized) ?? false) || (self.token(index - 1)?.flags.contains(.capitalized) ?? false)
        {
            return index + 1
        }
        if number.isInteger, token.end - token.start == 4, (1000...2049).contains(number.value), roles(index - 1).contains(.dated),
            !hasHardUnit(number),
            word(index + 1) == 0 && self.token(index + 1)?.kind != .word || roles(index + 1).contains(.function)
        {
            return index + 1
        }
        guard numbers.isYear(index), !hasHardUnit(number), token.flags.isDisjoint(with: [.afterSlash]) else { return nil }
        if exactness(before: index) != .exact, !roles(index - 1).contains(.function) { return nil }
        if exactness(before: index) == .over || exactness(before: index) == .under, roles(index + 1).isDisjoint(with: .function),
            word(index + 1) != 0
        {
            return nil
        }
        // "2023–24"
        if let next = self.token(index + 1), next.kind == .number, next.flags.contains(.afterHyphen), next.end - next.start == 2 {
            return index + 2
        }
        return index + 1
    }

    /// A label stands before it, or before the number that "and" or "to" joins it to: "Table 3", "steps 2 to 4".
    private func isLabelled(_ index: Int) -> Bool {
        if roles(index - 1).contains(.label) {
            return text.tokens[index].flags.isDisjoint(with: .afterHyphen) && !(index - 1 == start && text.tokens[index].kind == .word)
        }
        if let dot = token(index - 1), dot.kind == .stop, roles(index - 2).contains(.label) { return true }
        if let colon = token(index - 1), colon.kind == .pause, colon.mark == UInt8(ascii: ":"), roles(index - 2).contains(.label) {
            return true
        }
        let joint = token(index - 1)
        let isJoined =
            joint.map { $0.kind == .pause && $0.mark == UInt8(ascii: ",") || $0.word == words.and || $0.word == words.to } ?? false
            || text.tokens[index].flags.contains(.afterHyphen)
        let before = text.tokens[index].flags.contains(.afterHyphen) ? index - 1 : index - 2
        guard isJoined, let other = token(before), other.kind == .number else { return false }
        return roles(before - 1).contains(.label)
    }

    /// A name stands before it: "RTX 4090", "iPhone 15", "Llama 3".
    private func followsName(_ index: Int) -> Bool {
        guard let previous = token(index - 1), text.tokens[index].flags.isDisjoint(with: .opensBracket) else { return false }
        // "Python 3.11 and 3.12"
        if previous.word == words.and || previous.kind == .pause && previous.mark == UInt8(ascii: ","), token(index - 2)?.kind == .number,
            isName[index - 2 - start]
        {
            return true
        }
        if isDevice(index - 1) { return true }
        guard previous.kind == .word, !isTopic[index - 1 - start], !roles(index - 1).contains(.function) else { return false }
        if previous.flags.contains(.holdsDigit) || hasInnerCapital(previous) { return true }
        guard previous.flags.contains(.capitalized) else { return false }
        if isName[index - 1 - start] || roles(index - 1).contains(.versioned) { return true }
        return previous.flags.isDisjoint(with: .startsSentence) || !previous.flags.isDisjoint(with: [.uncommon, .allCapitals])
    }

    private func hasInnerCapital(_ token: Token) -> Bool {
        let isPlural = token.flags.contains(.allCapitals)
        return !isPlural && text.characters(of: token).dropFirst().contains { (0x41...0x5A).contains($0) }
    }

    /// Letters that are no unit hang on it: "80386DX", "12ab".
    private func isUnknownName(_ number: WrittenNumber) -> Bool {
        guard let next = token(number.end), next.kind == .word, next.flags.contains(.glued), !next.flags.contains(.afterHyphen),
            !next.flags.contains(.afterSlash), !number.isScaled
        else { return false }
        if next.flags.contains(.opensBracket) || next.flags.contains(.opensQuote) { return false }
        return words.units.longest(in: text, at: number.end, before: end) == nil && !roles(number.end).contains(.size)
            && words.suffixes[next.word] == nil
    }

    // MARK: Bits and sizes of models

    /// "4-bit", and widths such as "at 8 bits" that say which form is meant.
    private mutating func bits(_ number: WrittenNumber, at index: Int) -> Int? {
        guard let next = token(number.end), next.kind == .word else { return nil }
        if next.word == words.bit { return number.end + 1 }
        guard next.word == words.bits, isWidth(number.value) else { return nil }
        if hasRate(number.end + 1) || speaksOfEachWeight { return nil }
        // "takes 4 bits", "exactly four bits" tell what is spent.
        let before = approximation(before: index).start
        return (max(start, before - 2)..<index).contains { roles($0).contains(.spent) } ? nil : number.end + 1
    }

    private func isWidth(_ value: Double) -> Bool { [1, 2, 3, 4, 5, 6, 8, 16, 32, 64].contains(value) }

    /// Whether the sentence tells bits of each weight.
    private static func speaksOfEachWeight(_ text: TokenizedText, _ tokens: Range<Int>, _ words: QuantityWords) -> Bool {
        tokens.contains { index in
            let token = text.tokens[index]
            guard token.kind == .word, token.word == words.each || token.word == words.every || token.word == words.per else {
                return false
            }
            guard index + 1 < tokens.upperBound, text.tokens[index + 1].kind == .word,
                let unit = words.rateUnits[text.tokens[index + 1].word]
            else {
                return token.word == words.each
            }
            return words.neutralRates.contains(unit.dimension)
        }
    }

    /// "7B" is a name, "7B parameters" a claim; "7-billion-parameter" is a name too.
    private func isModelSize(_ number: WrittenNumber, at index: Int) -> Bool {
        if number.isDigits, let next = token(number.end), next.kind == .word, next.flags.contains(.glued), roles(number.end).contains(.size)
        {
            let unit = words.units.longest(in: text, at: number.end + 1, before: end)
            guard let unit, unit.value.dimension == .parameter else { return true }
            return token(number.end + 1)?.flags.contains(.afterHyphen) ?? false
        }
        guard number.isScaled, let next = token(number.end), next.flags.contains(.afterHyphen) else { return false }
        return words.units.longest(in: text, at: number.end, before: end)?.value.dimension == .parameter
    }

    private func sizeEnd(_ number: WrittenNumber) -> Int { nameEnd(number.end - 1) }

    // MARK: Units

    private struct Measured {
        var unit: MeasureUnit
        var end: Int
        /// Where the claim begins, which is a currency sign before the number.
        var start: Int
        var isForEachWeight = false
    }

    /// The unit of the number that begins at `index`.
    private func unit(behind number: WrittenNumber, at index: Int) -> Measured? {
        if let sign = token(index - 1), sign.kind == .symbol, let unit = currency(sign.mark) {
            return withRate(Measured(unit: unit, end: number.end, start: index - 1))
        }
        guard let next = token(number.end), words.idioms.longest(in: text, at: number.end, before: end) == nil else { return nil }
        if next.kind == .symbol { return signUnit(next, number, index) }
        guard next.kind == .word else { return nil }
        if let found = words.units.longest(in: text, at: number.end, before: end) {
            let unit = found.value
            if unit.isLetter, !isLetterUnit(unit, next, number) { return nil }
            if next.flags.contains(.afterSlash) { return nil }
            return withRate(Measured(unit: unit, end: found.end, start: index))
        }
        // "two whole weeks"
        if roles(number.end).contains(.filler), let found = words.units.longest(in: text, at: number.end + 1, before: end),
            !found.value.isLetter,
            next.flags.isDisjoint(with: .afterHyphen)
        {
            return withRate(Measured(unit: found.value, end: found.end, start: index))
        }
        return counted(number, index)
    }

    /// "4x", "1.2 s"
    private func isLetterUnit(_ unit: MeasureUnit, _ letter: Token, _ number: WrittenNumber) -> Bool {
        guard number.isDigits, letter.flags.isDisjoint(with: [.afterHyphen, .startsSentence]) else { return false }
        if letter.flags.contains(.glued) { return true }
        return unit.dimension != .ratio && unit.dimension != .token
    }

    private func currency(_ mark: UInt8) -> MeasureUnit? {
        switch mark {
        case UInt8(ascii: "$"), Token.Mark.euro, Token.Mark.pound:
            MeasureUnit(dimension: .money, factor: 1, isLetter: false, isCounted: false, code: "money")
        default: nil
        }
    }

    private func signUnit(_ sign: Token, _ number: WrittenNumber, _ index: Int) -> Measured? {
        switch sign.mark {
        case UInt8(ascii: "%"):
            let points = words.units.longest(in: text, at: number.end + 1, before: end)
            if let points, points.value.dimension == .points { return Measured(unit: points.value, end: points.end, start: index) }
            return Measured(
                unit: MeasureUnit(dimension: .percent, factor: 0.01, isLetter: false, isCounted: false, code: "percent"),
                end: number.end + 1,
                start: index)
        case Token.Mark.degree:
            let letter = token(number.end + 1)
            let end = letter.map { $0.kind == .word && $0.end - $0.start == 1 } ?? false ? number.end + 2 : number.end + 1
            return Measured(
                unit: MeasureUnit(dimension: .temperature, factor: 1, isLetter: false, isCounted: false, code: "degree"), end: end,
                start: index)
        case Token.Mark.times:
            return Measured(
                unit: MeasureUnit(dimension: .ratio, factor: 1, isLetter: false, isCounted: false, code: "times"), end: number.end + 1,
                start: index)
        case UInt8(ascii: "$"), Token.Mark.euro, Token.Mark.pound:
            return currency(sign.mark).map { Measured(unit: $0, end: number.end + 1, start: index) }
        case UInt8(ascii: "+"):
            // "40+ languages"
            var rest = number
            rest.end += 1
            return unit(behind: rest, at: index)
        default: return nil
        }
    }

    /// "two A100 80GB cards", "150,000 outlier values": words may stand between a number and what it counts.
    private func counted(_ number: WrittenNumber, _ index: Int) -> Measured? {
        var position = number.end
        var steps = 0
        while steps < 5, let next = token(position), next.kind == .word || next.kind == .number || next.kind == .object {
            if position > number.end, let found = words.units.longest(in: text, at: position, before: end), found.value.isCounted {
                return withRate(Measured(unit: found.value, end: found.end, start: index))
            }
            if next.kind == .word, !isName[position - start], roles(position).contains(.function), !roles(position).contains(.more) {
                return nil
            }
            position += 1
            steps += 1
        }
        return nil
    }

    /// "per second", "/s", "a second" behind a unit.
    private func withRate(_ measured: Measured) -> Measured {
        guard let next = token(measured.end), next.kind == .word else { return measured }
        var result = measured
        if next.flags.contains(.afterSlash), next.flags.contains(.glued), let rate = rateUnit(measured.end) {
            result.unit = measured.unit.per(rate)
            result.end += 1
        } else if next.word == words.per || next.word == words.each || next.word == words.every || words.a.contains(next.word),
            let rate = rateUnit(measured.end + 1)
        {
            result.unit = measured.unit.per(rate)
            result.end += 2
        } else if next.word == words.per {
            // "per million tokens"
            var position = measured.end + 1
            while let word = token(position), word.kind == .word, words.scales[word.word] != nil || roles(position).contains(.rate) {
                position += 1
            }
            result.end = position
        }
        if result.unit.dimension.isRate, let rate = token(result.end - 1), let other = words.rateUnits[rate.word],
            words.neutralRates.contains(other.dimension), measured.unit.dimension == .data
        {
            result.unit = measured.unit
            result.isForEachWeight = true
        }
        return result
    }

    private func rateUnit(_ index: Int) -> MeasureUnit? {
        guard let token = token(index), token.kind == .word else { return nil }
        return words.rateUnits[token.word]
    }

    private func hasRate(_ index: Int) -> Bool {
        let word = word(index)
        if word == words.per || word == words.each || word == words.every { return true }
        return token(index)?.flags.contains(.afterSlash) ?? false
    }

    /// A unit that makes the number a quantity whatever stands before it.
    private func hasHardUnit(_ number: WrittenNumber) -> Bool {
        guard let next = token(number.end) else { return false }
        if next.kind == .symbol { return next.mark == UInt8(ascii: "%") || next.mark == Token.Mark.degree || next.mark == Token.Mark.times }
        if number.isScaled { return true }
        guard next.kind == .word, let found = words.units.longest(in: text, at: number.end, before: end) else { return false }
        if found.value.isLetter { return next.flags.contains(.glued) && !next.flags.contains(.afterHyphen) }
        return !found.value.isCounted || found.value.dimension == .token || found.value.dimension == .parameter
    }

    private func hasSize(_ number: WrittenNumber) -> Bool {
        words.units.longest(in: text, at: number.end, before: end)?.value.dimension == .data
    }

    // MARK: Claims

    private mutating func measure(_ number: WrittenNumber, _ measured: Measured, at index: Int) -> Int {
        if isUncounted(number, measured, at: index) { return measured.end }
        var claim = claim(number, measured.unit, tokens: measured.start..<measured.end)
        claim.isForEachWeight = measured.isForEachWeight
        if claim.dimension == .ratio, isEvent(number, measured) { return measured.end }
        describe(&claim, before: index)
        add(claim)
        return measured.end
    }

    private func claim(_ number: WrittenNumber, _ unit: MeasureUnit, tokens: Range<Int>) -> QuantityClaim {
        var claim = QuantityClaim(
            tokens: tokens, value: number.value * unit.factor, slack: number.slack * unit.factor, dimension: unit.dimension)
        // "17 ms per token" is a rate of tokens, the other way round.
        if unit.dimension == Dimension.time.per(.token), claim.value > 0 {
            claim.slack /= claim.value * claim.value
            claim.value = 1 / claim.value
            claim.dimension = Dimension.token.per(.time)
        }
        return claim
    }

    /// "one" and small numbers of things that the text speaks of.
    private func isUncounted(_ number: WrittenNumber, _ measured: Measured, at index: Int) -> Bool {
        let isSpelled = !number.isDigits
        if isSpelled, number.value == 1, !number.isScaled {
            return !roles(number.end).contains(.oneUnit)
        }
        // "the first four bytes"
        if roles(index - 1).contains(.definite), number.value <= 16, measured.unit.code == "byte" || measured.unit.code == "bit" {
            return true
        }
        if number.value == 0, isSpelled { return measured.unit.dimension != .points && measured.unit.dimension != .percent }
        guard measured.unit.isCounted || measured.unit.dimension == .points else {
            return isSpelled && measured.unit.code == "second" && false
        }
        let isApproximate = exactness(before: index) != .exact
        if roles(index - 1).contains(.definite), number.value <= 100, !isApproximate { return true }
        // "two points" of an argument, "four tokens"
        if measured.unit.dimension == .points { return false }
        if number.isScaled { return false }
        if measured.unit.dimension.isRate {
            // "two numbers per block" is no speed.
            return isSpelled && number.value <= 12 && !measured.unit.isSpeed
        }
        if measured.unit.dimension == .gpu {
            return number.value <= 12 && !isApproximate && !(max(start, index - 3)..<index).contains { roles($0).contains(.demand) }
        }
        return number.value <= 12 && !isApproximate
    }

    /// "try it three times" counts events.
    private func isEvent(_ number: WrittenNumber, _ measured: Measured) -> Bool {
        guard !number.isDigits || number.isInteger, text.tokens[measured.end - 1].kind == .word, measured.unit.isLetter == false else {
            return false
        }
        if text.characters(of: text.tokens[measured.end - 1]).count < 4 { return false }
        let next = roles(measured.end)
        if !next.isDisjoint(with: [.multiplied, .less, .more]) { return false }
        if token(measured.end - 1)?.flags.contains(.afterHyphen) ?? false { return false }
        let before = (max(start, measured.start - 6)..<measured.start).contains { !roles($0).isDisjoint(with: [.cut, .raise]) }
        if before { return false }
        guard let after = token(measured.end) else { return true }
        return after.kind != .word || next.contains(.function) || true
    }

    /// "one in five", "9 out of 10"
    private mutating func shareOfSome(_ number: WrittenNumber, at index: Int) -> Int? {
        guard number.isInteger, !number.isScaled, !number.isFraction else { return nil }
        var position = number.end
        // "one channel in a hundred"
        if token(position)?.kind == .word, word(position) != words.in, word(position) != words.out, !roles(position).contains(.function),
            number.value == 1
        {
            position += 1
        }
        let isOut = word(position) == words.out && word(position + 1) == words.of
        guard isOut || word(position) == words.in, let whole = numbers.number(at: position + (isOut ? 2 : 1)), whole.isInteger,
            !whole.isFraction,
            whole.value > number.value, whole.value <= 1000, number.value > 0
        else { return nil }
        if !isOut, whole.isDigits != number.isDigits { return nil }
        if let next = token(whole.end), next.kind == .word, next.flags.contains(.afterHyphen) || hasHardUnit(whole) && !isOut { return nil }
        if !isOut, numbers.isYear(position + 1) { return nil }
        var claim = QuantityClaim(
            tokens: index..<whole.end, value: number.value / whole.value, slack: 0.005, dimension: .percent, form: .share)
        claim.isWord = true
        add(claim)
        return whole.end
    }

    /// "6:1" of a compression
    private mutating func toOne(_ number: WrittenNumber, at index: Int) -> Int? {
        guard let colon = token(number.end), colon.kind == .pause, colon.mark == UInt8(ascii: ":"), colon.flags.contains(.glued),
            let one = numbers.number(at: number.end + 1), one.value == 1, number.value > 1
        else { return nil }
        add(QuantityClaim(tokens: index..<one.end, value: number.value, slack: number.slack, dimension: .ratio))
        return one.end
    }

    /// "half", "two thirds", "3/4"
    private mutating func fraction(_ number: WrittenNumber, at index: Int) -> Int {
        if let next = token(number.end), next.kind == .word, next.flags.contains(.afterHyphen) { return number.end }
        // "half an hour", "half a point", "three tenths of a point"
        var position = number.end
        if word(position) == words.of { position += 1 }
        if words.a.contains(word(position)), let unit = words.units.longest(in: text, at: position + 1, before: end) {
            var amount = number
            amount.isFraction = false
            var claim = claim(amount, unit.value, tokens: index..<unit.end)
            let rated = withRate(Measured(unit: unit.value, end: unit.end, start: index))
            claim.tokens = index..<rated.end
            describe(&claim, before: index)
            add(claim)
            return rated.end
        }
        if number.isDigits, let unit = unit(behind: number, at: index), unit.unit.dimension != .parameter {
            return measure(number, unit, at: index)
        }
        // "the third", "last quarter"
        let isSingle = !number.isDigits && number.end == index + 1 && number.value == 0.5
        if isSingle, roles(index - 1).contains(.rank), roles(index - 1).contains(.definite) { return number.end }
        var claim = QuantityClaim(tokens: index..<number.end, value: number.value, slack: number.slack, dimension: .percent)
        claim.isWord = true
        describe(&claim, before: index)
        if claim.form == .unknown, word(number.end) == words.of || numbers.token(number.end)?.kind == .word {
            claim.form = shareForm(number.end)
        }
        add(claim)
        return number.end
    }

    /// "half the memory", "a third of it", "half as much"
    private func shareForm(_ index: Int) -> QuantityClaim.Form {
        roles(index).contains(.share) && roles(index).isDisjoint(with: [.less, .more]) ? .share : .unknown
    }

    // MARK: Ranges

    /// "4 to 5 GB", "between 5 and 10%", "16 → 4"
    private mutating func range(_ number: WrittenNumber, at index: Int) -> Int? {
        guard let joined = joint(behind: number.end), let second = numbers.number(at: joined), !second.isFraction else { return nil }
        // "16-bit to 4-bit" has a unit of its own before this.
        if let next = token(second.end), next.kind == .word, next.word == words.bit { return second.end + 1 }
        let measured = unit(behind: second, at: joined)
        if measured == nil {
            if next(second.end, is: words.bits) { return nil }
            let isArrow = token(number.end)?.kind == .symbol
            let isFromTo = roles(index - 1).contains(.between)
            guard isArrow || isFromTo, !numbers.isYear(joined) else { return nil }
            if isWidth(number.value), isWidth(second.value), hasWidth(near: index) { return second.end }
        }
        if let measured, measured.unit.code == "bit", isWidth(second.value), isWidth(number.value), !speaksOfEachWeight,
            !hasRate(measured.end)
        {
            return measured.end
        }
        let unit = measured?.unit ?? MeasureUnit(dimension: .none, factor: 1, isLetter: false, isCounted: false, code: "")
        if unit.isCounted, !unit.dimension.isRate, number.value <= 12, second.value <= 12 { return measured?.end }
        let last = measured?.end ?? second.end
        var low = claim(number, unit, tokens: index..<number.end)
        var high = claim(second, unit, tokens: joined..<last)
        high.partner = claims.count
        describe(&low, before: index)
        describe(&high, before: index)
        if high.form == .unknown { high.form = low.form } else { low.form = high.form }
        low.partner = claims.count + 1
        claims += [low, high]
        return last
    }

    private func next(_ index: Int, is word: WordID) -> Bool { self.word(index) == word }

    /// Where the second number of a range begins.
    private func joint(behind index: Int) -> Int? {
        guard let next = token(index) else { return nil }
        if next.kind == .number, next.flags.contains(.afterHyphen) { return index }
        if next.kind == .word, words.cardinals[next.word] != nil, next.flags.contains(.afterHyphen) { return index }
        if next.kind == .symbol, next.mark == Token.Mark.other || next.mark == UInt8(ascii: ">"), numbers.number(at: index + 1) != nil {
            return index + 1
        }
        if next.kind == .pause, next.mark == Token.Mark.dash, numbers.number(at: index + 1) != nil { return index + 1 }
        if let joint = words.joins.longest(in: text, at: index, before: end), numbers.number(at: joint.end) != nil { return joint.end }
        return nil
    }

    // MARK: Numbers without a unit

    private mutating func bare(_ number: WrittenNumber, at index: Int) -> Int {
        if word(number.end) == words.bits { return number.end + 1 }
        let isFactor = word(index - 1) == words.of && word(index - 2) == words.factor
        if isFactor {
            var claim = QuantityClaim(tokens: index..<number.end, value: number.value, slack: number.slack, dimension: .ratio)
            claim.isWord = !number.isDigits
            describe(&claim, before: index - 3)
            add(claim)
            return number.end
        }
        if !number.isDigits, number.value <= 1, !number.isScaled { return number.end }
        let isApproximate = exactness(before: index) != .exact
        let next = token(number.end)
        let countsThing = next.map { $0.kind == .word && !roles(number.end).contains(.function) || $0.kind == .object } ?? false
        var isClaim: Bool
        if countsThing {
            if roles(index - 1).contains(.definite), !number.isScaled { return number.end }
            isClaim = number.value > 12 || !number.isInteger || number.isScaled || isApproximate && number.isDigits
        } else if number.isDigits {
            isClaim = !number.isInteger || number.value > 12 || isApproximate
            if number.isInteger, word(index - 1) == words.than || roles(index - 1).contains(.between) { isClaim = number.value > 12 }
        } else {
            isClaim = number.isScaled || number.value > 12
        }
        // "from 29 gigabytes to just under nine"
        let first = approximation(before: index).start
        if !countsThing, word(first - 1) == words.to, let last = claims.last, last.tokens.upperBound == first - 1 { isClaim = true }
        // A width that says which form is meant: "rather than 16", "to 4".
        if isClaim, isWidth(number.value), number.isInteger, hasWidth(near: index) { isClaim = false }
        // "answers 404", "the error code is 137"
        if number.isInteger, !number.isScaled, (max(start, index - 4)..<index).contains(where: { roles($0).contains(.code) }) {
            isClaim = false
        }
        if number.isInteger, words.wellKnown.contains(number.value), number.end == index + 1 { isClaim = false }
        guard isClaim else { return number.end }
        var claim = QuantityClaim(
            tokens: index..<number.end, value: number.value, slack: number.slack, dimension: countsThing ? .count : .none)
        describe(&claim, before: index)
        add(claim)
        return number.end
    }

    /// Whether the sentence speaks of widths in bits around `index`.
    private func hasWidth(near index: Int) -> Bool {
        (max(start, index - 12)..<min(end, index + 6)).contains { word($0) == words.bit || word($0) == words.bits }
    }

    // MARK: Words around

    private mutating func describe(_ claim: inout QuantityClaim, before index: Int) {
        claim.exactness = exactness(before: index)
        let direction = direction(of: claim, before: index)
        if claim.isComparison { claim.form = direction.form }
        claim.sign = direction.sign
        claim.isChange = direction.isChange
        // "1% to 3% of their score": both ends go the same way.
        if let last = claims.last, last.dimension == claim.dimension, isJoined(last.tokens.upperBound, claim.tokens.lowerBound) {
            if last.form == .unknown {
                // "15% to 23% slower"
                claims[claims.count - 1].form = claim.form
                claims[claims.count - 1].sign = claim.sign
                claims[claims.count - 1].isChange = claim.isChange
            } else {
                claim.form = last.form
                claim.sign = last.sign
                claim.isChange = last.isChange
            }
        }
        // "saves 60% on one, and 40% on the other"
        if claim.isComparison, claim.form == .unknown, let last = claims.last, last.dimension == claim.dimension {
            claim.form = last.form
            claim.sign = last.sign
            claim.isChange = last.isChange
        }
        if claim.isComparison { claim.isDuration = isDuration(around: claim.tokens) }
    }

    private func isJoined(_ first: Int, _ second: Int) -> Bool {
        if first == second { return text.tokens[second].flags.contains(.afterHyphen) }
        guard words.joins.longest(in: text, at: first, before: end)?.end == second else { return false }
        return word(first) != words.and || claims.last.map { roles($0.tokens.lowerBound - 1).contains(.between) } ?? false
    }

    private func exactness(before index: Int) -> QuantityClaim.Exactness { approximation(before: index).exactness }

    /// "more than", "about" before a number, and where that begins.
    private func approximation(before index: Int) -> (exactness: QuantityClaim.Exactness, start: Int) {
        var end = index
        if let token = token(end - 1), words.a.contains(token.word) || token.kind == .symbol && currency(token.mark) != nil { end -= 1 }
        for first in max(start, end - 4)..<max(start, end) {
            if let found = words.exactness.longest(in: text, at: first, before: end), found.end == end { return (found.value, first) }
        }
        return (.exact, index)
    }

    /// How the words around a claim say that it compares: first behind it, then the verb before it.
    private func direction(of claim: QuantityClaim, before index: Int? = nil) -> (form: QuantityClaim.Form, sign: Int, isChange: Bool?) {
        var form = QuantityClaim.Form.unknown
        var sign = 0
        var isChange: Bool?
        let behind = afterMarks(claim.tokens.upperBound)
        var position = behind
        var isFirst = true
        while position < min(end, behind + 4), let next = token(position), next.kind == .word {
            let roles = roles(position)
            if roles.contains(.less) || roles.contains(.more) {
                // "more slowly"
                let isLess =
                    roles.contains(.less)
                    || self.roles(position + 1).contains(.less) && self.roles(position + 1).isDisjoint(with: .function)
                form = isLess ? .less : .more
                if roles.contains(.lose) || roles.contains(.less) {
                    sign = -1
                } else if roles.contains(.more) || roles.contains(.win) {
                    sign = 1
                }
                isChange = true
                break
            }
            if isFirst, next.word == words.of, claim.dimension == .percent { form = .share }
            if isFirst, claim.dimension == .ratio, roles.contains(.multiplied), roles.isDisjoint(with: [.less, .more]) { form = .share }
            if form == .share, next.word != words.of { break }
            if next.word == words.than { break }
            isFirst = false
            position += 1
            if roles.contains(.function), next.word != words.of, next.word != words.in, !roles.contains(.multiplied) { break }
        }
        if form == .share, claim.dimension == .ratio {
            // "three times as slow"
            if (behind..<min(end, behind + 3)).contains(where: { isSlow($0) }) { form = .less }
            return (form, 0, nil)
        }
        if form == .more, claim.dimension == .ratio { return (.share, 1, true) }
        if form != .unknown, form != .share { return (form, sign, isChange) }
        let before = verb(before: approximation(before: index ?? claim.tokens.lowerBound).start)
        // "saves 20% of its memory", but "takes 20% of the memory"
        if form == .share { return before.form == .less && before.distance <= 8 ? (.less, -1, true) : (form, 0, nil) }
        return (before.form, before.sign, before.isChange)
    }

    private func isSlow(_ index: Int) -> Bool { roles(index).contains(.less) && !roles(index).contains(.multiplied) }

    /// The nearest verb before a claim that says which way it goes.
    private func verb(before index: Int) -> (form: QuantityClaim.Form, sign: Int, isChange: Bool?, distance: Int) {
        var position = index - 1
        var isTo = false
        var isBy = false
        var sign = 0
        var isChange: Bool?
        if word(position) == words.of {
            let noun = roles(position - 1)
            isChange = !noun.isDisjoint(with: [.lose, .win, .changed, .cut, .raise, .less, .more])
        }
        let isStated = isChange != nil
        while position >= start, position > index - 16 {
            guard let token = token(position), token.kind != .pause || token.mark == UInt8(ascii: ",") && index - position > 3 else {
                break
            }
            var roles = roles(position)
            // "gave up"
            if roles.contains(.raise), roles.contains(.function), self.roles(position - 1).contains(.lose) {
                position -= 1
                roles = self.roles(position)
            }
            if position >= index - 4, token.word == words.to { isTo = true }
            if position >= index - 4, isByWord(position) { isBy = true }
            // "moved by"
            if position >= index - 4, roles.contains(.changed), roles.isDisjoint(with: [.cut, .raise, .lose, .win, .function]),
                !isByWord(position)
            {
                return (.unknown, 0, true, index - position)
            }
            if roles.contains(.keep) { return (.share, 0, isBy ? true : isChange, index - position) }
            if !roles.isDisjoint(with: [.cut, .raise, .lose, .win]) {
                sign = roles.contains(.lose) ? -1 : roles.contains(.win) ? 1 : 0
                if sign == 0 { sign = roles.contains(.cut) ? -1 : 1 }
                if isTo { return (.share, 0, nil, index - position) }
                let isPlainChange = isBy || roles.contains(.changed)
                return (
                    roles.contains(.cut) || roles.contains(.lose) ? .less : .more, sign,
                    isStated ? isChange : isPlainChange ? true : isChange, index - position
                )
            }
            if roles.contains(.less) || roles.contains(.more), position >= index - 3 {
                return (roles.contains(.less) ? .less : .more, roles.contains(.less) ? -1 : 1, isStated ? isChange : true, index - position)
            }
            if roles.contains(.absolute), position >= index - 4, isChange == nil, !isBy { isChange = false }
            position -= 1
        }
        return (.unknown, sign, isBy ? true : isChange, .max)
    }

    private func isByWord(_ index: Int) -> Bool {
        let token = text.tokens[index]
        return token.end - token.start == 2 && text.bytes(token.range).first.map { $0 | 0x20 == UInt8(ascii: "b") } ?? false
    }

    /// Whether a time stands beside the claim: "half the time", "2.5 times as long".
    private func isDuration(around tokens: Range<Int>) -> Bool {
        let behind = afterMarks(tokens.upperBound)
        if roles(behind).contains(.lasting) || roles(behind + 1).contains(.lasting) && roles(behind).contains(.multiplied) { return true }
        return (behind..<min(end, behind + 5)).contains { roles($0).contains(.duration) }
            || (max(start, tokens.lowerBound - 4)..<tokens.lowerBound).contains { roles($0).contains(.duration) }
    }

    /// Behind marks of notes such as "[7]".
    private func afterMarks(_ index: Int) -> Int {
        var position = index
        while let token = token(position), token.kind == .number, token.flags.contains(.opensBracket) {
            position = bracketEnd(position) ?? end
        }
        return position
    }

    private mutating func add(_ claim: QuantityClaim) { claims.append(claim) }
}
