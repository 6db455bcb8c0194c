/// The members of a field such as `gzip, br;q=0.5`, each in small letters with its weight in thousandths; nil for a weight that is none.
struct WeightedNames: Sequence, IteratorProtocol {
    private var rest: Substring

    init(_ field: String) { rest = field[...] }

    mutating func next() -> (name: String, weight: Int?)? {
        while !rest.isEmpty {
            let member = rest.prefix { $0 != "," }
            rest = rest[member.endIndex...].dropFirst()
            let parts = member.split(separator: ";").map(\.trimmingBlanks)
            guard let name = parts.first, !name.isEmpty else { continue }
            let weight = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }
            return (name.lowercased(), weight.map { Self.thousandths($0.dropFirst(2)) } ?? 1000)
        }
        return nil
    }

    /// RFC 9110 §12.4.2: 0 or 1 with at most three decimals; nil for anything else.
    private static func thousandths(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0] == "0" || parts[0] == "1" else { return nil }
        let decimals = parts.count > 1 ? parts[1] : ""
        guard decimals.count <= 3, decimals.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        let value = (Int(parts[0]) ?? 0) * 1000 + (Int(decimals + String(repeating: "0", count: 3 - decimals.count)) ?? 0)
        return value <= 1000 ? value : nil
    }
}
