/// A number as it stands in a text, in digits or in words.
struct WrittenNumber {
    var value: Double
    /// Half of its last digit.
    var slack: Double
    /// Behind its last token.
    var end: Int
    var isDigits = false
    var isInteger = true
    /// A part of a whole: "1/2", "two thirds", "one in five".
    var isFraction = false
    /// "million", "hundred" or a "k" stands behind it.
    var isScaled = false
}

/// Reads numbers between two tokens.
struct NumberReader {
    let text: TokenizedText
    let recognizer: QuantityRecognizer
    let end: Int

    private var words: QuantityWords { recognizer.words }

    func token(_ index: Int) -> Token? { index >= 0 && index < end ? text.tokens[index] : nil }

    /// The number that begins at `index`: digits, or words such as "twenty-five", "a hundred", "two thirds".
    func number(at index: Int) -> WrittenNumber? {
        guard let first = token(index) else { return nil }
        switch first.kind {
        case .number: return digits(at: index)
        case .word: return spelled(at: index)
        default: return nil
        }
    }

    // MARK: Digits

    private func digits(at index: Int) -> WrittenNumber? {
        guard var number = plainDigits(at: index) else { return nil }
        if let next = token(number.end), next.kind == .number, !next.flags.contains(.afterHyphen) {
            let count = next.end - next.start
            if next.flags.contains(.afterSlash), next.flags.contains(.glued), let bottom = plainDigits(at: number.end), number.isInteger,
                bottom.isInteger, bottom.value > 0
            {
                return WrittenNumber(
                    value: number.value / bottom.value, slack: 0.005, end: bottom.end, isDigits: true, isInteger: false, isFraction: true)
            }
            // "2 1/2"
            if !next.flags.contains(.glued), let slash = token(number.end + 1), slash.kind == .number, slash.flags.contains(.afterSlash),
                let part = digits(at: number.end), part.isFraction
            {
                return WrittenNumber(value: number.value + part.value, slack: 0.05, end: part.end, isDigits: true, isInteger: false)
            }
            // "10 000"
            let isGroup = count == 3 && !next.flags.contains(.glued) && number.isInteger && number.value < 1000 && number.value >= 1
            if isGroup, text.bytes(next.range).allSatisfy(isDigit), first(index).end - first(index).start <= 3, number.end == index + 1,
                token(number.end + 1)?.kind != .number
            {
                number.value = number.value * 1000 + (plainDigits(at: number.end)?.value ?? 0)
                number.end += 1
            }
        }
        if let next = token(number.end), next.kind == .word, next.flags.contains(.glued), !next.flags.contains(.afterHyphen),
            let factor = words.suffixes[next.word]
        {
            number = scaled(number, by: factor, end: number.end + 1)
        }
        return scales(behind: number)
    }

    private func first(_ index: Int) -> Token { text.tokens[index] }

    /// One number token; nil for a version such as "0.6.3".
    private func plainDigits(at index: Int) -> WrittenNumber? {
        guard let token = token(index), token.kind == .number else { return nil }
        var mantissa = 0.0
        var places = 0
        var points = 0
        for byte in text.characters(of: token) {
            if isDigit(byte) {
                mantissa = mantissa * 10 + Double(byte - UInt8(ascii: "0"))
                if points > 0 { places += 1 }
            } else if byte == UInt8(ascii: ".") {
                points += 1
            }
        }
        guard points < 2 else { return nil }
        var unit = 1.0
        for _ in 0..<min(places, 300) { unit *= 10 }
        return WrittenNumber(value: mantissa / unit, slack: 0.5 / unit, end: index + 1, isDigits: true, isInteger: points == 0)
    }

    private func scaled(_ number: WrittenNumber, by factor: Double, end: Int) -> WrittenNumber {
        var result = number
        result.value *= factor
        result.slack *= factor
        result.end = end
        result.isScaled = true
        return result
    }

    /// "million", "hundred thousand" behind a number.
    private func scales(behind number: WrittenNumber) -> WrittenNumber {
        var result = number
        while let next = token(result.end), next.kind == .word, let factor = words.scales[next.word] {
            result = scaled(result, by: factor, end: result.end + 1)
        }
        return result
    }

    // MARK: Words

    private func spelled(at index: Int) -> WrittenNumber? {
        guard let first = token(index) else { return nil }
        if words.a.contains(first.word) { return article(at: index) }
        if first.word == words.half { return half(at: index) }
        // "a couple of hundred", "several thousand"
        if let factor = words.scales[first.word] {
            return scales(behind: WrittenNumber(value: factor, slack: 0.05 * factor, end: index + 1, isScaled: true))
        }
        guard var number = cardinal(at: index) else { return nil }
        // "two thirds", "three-quarters"; "one half"
        if let next = token(number.end), next.kind == .word, let bottom = words.fractions[next.word], number.value < bottom || bottom > 20 {
            return WrittenNumber(
                value: number.value / bottom, slack: 0.005, end: number.end + 1, isInteger: false, isFraction: true)
        }
        // "two and a half"
        if let and = token(number.end), and.word == words.and, let article = token(number.end + 1), words.a.contains(article.word),
            let half = token(number.end + 2), half.kind == .word, let bottom = words.fractions[half.word]
        {
            number = WrittenNumber(value: number.value + 1 / bottom, slack: 0.05, end: number.end + 3, isInteger: false)
        }
        return scales(behind: number)
    }

