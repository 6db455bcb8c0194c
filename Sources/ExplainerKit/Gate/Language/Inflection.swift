/// The regular forms of an English word, whatever part of speech it is, and the irregular ones that a list names.
struct Inflection: Sendable {
    /// Forms by base form: "run": ["ran", "running"].
    let irregular: [String: [String]]

    /// The word itself and its forms; some of them nobody uses, which does no harm.
    func forms(of word: String) -> [String] {
        guard word.utf8.count > 2, word.utf8.allSatisfy(isLetter) else { return [word] }
        var forms = [word] + (irregular[word] ?? [])
        let stem = word.dropLast()
        switch word.last {
        case "e": forms += [word + "s", word + "d", stem + "ing"]
        case "y" where !word.dropLast().hasVowelAtEnd: forms += [stem + "ies", stem + "ied", word + "ing"]
        case "s", "x", "z", "h": forms += [word + "es", word + "s", word + "ed", word + "ing"]
        default:
            forms += [word + "s", word + "ed", word + "ing"]
            if word.doublesLastLetter, let last = word.last { forms += ["\(word)\(last)ed", "\(word)\(last)ing"] }
        }
        return forms
    }
}

extension StringProtocol {
    fileprivate var hasVowelAtEnd: Bool { last.map { "aeiou".contains($0) } ?? false }

    /// Consonant, vowel, consonant: "drop" becomes "dropped".
    fileprivate var doublesLastLetter: Bool {
        let letters = Array(suffix(3))
        guard letters.count == 3 else { return false }
        let vowels = "aeiou"
        return !vowels.contains(letters[0]) && vowels.contains(letters[1]) && !vowels.contains(letters[2]) && !"wxy".contains(letters[2])
    }
}
