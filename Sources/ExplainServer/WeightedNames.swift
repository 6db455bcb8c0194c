/// The members of a field such as `gzip, br;q=0.5`, in small letters, each with its weight in thousandths.
///
/// Every browser sends two such fields with every request, so they are read as bytes and not as characters.
struct WeightedNames {
    let bytes: [UInt8]
    private var position = 0

    init(_ field: String) { bytes = field.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 } }

    /// The next member that has a name and a weight; those with a weight that is none are passed over.
    mutating func next() -> (name: Range<Int>, weight: Int)? {
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: UInt8(ascii: ",")) ?? bytes.count
            let member = position..<end
            position = end + 1
            let semicolon = bytes[member].firstIndex(of: UInt8(ascii: ";")) ?? member.upperBound
            let name = trimmed(member.lowerBound..<semicolon)
            if !name.isEmpty, let weight = weight(semicolon..<member.upperBound) { return (name, weight) }
        }
        return nil
    }

    /// Whether the bytes of a range are this word in small letters.
    func holds(_ range: Range<Int>, _ word: String) -> Bool { bytes[range].elementsEqual(word.utf8) }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        while start < end, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return start..<end
    }

    /// Of the parameters behind the first semicolon; 1000 where none is a weight, nil for a weight that is none.
    private func weight(_ parameters: Range<Int>) -> Int? {
        var start = parameters.lowerBound
        while start < parameters.upperBound {
            let end = bytes[(start + 1)..<parameters.upperBound].firstIndex(of: UInt8(ascii: ";")) ?? parameters.upperBound
            let part = trimmed(start + 1..<end)
            if part.count > 1, bytes[part.lowerBound] == UInt8(ascii: "q"), bytes[part.lowerBound + 1] == UInt8(ascii: "=") {
                return thousandths(part.dropFirst(2))
            }
            start = end
        }
        return 1000
    }

    /// RFC 9110 §12.4.2: from 0 to 1; decimals beyond the third do not count.
    private func thousandths(_ range: Range<Int>) -> Int? {
        guard let first = range.first, bytes[first] == 0x30 || bytes[first] == 0x31 else { return nil }
        var (value, unit) = (Int(bytes[first] - 0x30) * 1000, 100)
        for index in range.dropFirst() {
            if index == first + 1 {
                guard bytes[index] == UInt8(ascii: ".") else { return nil }
                continue
            }
            guard bytes[index] >= 0x30, bytes[index] <= 0x39 else { return nil }
            value += Int(bytes[index] - 0x30) * unit
            unit /= 10
        }
        return value <= 1000 ? value : nil
    }
}
