/// What a number is a number of.
extension ClaimReader {
    // MARK: Bits and sizes of models

    /// "4-bit", and widths such as "at 8 bits" that say which form is meant.
    mutating func bits(_ number: WrittenNumber, at index: Int) -> Int? {
        guard let next = token(number.end), next.kind == .word else { return nil }
        if next.word == words.bit { return number.end + 1 }
        guard next.word == words.bits, isWidth(number.value) else { return nil }
        if hasRate(number.end + 1) || speaksOfEachWeight { return nil }
        // "takes 4 bits", "exactly four bits" tell what is spent.
        let before = approximation(before: index).start
        let isSpent = roles(before - 1).contains(.spent) || word(before - 1) != 0 && roles(before - 2).contains(.spent)
        return isSpent || (before..<index).contains { roles($0).contains(.spent) } ? nil : number.end + 1
    }

    func isWidth(_ value: Double) -> Bool { [1, 2, 3, 4, 5, 6, 8, 16, 32, 64].contains(value) }

    /// Whether the sentence tells bits of each weight.
    static func tellsOfEachWeight(_ text: TokenizedText, _ tokens: Range<Int>, _ words: QuantityWords) -> Bool {
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
    func isModelSize(_ number: WrittenNumber, at index: Int) -> Bool {
        if number.isDigits, let next = token(number.end), next.kind == .word, next.flags.contains(.glued), roles(number.end).contains(.size)
        {
            let unit = words.units.longest(in: text, at: number.end + 1, before: end)
            guard let unit, unit.value.dimension == .parameter else { return true }
            return token(number.end + 1)?.flags.contains(.afterHyphen) ?? false
        }
        guard number.isScaled, let next = token(number.end), next.flags.contains(.afterHyphen) else { return false }
        return words.units.longest(in: text, at: number.end, before: end)?.value.dimension == .parameter
    }

    func sizeEnd(_ number: WrittenNumber) -> Int { nameEnd(number.end - 1) }

    // MARK: Units

    struct Measured {
        var unit: MeasureUnit
        var end: Int
        /// Where the claim begins, which is a currency sign before the number.
        var start: Int
        var isForEachWeight = false
    }

    /// The unit of the number that begins at `index`.
    func unit(behind number: WrittenNumber, at index: Int) -> Measured? {
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
    func isLetterUnit(_ unit: MeasureUnit, _ letter: Token, _ number: WrittenNumber) -> Bool {
        guard number.isDigits, letter.flags.isDisjoint(with: [.afterHyphen, .startsSentence]) else { return false }
        if letter.flags.contains(.glued) { return true }
        return unit.dimension != .ratio && unit.dimension != .token
    }

    func currency(_ mark: UInt8) -> MeasureUnit? {
        switch mark {
        case UInt8(ascii: "$"), Token.Mark.euro, Token.Mark.pound:
            MeasureUnit(dimension: .money, factor: 1, isLetter: false, isCounted: false, code: "money")
        default: nil
        }
    }

    func signUnit(_ sign: Token, _ number: WrittenNumber, _ index: Int) -> Measured? {
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
    func counted(_ number: WrittenNumber, _ index: Int) -> Measured? {
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
    func withRate(_ measured: Measured) -> Measured {
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

    func rateUnit(_ index: Int) -> MeasureUnit? {
        guard let token = token(index), token.kind == .word else { return nil }
        return words.rateUnits[token.word]
    }

    func hasRate(_ index: Int) -> Bool {
        let word = word(index)
        if word == words.per || word == words.each || word == words.every { return true }
        return token(index)?.flags.contains(.afterSlash) ?? false
    }

    /// A unit that makes the number a quantity whatever stands before it.
    func hasHardUnit(_ number: WrittenNumber) -> Bool {
        guard let next = token(number.end) else { return false }
        if next.kind == .symbol { return next.mark == UInt8(ascii: "%") || next.mark == Token.Mark.degree || next.mark == Token.Mark.times }
        if number.isScaled { return true }
        guard next.kind == .word, let found = words.units.longest(in: text, at: number.end, before: end) else { return false }
        if found.value.isLetter { return next.flags.contains(.glued) && !next.flags.contains(.afterHyphen) }
        return !found.value.isCounted || found.value.dimension == .token || found.value.dimension == .parameter
    }

    func hasSize(_ number: WrittenNumber) -> Bool {
        words.units.longest(in: text, at: number.end, before: end)?.value.dimension == .data
    }
}
