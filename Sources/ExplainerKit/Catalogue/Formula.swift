/// Plain arithmetic as derived facts state it: numbers, `+ - * /` and brackets.
package struct Formula: Sendable, Equatable {
    package let result: Double
    /// Every number that occurs, in order.
    package let numbers: [Double]

    /// Evaluates `text`; nil if it is not such an expression or divides by zero.
    package init?(_ text: String) {
        var parser = FormulaParser(rest: Array(text.utf8)[...])
        guard let result = parser.sum(), parser.isAtEnd, result.isFinite else { return nil }
        self.result = result
        numbers = parser.numbers
    }
}

/// Recursive descent: a sum of products of signed numbers and brackets.
private struct FormulaParser {
    var rest: ArraySlice<UInt8>
    var numbers: [Double] = []
    /// Open brackets; the limit keeps a hostile formula from exhausting the stack.
    var depth = 0

    var isAtEnd: Bool { rest.allSatisfy { $0 == UInt8(ascii: " ") } }

    mutating func sum() -> Double? {
        guard var total = product() else { return nil }
        while let sign = take("+-") {
            guard let next = product() else { return nil }
            total += sign == UInt8(ascii: "+") ? next : -next
        }
        return total
    }

    mutating func product() -> Double? {
        guard var total = factor() else { return nil }
        while let sign = take("*/") {
            guard let next = factor() else { return nil }
            total = sign == UInt8(ascii: "*") ? total * next : total / next
        }
        return total
    }

    mutating func factor() -> Double? {
        if take("(") != nil {
            depth += 1
            guard depth <= 32, let inner = sum(), take(")") != nil else { return nil }
            depth -= 1
            return inner
        }
        let sign = take("-") == nil ? 1.0 : -1.0
        skipBlanks()
        let digits = rest.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
        guard let number = Decimal(String(decoding: digits, as: UTF8.self))?.number else { return nil }
        rest.removeFirst(digits.count)
        numbers.append(number)
        return sign * number
    }

    mutating func skipBlanks() { rest = rest.drop { $0 == UInt8(ascii: " ") } }

    mutating func take(_ signs: StaticString) -> UInt8? {
        skipBlanks()
        guard let next = rest.first, "\(signs)".utf8.contains(next) else { return nil }
        rest.removeFirst()
        return next
    }
}
