/// A decimal number that keeps the digits it was written with: "1.10" stays "1.10".
///
/// Written by hand because Foundation's type drops trailing zeros, and the catalogue has to print a source's digits exactly.
package struct Decimal: Sendable, Equatable {
    package let text: String
    package let number: Double

    /// Accepts an optional minus sign, digits, and at most one point between digits.
    package init?(_ text: String) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }),
            let number = Double(text), number.isFinite
        else { return nil }
        self.text = text
        self.number = number
    }

    /// How many digits stand behind the point.
    package var places: Int {
        text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
    }

    /// Whether `exact` rounds to this number at the precision it is written with.
    package func isRounding(of exact: Double) -> Bool {
        var half = 0.5
        for _ in 0..<places { half /= 10 }
        return abs(exact - number) <= half + 1e-9
    }
}
