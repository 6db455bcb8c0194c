/// Finds quantities that were typed into prose instead of being a reference to a fact.
///
/// Names may hold digits ("RTX 4090", "Qwen2-7B"), and so may years and bit labels ("4-bit", "INT4"); every other figure and every quantity word is a finding.
struct LiteralQuantity {
    /// Names with a word that would otherwise be a finding, as lists of words; longest first.
    private let names: [[Substring]]

    init(names: [String]) {
        self.names = names.map { $0.lowercased().split(separator: " ") }
            .filter { $0.contains { ($0.utf8.first.map(isDigit) ?? false) || Self.amounts.contains(String($0)) } }
            .sorted { $0.count > $1.count }
    }

    /// The first literal quantity in `text`, or nil.
    func first(in text: String) -> String? {
        let words = text.split { $0.isWhitespace || $0 == "/" }.map { $0.trimmedPunctuation }
        var index = 0
        while index < words.count {
            if let length = nameLength(in: words[index...]) {
                index += length
                continue
            }
            if isQuantity(words[index], before: index + 1 < words.count ? words[index + 1] : "", after: index > 0 ? words[index - 1] : "") {
                return String(words[index])
            }
            index += 1
        }
        return nil
    }

    /// How many words the name that begins here has.
    private func nameLength(in words: ArraySlice<Substring>) -> Int? {
        names.first { name in
            words.count >= name.count && zip(words, name).allSatisfy { $0.lowercased() == $1 || $0.withoutPossessive.lowercased() == $1 }
        }?.count
    }

    private func isQuantity(_ word: Substring, before next: Substring, after previous: Substring) -> Bool {
        guard word.utf8.contains(where: { $0 < 0x80 && isDigit($0) }) || word.contains(where: \.isNumber) else {
            return isQuantityWord(word.lowercased(), before: next.lowercased(), after: previous.lowercased())
        }
        if word.first?.isLetter == true { return false }
        return !word.split { $0 == "–" || $0 == "-" }.allSatisfy(isYear) && !isBitLabel(word) && !isModelSize(word)
    }

    private func isQuantityWord(_ word: String, before next: String, after previous: String) -> Bool {
        let parts = word.split(separator: "-").map(String.init)
        if parts.contains(where: Self.amounts.contains) || word.hasSuffix("fold") && word != "fold" && word.count > 4 && Self.isFold(word) {
            return true
        }
        if ["third", "quarter", "fifth", "tenth"].contains(word) { return ["a", "one", "two", "three"].contains(previous) }
        guard let last = parts.last, Self.numbers.contains(last) || parts.first.map(Self.numbers.contains) == true else { return false }
        return Self.units.contains(next) || parts.count > 1 && Self.units.contains(last)
    }

    private static let amounts: Set = [
        "half", "halves", "halve", "halved", "halving", "thirds", "quarters", "fifths", "tenths", "twice", "thrice", "double", "doubles",
        "doubled", "doubling", "triple", "triples", "tripled", "quadruple", "quadruples", "quadrupled", "percent", "dozen", "dozens",
        "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions", "trillion",
    ]
    private static let numbers: Set = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "sixteen", "twenty",
        "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]
    private static let units: Set = [
        "bit", "bits", "byte", "bytes", "gigabyte", "gigabytes", "gigabytes'", "megabytes", "times", "points", "seconds", "minutes", "hours",
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
        var rest = self
        while let last = rest.last, ".,;:!?\"'()[]“”‘’…—–".contains(last) { rest.removeLast() }
        while let first = rest.first, "\"'()[]“”‘’—–".contains(first) { rest.removeFirst() }
        return rest
    }

    fileprivate var withoutPossessive: Substring {
        hasSuffix("'s") || hasSuffix("’s") ? dropLast(2) : self
    }
}
