/// What a character counts as when words are compared.
enum Folding {
    enum Result: Equatable, Sendable {
        /// Soft hyphens, zero-width and other format characters, combining marks, and small digits above the line, which are footnote marks.
        case invisible
        case space
        /// UTF-8 of the plain characters that it stands for.
        case folded([UInt8])
        case itself
    }

    private static let table = FoldingTable(foldingTable)

    static func fold(_ scalar: Unicode.Scalar) -> Result {
        if scalar.value >= 0x80 { return table.result(of: scalar) }
        switch scalar.value {
        case 0x20, 0x09...0x0D: return .space
        case 0x21...0x7E: return .itself
        default: return .invisible
        }
    }
}

/// Every code point has a place in one of the pages, which hold 256 each; pages on which nothing folds are one.
private struct FoldingTable {
    private var pageOf = [UInt8](repeating: 0, count: 0x11_0000 >> 8)
    private var pages = [UInt16](repeating: 0, count: 256)
    /// The first are those that `Kind` names, then come the ASCII characters.
    private var results: [Folding.Result] = [.itself, .invisible, .space]
    private var places: [[UInt8]: UInt16] = [:]

    func result(of scalar: Unicode.Scalar) -> Folding.Result {
        let page = Int(pageOf[Int(scalar.value >> 8)])
        return results[Int(pages[page << 8 | Int(scalar.value & 0xFF)])]
    }

    /// - Parameter text: in the form that `foldingTable` describes
    init(_ text: String) {
        results += (0..<0x80).map { .folded([$0]) }
        var code = 0
        for word in Array(text.utf8).split(whereSeparator: { $0 <= 0x20 }) {
            let first = word.startIndex
            if word.count > 1, word[first] == UInt8(ascii: "="), let start = number(word.dropFirst(), base: 16) {
                code = start
            } else if word.count >= 3, let mark = mark(word.prefix(3)) {
                let count = word.count == 3 ? 1 : number(word.dropFirst(3), base: 10) ?? 1
                for _ in 0..<count { set(&code, mark) }
            } else if word.count == 3, word[first + 1] == UInt8(ascii: ">") {
                for byte in word[first]...word[first + 2] { set(&code, place(of: [byte])) }
            } else {
                set(&code, place(of: word))
            }
        }
        places = [:]
    }

    private mutating func set(_ code: inout Int, _ place: UInt16) {
        defer { code += 1 }
        guard place != 0 else { return }
        if pageOf[code >> 8] == 0 {
            pageOf[code >> 8] = UInt8(pages.count >> 8)
            pages += [UInt16](repeating: 0, count: 256)
        }
        pages[Int(pageOf[code >> 8]) << 8 | code & 0xFF] = place
    }

    private mutating func place(of text: ArraySlice<UInt8>) -> UInt16 {
        if text.count == 1, let byte = text.first { return UInt16(byte) + 3 }
        let text = Array(text)
        if let place = places[text] { return place }
        let place = UInt16(results.count)
        results.append(.folded(text))
        places[text] = place
        return place
    }
}

/// The place of `∅`, `␣` and `◦` in the results.
private func mark(_ bytes: ArraySlice<UInt8>) -> UInt16? {
    switch Array(bytes) {
    case Array("◦".utf8): 0
    case Array("∅".utf8): 1
    case Array("␣".utf8): 2
    default: nil
    }
}

private func number(_ digits: ArraySlice<UInt8>, base: Int) -> Int? {
    var value = 0
    for digit in digits {
        guard let digit = hexadecimalValue(of: digit), digit < base else { return nil }
        value = value * base + digit
    }
    return value
}

/// The value of a hexadecimal digit.
func hexadecimalValue(of byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
    default: nil
    }
}