    /// "twenty-five", "two hundred and fifty"
    private func cardinal(at index: Int) -> WrittenNumber? {
        guard let first = token(index), first.kind == .word, let value = words.cardinals[first.word] else { return nil }
        var number = WrittenNumber(value: value, slack: 0.5, end: index + 1)
        if value >= 20, let next = token(number.end), let unit = words.cardinals[next.word], next.kind == .word, unit > 0, unit < 10 {
            number.value += unit
            number.end += 1
        }
        while let next = token(number.end), next.kind == .word, let factor = words.scales[next.word] {
            number = scaled(number, by: factor, end: number.end + 1)
            var rest = number.end
            if let and = token(rest), and.word == words.and { rest += 1 }
            if factor >= 100, let more = cardinalBelowHundred(at: rest), more.value > 0, more.value < factor {
                // "two hundred and fifty", but not "a hundred and two cards" of another kind: there is no telling, and it is rare
                number.value += more.value
                number.slack = 0.5
                number.end = more.end
            }
        }
        return number
    }

    private func cardinalBelowHundred(at index: Int) -> WrittenNumber? {
        guard let first = token(index), first.kind == .word, let value = words.cardinals[first.word] else { return nil }
        var number = WrittenNumber(value: value, slack: 0.5, end: index + 1)
        if value >= 20, let next = token(number.end), next.kind == .word, let unit = words.cardinals[next.word], unit > 0, unit < 10 {
            number.value += unit
            number.end += 1
        }
        return number
    }

    /// "a hundred", "a dozen", "a third", "a full quarter", "a half"
    private func article(at index: Int) -> WrittenNumber? {
        guard let next = token(index + 1), next.kind == .word else { return nil }
        if let factor = words.scales[next.word] {
            return scales(behind: WrittenNumber(value: factor, slack: 0.05 * factor, end: index + 2, isScaled: true))
        }
        if let bottom = words.fractions[next.word] { return fraction(of: bottom, end: index + 2) }
        if let after = token(index + 2), after.kind == .word, let bottom = words.fractions[after.word], after.word != words.half,
            !words.roles(of: next.word).contains(.function), !words.roles(of: next.word).contains(.rank),
            next.flags.isDisjoint(with: .afterHyphen)
        {
            guard let behind = token(index + 3), behind.kind == .word, words.roles(of: behind.word).contains(.share) else { return nil }
            return WrittenNumber(value: 1 / bottom, slack: 0.005, end: index + 3, isInteger: false, isFraction: true)
        }
        return nil
    }

    /// "a third" is a share if what follows compares or the clause ends, and a place in a row otherwise ("a third option").
    private func fraction(of bottom: Double, end: Int) -> WrittenNumber? {
        let number = WrittenNumber(value: 1 / bottom, slack: 0.005, end: end, isInteger: false, isFraction: true)
        if bottom == 2 { return number }
        guard let next = token(end) else { return number }
        switch next.kind {
        case .stop, .pause: return number
        case .word:
            let roles = words.roles(of: next.word)
            guard roles.contains(.share) || roles.contains(.function), !next.flags.contains(.afterHyphen) else { return nil }
            // "a quarter of 2024"
            if next.word == words.of, let year = token(end + 1), year.kind == .number, isYear(end + 1) { return nil }
            return number
        default: return nil
        }
    }

    private func half(at index: Int) -> WrittenNumber? {
        // "half a million"
        if let article = token(index + 1), words.a.contains(article.word), let scale = token(index + 2), scale.kind == .word,
            let factor = words.scales[scale.word]
        {
            return WrittenNumber(value: factor / 2, slack: factor / 40, end: index + 3, isScaled: true)
        }
        if let next = token(index + 1), next.kind == .word, let factor = words.scales[next.word] {
            return WrittenNumber(value: factor / 2, slack: factor / 40, end: index + 2, isScaled: true)
        }
        return WrittenNumber(value: 0.5, slack: 0.005, end: index + 1, isInteger: false, isFraction: true)
    }

    /// Four digits that are more likely a year than anything else.
    func isYear(_ index: Int) -> Bool {
        guard let token = token(index), token.kind == .number, token.end - token.start == 4,
            let number = plainDigits(at: index), number.isInteger
        else { return false }
        return (1900...2049).contains(number.value)
    }
}

extension TokenizedText {
    func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { text.bytes[range] }
}
