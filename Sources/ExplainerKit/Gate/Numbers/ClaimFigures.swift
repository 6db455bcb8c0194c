/// Figures with a unit, shares, ranges, and figures that stand alone.
extension ClaimReader {
    // MARK: Claims

    mutating func measure(_ number: WrittenNumber, _ measured: Measured, at index: Int) -> Int {
        if isUncounted(number, measured, at: index) { return measured.end }
        var claim = claim(number, measured.unit, tokens: measured.start..<measured.end)
        claim.isForEachWeight = measured.isForEachWeight
        if claim.dimension == .ratio, isEvent(number, measured) { return measured.end }
        describe(&claim, before: index)
        add(claim)
        return measured.end
    }

    func claim(_ number: WrittenNumber, _ unit: MeasureUnit, tokens: Range<Int>) -> QuantityClaim {
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
    func isUncounted(_ number: WrittenNumber, _ measured: Measured, at index: Int) -> Bool {
        let isSpelled = !number.isDigits
        if isSpelled, number.value == 1, !number.isScaled {
            return !roles(number.end).contains(.oneUnit) || measured.unit.code == "byte" && !speaksOfEachWeight
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
        if number.isScaled, number.value > 12 { return false }
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
    func isEvent(_ number: WrittenNumber, _ measured: Measured) -> Bool {
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
    mutating func shareOfSome(_ number: WrittenNumber, at index: Int) -> Int? {
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
    mutating func toOne(_ number: WrittenNumber, at index: Int) -> Int? {
        guard let colon = token(number.end), colon.kind == .pause, colon.mark == UInt8(ascii: ":"), colon.flags.contains(.glued),
            let one = numbers.number(at: number.end + 1), one.value == 1, number.value > 1
        else { return nil }
        add(QuantityClaim(tokens: index..<one.end, value: number.value, slack: number.slack, dimension: .ratio))
        return one.end
    }

    /// "half", "two thirds", "3/4"
    mutating func fraction(_ number: WrittenNumber, at index: Int) -> Int {
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
    func shareForm(_ index: Int) -> QuantityClaim.Form {
        roles(index).contains(.share) && roles(index).isDisjoint(with: [.less, .more]) ? .share : .unknown
    }

    // MARK: Ranges

    /// "4 to 5 GB", "between 5 and 10%", "16 → 4"
    mutating func range(_ number: WrittenNumber, at index: Int) -> Int? {
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

    func next(_ index: Int, is word: WordID) -> Bool { self.word(index) == word }

    /// Where the second number of a range begins.
    func joint(behind index: Int) -> Int? {
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

    mutating func bare(_ number: WrittenNumber, at index: Int) -> Int {
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
            isClaim = number.value > 12 || !number.isInteger || isApproximate && (number.isDigits || number.isScaled)
            // "needs four A100s"
            if isDevice(number.end), number.value > 1, (max(start, index - 3)..<index).contains(where: { roles($0).contains(.demand) }) {
                isClaim = true
            }
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
    func hasWidth(near index: Int) -> Bool {
        (max(start, index - 12)..<min(end, index + 6)).contains { word($0) == words.bit || word($0) == words.bits }
    }
}
