/// Finds quantities that were typed into prose instead of being a reference to a fact.
///
/// Names may hold digits ("RTX 4090", "Qwen2-7B"), and so may years and bit labels ("4-bit", "INT4"); every other figure and every quantity word is a finding.
struct LiteralQuantity {
    /// Names with a word that would otherwise be a finding, in small letters: the words behind the first, by the first; longest first.
    private let names: [Substring: [[Substring]]]

    init(names: [String]) {
        let split = names.map { $0.lowercased().split(separator: " ") }
            .filter { $0.contains { ($0.utf8.first.map(isDigit) ?? false) || Self.amounts.contains(String($0)) } }
        self.names = Dictionary(grouping: split, by: \.[0]).mapValues { group in
            group.map { Array($0.dropFirst()) }.sorted { $0.count > $1.count }
        }
    }

    /// The first literal quantity in `text`, or nil.
    func first(in text: String) -> String? {
        let words = text.unicodeScalars.split { $0 == "/" || $0.properties.isWhitespace }.map { Substring($0).trimmedPunctuation }
        let small = words.map { Substring($0.lowercased()).withoutPossessive }
        var index = 0
        while index < words.count {
            if let length = nameLength(in: small[index...]) {
                index += length
                continue
            }
            let next = index + 1 < small.count ? small[index + 1] : ""
            if isQuantity(words[index], small[index], before: next, after: index > 0 ? small[index - 1] : "") {
                return String(words[index])
            }
            index += 1
        }
        return nil
    }

    /// How many words the name that begins here has.
    private func nameLength(in words: ArraySlice<Substring>) -> Int? {
        guard let first = words.first, let candidates = names[first] else { return nil }
        let rest = words.dropFirst()
        return candidates.first { rest.starts(with: $0) }.map { $0.count + 1 }
    }

    private func isQuantity(_ word: Substring, _ small: Substring, before next: Substring, after previous: Substring) -> Bool {
        guard word.unicodeScalars.contains(where: { $0.value < 0x80 ? isDigit(UInt8($0.value)) : $0.properties.numericType != nil }) else {
            return isQuantityWord(String(small), before: String(next), after: String(previous))
        }
        if word.unicodeScalars.first?.properties.isAlphabetic == true { return false }
        return !word.split { $0 == "–" || $0 == "-" }.allSatisfy(isYear) && !isBitLabel(word) && !isModelSize(word)
    }

    private func isQuantityWord(_ word: String, before next: String, after previous: String) -> Bool {
        let parts = word.split(separator: "-").map(String.init)
        if parts.contains(where: Self.amounts.contains) || word.hasSuffix("fold") && word != "fold" && word.count > 4 && Self.isFold(word) {
            return true
        }
        if ["third", "quarter", "fifth", "tenth"].contains(word) {
            return ["one", "two", "three"].contains(previous) || previous == "a" && Self.comparisons.contains(next)
        }
        guard let last = parts.last, Self.numbers.contains(last) || parts.first.map(Self.numbers.contains) == true else { return false }
        return Self.units.contains(next) || parts.count > 1 && Self.units.contains(last)
    }

    private static let amounts: Set = [
        "half", "halves", "halve", "halved", "halving", "thirds", "quarters", "fifths", "tenths", "twice", "thrice", "double", "doubles",
        "doubled", "doubling", "triple", "triples", "tripled", "quadruple", "quadruples", "quadrupled", "percent", "dozen", "dozens",
        "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions", "trillion",
    ]
    /// What follows "a third" when it is a share, and not the reason behind the second.
    private static let comparisons: Set = ["", "of", "less", "more", "fewer", "smaller", "larger", "faster", "slower", "the", "as"]
    private static let numbers: Set = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "sixteen", "twenty",
        "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]
    private static let units: Set = [
        "bit", "bits", "byte", "bytes", "gigabyte", "gigabytes", "gigabytes'", "megabytes", "times", "points", "seconds", "minutes",
        "hours",
        "days", "weeks", "months", "years", "tokens", "degrees", "dollars", "watts", "gb", "gib", "mb", "mib", "per",
    ]

    private static func isFold(_ word: String) -> Bool {
        let stem = word.dropLast(4).filter { $0 != "-" }
        return numbers.contains(String(stem)) || ["many", "several"].contains(String(stem))
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
    fileprivate var trimmedPunctuation: Substring {
        let scalars = unicodeScalars
        guard let start = scalars.firstIndex(where: { !Self.marks.contains($0) }),
            let end = scalars.lastIndex(where: { !Self.marks.contains($0) && !".,;:!?…".unicodeScalars.contains($0) })
        else { return self[startIndex..<startIndex] }
        return start <= end ? Substring(scalars[start...end]) : self[startIndex..<startIndex]
    }

    private static let marks: Set<Unicode.Scalar> = Set("\"'()[]“”‘’—–".unicodeScalars)

    fileprivate var withoutPossessive: Substring {
        hasSuffix("'s") || hasSuffix("’s") ? dropLast(2) : self
    }
}
