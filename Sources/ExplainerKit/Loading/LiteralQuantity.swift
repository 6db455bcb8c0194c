/// Finds quantities that were typed into prose instead of being a reference to a fact.
///
/// Names may hold digits ("RTX 4090", "Qwen2-7B"), and so may years and bit labels ("4-bit", "INT4"); every other figure and every quantity word is a finding.
struct LiteralQuantity {
    /// Names with a word that would otherwise be a finding, in small letters: the words behind the first, by the first; longest first.
    private let names: [Substring: [[Substring]]]

    init(names: [String]) {
        let split = names.map { $0.lowercased().split(separator: " ") }
            .filter { $0.contains { ($0.utf8.first.map(isDigit) ?? false) || Self.amounts.contains($0) } }
        self.names = Dictionary(grouping: split, by: \.[0]).mapValues { group in
            group.map { Array($0.dropFirst()) }.sorted { $0.count > $1.count }
        }
    }

    /// The literal quantities in `text`, in their order.
    func all(in text: String) -> [String] {
        var found: [String] = []
        let words = text.unicodeScalars.split { $0 == "/" || $0.isBlank }.map { Substring($0).trimmedPunctuation }
        let small = words.map { Substring($0.lowercased()).withoutPossessive }
        var index = 0
        while index < words.count {
            if let length = nameLength(in: small[index...]) {
                index += length
                continue
            }
            let next = index + 1 < small.count ? small[index + 1] : ""
            if isQuantity(words[index], small[index], before: next, after: index > 0 ? small[index - 1] : "") {
                found.append(String(words[index]))
            }
            index += 1
        }
        return found
    }

    /// How many words the name that begins here has.
    private func nameLength(in words: ArraySlice<Substring>) -> Int? {
        guard let first = words.first, let candidates = names[first] else { return nil }
        let rest = words.dropFirst()
        return candidates.first { rest.starts(with: $0) }.map { $0.count + 1 }
    }

    private func isQuantity(_ word: Substring, _ small: Substring, before next: Substring, after previous: Substring) -> Bool {
        guard word.unicodeScalars.contains(where: { $0.value < 0x80 ? isDigit(UInt8($0.value)) : $0.properties.numericType != nil }) else {
            return isQuantityWord(small, before: next, after: previous)
        }
        // What begins with a letter is a name, unless a figure hangs on it: "saving-75%", "n=75".
        if word.unicodeScalars.first?.properties.isAlphabetic == true { return word.contains("%") || word.contains("=") }
        if word.split(whereSeparator: { $0 == "–" || $0 == "-" }).allSatisfy(isYear) { return Self.units.contains(next) }
        return !isBitLabel(word) && !isModelSize(word)
    }

    private func isQuantityWord(_ word: Substring, before next: Substring, after previous: Substring) -> Bool {
        let parts = word.utf8.contains(UInt8(ascii: "-")) ? word.split(separator: "-") : [word]
        if parts.count > 1, parts.dropFirst().contains(where: Self.fractions.contains), Self.numbers.contains(parts[0]) { return true }
        if parts.contains(where: Self.amounts.contains) || word.hasSuffix("fold") && Self.isFold(word) { return true }
        if Self.fractions.contains(word) {
            return ["one", "two", "three"].contains(previous) || previous == "a" && Self.comparisons.contains(next)
        }
        guard let last = parts.last, Self.numbers.contains(last) || parts.first.map(Self.numbers.contains) == true else { return false }
        return Self.units.contains(next) || parts.count > 1 && Self.units.contains(last)
    }

    private static let fractions: Set<Substring> = ["third", "quarter", "fifth", "sixth", "eighth", "tenth", "hundredth", "thousandth"]
    private static let amounts: Set<Substring> = [
        "half", "halves", "halve", "halved", "halving", "thirds", "quarters", "fifths", "tenths", "twice", "thrice", "double", "doubles",
        "doubled", "doubling", "triple", "triples", "tripled", "quadruple", "quadruples", "quadrupled", "percent", "dozen", "dozens",
        "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions", "trillion",
    ]
    /// What follows "a third" when it is a share, and not the reason behind the second.
    private static let comparisons: Set<Substring> = [
        "", "of", "less", "more", "fewer", "smaller", "larger", "faster", "slower", "the", "as",
    ]
    static let numbers: Set<Substring> = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "several",
        "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]
    private static let units: Set<Substring> = [
        "bit", "bits", "byte", "bytes", "gigabyte", "gigabytes", "gigabytes'", "megabytes", "times", "points", "seconds", "minutes",
        "hours",
        "days", "weeks", "months", "years", "tokens", "degrees", "dollars", "watts", "gb", "gib", "mb", "mib", "per",
    ]

    /// "tenfold", "ten-fold", "manyfold".
    private static func isFold(_ word: Substring) -> Bool {
        let stem = word.dropLast(word.hasSuffix("-fold") ? 5 : 4)
        return numbers.contains(stem) || ["many", "hundred", "thousand"].contains(stem)
    }

    private func isYear(_ part: Substring) -> Bool {
        let year = part.withoutPossessive
        return year.count == 4 && (Int(year).map { (1950...2099).contains($0) } ?? false)
    }

    /// "4-bit", "16-bit".
    private func isBitLabel(_ word: Substring) -> Bool {
        let parts = word.split(separator: "-", maxSplits: 1)
        return parts.count == 2 && parts[0].allSatisfy(\.isNumber) && (parts[1] == "bit" || parts[1].hasPrefix("bit-"))
    }

    /// "7B", "13B-class": the size by which a model is called.
    private func isModelSize(_ word: Substring) -> Bool {
        let size = (word.split(separator: "-").first ?? word).withoutPossessive
        return size.last == "B" && Decimal(String(size.dropLast())) != nil
    }
}

extension Substring {
    /// Without the marks around a word.
    fileprivate var trimmedPunctuation: Substring {
        let scalars = unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.isEnclosing }),
            let end = scalars.lastIndex(where: { !$0.isEnclosing && !$0.isPausing }), start <= end
        else { return self[startIndex..<startIndex] }
        return Substring(scalars[start...end])
    }

    fileprivate var withoutPossessive: Substring {
        hasSuffix("'s") || hasSuffix("’s") ? dropLast(2) : self
    }
}

extension Unicode.Scalar {
    /// Quotation marks, brackets and dashes.
    fileprivate var isEnclosing: Bool {
        switch self {
        case "\"", "'", "(", ")", "[", "]", "“", "”", "‘", "’", "–", "—": true
        default: false
        }
    }

    /// Marks at the end of a sentence or a part of it.
    fileprivate var isPausing: Bool {
        switch self {
        case ".", ",", ";", ":", "!", "?", "…": true
        default: false
        }
    }
}
