extension AddressRecognizer {
    /// The address around the `:`, `/`, `.` or `@` at `index`, for those who look for such marks instead of asking at every word.
    static func range(in bytes: [UInt8], around index: Int, within range: Range<Int>) -> Range<Int>? {
        let next = index + 1 < range.upperBound ? bytes[index + 1] : 0
        switch bytes[index] {
        case UInt8(ascii: ":"): guard next == UInt8(ascii: "/") || isLetter(next) || isDigit(next) else { return nil }
        case UInt8(ascii: "."):
            guard index - 3 >= range.lowerBound, bytes[index - 3..<index].allSatisfy({ $0 | 0x20 == UInt8(ascii: "w") }) else { return nil }
        default: break
        }
        var start = index
        let first = max(range.lowerBound, index - 64)
        while start > first, isNameByte(bytes[start - 1]) { start -= 1 }
        while start < index, !isLetter(bytes[start]), !isDigit(bytes[start]) { start += 1 }
        guard start < index, let end = end(in: bytes, at: start, before: range.upperBound), end > index else { return nil }
        return start..<end
    }
}
