/// Numbers that claim nothing: marks, dates, versions, parts of names.
extension ClaimReader {
    /// Where to go on behind a number that is a mark, a date, a version or part of a name; nil if it is none of these.
    func markEnd(_ number: WrittenNumber, at index: Int) -> Int? {
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
    func isDeviceWord(_ index: Int) -> Bool {
        isDevice(index) || words.units.longest(in: text, at: index, before: index + 1)?.value.dimension == .gpu
    }

    func isDevice(_ index: Int) -> Bool { index >= start && index < end && isDevice[index - start] }

    /// A hyphen or nothing ties the number to the word before it: "GPT-4", "Phi-3".
    func isGluedName(_ index: Int) -> Bool {
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

    func hasHardUnitAt(_ index: Int) -> Bool { numbers.number(at: index).map(hasHardUnit) ?? false }

    /// Behind everything that hangs on a name: "-7B-Instruct".
    func nameEnd(_ index: Int) -> Int {
        var index = index + 1
        while let next = token(index), next.flags.contains(.glued), next.kind == .word || next.kind == .number { index += 1 }
        return index
    }

    /// The number of a list item or heading.
    func isNumbering(_ index: Int, _ number: WrittenNumber) -> Bool {
        guard index == start, let next = token(index + 1) else { return index == start && end - start == 1 && startsBlock }
        if next.kind == .stop, next.flags.contains(.glued) { return true }
        guard startsBlock, number.value < 100, next.kind == .word, next.flags.contains(.capitalized), !next.flags.contains(.glued) else {
            return false
        }
        return !hasHardUnit(number)
    }

    /// "+49 30 901820"
    func telephoneEnd(_ index: Int) -> Int? {
        guard let plus = token(index - 1), plus.kind == .symbol, plus.mark == UInt8(ascii: "+"), text.tokens[index].flags.contains(.glued),
            token(index + 1)?.kind == .number
        else { return nil }
        var end = index + 1
        while token(end)?.kind == .number { end += 1 }
        return end
    }

    /// "(3)", "[1, 2]"
    func bracketEnd(_ index: Int) -> Int? {
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
    func clockOrColon(_ index: Int) -> Int? {
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
    func dateEnd(_ index: Int, _ number: WrittenNumber) -> Int? {
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
    func isLabelled(_ index: Int) -> Bool {
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
    func followsName(_ index: Int) -> Bool {
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

    func hasInnerCapital(_ token: Token) -> Bool {
        let isPlural = token.flags.contains(.allCapitals)
        return !isPlural && text.characters(of: token).dropFirst().contains { (0x41...0x5A).contains($0) }
    }

    /// Letters that are no unit hang on it: "80386DX", "12ab".
    func isUnknownName(_ number: WrittenNumber) -> Bool {
        guard let next = token(number.end), next.kind == .word, next.flags.contains(.glued), !next.flags.contains(.afterHyphen),
            !next.flags.contains(.afterSlash), !number.isScaled
        else { return false }
        if next.flags.contains(.opensBracket) || next.flags.contains(.opensQuote) { return false }
        return words.units.longest(in: text, at: number.end, before: end) == nil && !roles(number.end).contains(.size)
            && words.suffixes[next.word] == nil
    }
}
