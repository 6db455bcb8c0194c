/// How the words around a figure say that it compares, and how exact it is.
extension ClaimReader {
    mutating func describe(_ claim: inout QuantityClaim, before index: Int) {
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

    func isJoined(_ first: Int, _ second: Int) -> Bool {
        if first == second { return text.tokens[second].flags.contains(.afterHyphen) }
        guard words.joins.longest(in: text, at: first, before: end)?.end == second else { return false }
        return word(first) != words.and || claims.last.map { roles($0.tokens.lowerBound - 1).contains(.between) } ?? false
    }

    func exactness(before index: Int) -> QuantityClaim.Exactness { approximation(before: index).exactness }

    /// "more than", "about" before a number, and where that begins.
    func approximation(before index: Int) -> (exactness: QuantityClaim.Exactness, start: Int) {
        var end = index
        if let token = token(end - 1), words.a.contains(token.word) || token.kind == .symbol && currency(token.mark) != nil { end -= 1 }
        for first in max(start, end - 4)..<max(start, end) {
            if let found = words.exactness.longest(in: text, at: first, before: end), found.end == end { return (found.value, first) }
        }
        return (.exact, index)
    }

    /// How the words around a claim say that it compares: first behind it, then the verb before it.
    func direction(of claim: QuantityClaim, before index: Int? = nil) -> (form: QuantityClaim.Form, sign: Int, isChange: Bool?) {
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

    func isSlow(_ index: Int) -> Bool { roles(index).contains(.less) && !roles(index).contains(.multiplied) }

    /// The nearest verb before a claim that says which way it goes.
    func verb(before index: Int) -> (form: QuantityClaim.Form, sign: Int, isChange: Bool?, distance: Int) {
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

    func isByWord(_ index: Int) -> Bool {
        let token = text.tokens[index]
        return token.end - token.start == 2 && text.bytes(token.range).first.map { $0 | 0x20 == UInt8(ascii: "b") } ?? false
    }

    /// Whether a time stands beside the claim: "half the time", "2.5 times as long".
    func isDuration(around tokens: Range<Int>) -> Bool {
        let behind = afterMarks(tokens.upperBound)
        if roles(behind).contains(.lasting) || roles(behind + 1).contains(.lasting) && roles(behind).contains(.multiplied) { return true }
        return (behind..<min(end, behind + 5)).contains { roles($0).contains(.duration) }
            || (max(start, tokens.lowerBound - 4)..<tokens.lowerBound).contains { roles($0).contains(.duration) }
    }

    /// Behind marks of notes such as "[7]".
    func afterMarks(_ index: Int) -> Int {
        var position = index
        while let token = token(position), token.kind == .number, token.flags.contains(.opensBracket) {
            position = bracketEnd(position) ?? end
        }
        return position
    }

    mutating func add(_ claim: QuantityClaim) { claims.append(claim) }
}
