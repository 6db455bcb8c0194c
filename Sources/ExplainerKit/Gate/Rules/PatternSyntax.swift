/// A pattern over the words of one sentence, as rules write it.
///
///     kl (divergence|distance|penalty)     words in any inflection; hyphens, quotation marks and brackets make no difference
///     =tested                              this form only
///     <person> ..4 <feels>                 classes of words or phrases, and a gap of at most four tokens (`..` is three)
///     always? validate                     what may be missing
///     ^ one day                            at the start of a sentence; `~` at the start of a clause; `$` its end
///     [ also                               at the start of a bracket
///     !not !(if|when)                      one token that is anything else; `*` one token of any kind
///     @firstname+!<word>                   one token that is all of these
///     meet {@firstname}                    a test of the token itself, see `TokenTest`; braces mark what is reported
///     ,                                    a comma, colon, semicolon or dash
indirect enum PatternSyntax: Hashable {
    case word(String)
    case exactWord(String)
    case wordClass(String)
    case test(TokenTest)
    case not(PatternSyntax)
    case both([PatternSyntax])
    case gap(Int)
    case sentenceStart, clauseStart, bracketStart, sentenceEnd
    case optional(PatternSyntax)
    case sequence([PatternSyntax])
    case choice([PatternSyntax])
    case marked(PatternSyntax)

    /// - Throws: what is wrong, in words.
    init(_ text: String) throws(PatternError) {
        var parser = PatternParser(text)
        self = try parser.wholePattern()
    }

    /// The words of a name, none of which means anything special.
    ///
    /// - Throws: if there is no word.
    init(literally name: String) throws(PatternError) {
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber || "._+'".contains($0)) }
        let tokens = words.flatMap(\.numberAndWord)
        guard !tokens.isEmpty else { throw PatternError(message: "\"\(name)\" holds no word") }
        self = .sequence(tokens.map { .exactWord(String($0)) })
    }
}

/// What one token may be asked, whatever word it is.
enum TokenTest: String, CaseIterable {
    case any = "*"
    case pause = ","
    case word = "@word"
    case number = "@number"
    case object = "@object"
    case symbol = "@symbol"
    case colon = "@colon"
    case question = "@question"
    case exclamation = "@exclamation"
    case capitalized = "@capitalized"
    case allCapitals = "@allcapitals"
    case uncommon = "@uncommon"
    case firstName = "@firstname"
    case holdsDigit = "@digit"
    case hyphenated = "@hyphenated"
    case bracketed = "@bracketed"
    case quoted = "@quoted"
    case inQuotes = "@inquotes"
    case past = "@ed"
    case gerund = "@ing"
    case adverb = "@ly"
}

/// Why a text is no pattern.
struct PatternError: Error, Equatable {
    let message: String
}

private struct PatternParser {
    private var pieces: ArraySlice<String>

    init(_ text: String) {
        var pieces: [String] = []
        var word = ""
        func isAlone(_ character: Character) -> Bool { "(|){}".contains(character) }
        for character in text {
            if character.isWhitespace || isAlone(character) {
                if !word.isEmpty { pieces.append(word) }
                word = ""
                if isAlone(character) { pieces.append(String(character)) }
            } else if character == "?", word.isEmpty, let last = pieces.last, last == ")" || last == "}" {
                pieces.append("?")
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { pieces.append(word) }
        self.pieces = pieces[...]
    }

    mutating func wholePattern() throws(PatternError) -> PatternSyntax {
        let pattern = try choice()
        if let rest = pieces.first { throw PatternError(message: "\"\(rest)\" closes nothing") }
        return pattern
    }

    private mutating func choice() throws(PatternError) -> PatternSyntax {
        var alternatives = [try sequence()]
        while pieces.first == "|" {
            pieces.removeFirst()
            alternatives.append(try sequence())
        }
        return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
    }

    private mutating func sequence() throws(PatternError) -> PatternSyntax {
        var items: [PatternSyntax] = []
        while let piece = pieces.first, piece != "|", piece != ")", piece != "}" {
            pieces.removeFirst()
            items.append(try item(piece))
        }
        if items.isEmpty { throw PatternError(message: "there are no words between the bars or brackets") }
        return items.count == 1 ? items[0] : .sequence(items)
    }

    private mutating func item(_ piece: String) throws(PatternError) -> PatternSyntax {
        if piece == "(" || piece == "{" {
            let inner = try choice()
            guard pieces.first == (piece == "(" ? ")" : "}") else { throw PatternError(message: "\"\(piece)\" is not closed") }
            pieces.removeFirst()
            let group = piece == "(" ? inner : .marked(inner)
            guard pieces.first == "?" else { return group }
            pieces.removeFirst()
            return .optional(group)
        }
        if piece == "!", pieces.first == "(" {
            pieces.removeFirst()
            return .not(try item("("))
        }
        if piece.count > 1, piece.hasSuffix("?") { return .optional(try atom(String(piece.dropLast()))) }
        return try atom(piece)
    }

    private func atom(_ piece: String) throws(PatternError) -> PatternSyntax {
        let parts = Self.conditions(of: piece)
        if parts.count > 1 {
            var items: [PatternSyntax] = []
            for part in parts { items.append(try atom(part)) }
            return .both(items)
        }
        switch piece {
        case "^": return .sentenceStart
        case "~": return .clauseStart
        case "[": return .bracketStart
        case "$": return .sentenceEnd
        case ":": return .test(.colon)
        case "..": return .gap(3)
        default: break
        }
        if let test = TokenTest(rawValue: piece) { return .test(test) }
        if piece.hasPrefix("@") {
            throw PatternError(message: unknown("test", piece, among: TokenTest.allCases.map(\.rawValue)))
        }
        if piece.hasPrefix("..") {
            guard let count = Int(piece.dropFirst(2)), (1...20).contains(count) else {
                throw PatternError(message: "\"\(piece)\" is no gap; write \"..\" or \"..1\" to \"..20\"")
            }
            return .gap(count)
        }
        if piece.hasPrefix("!"), piece.count > 1 { return .not(try atom(String(piece.dropFirst()))) }
        if piece.hasPrefix("<") {
            guard piece.hasSuffix(">"), piece.count > 2 else { throw PatternError(message: "\"\(piece)\" is no class; write \"<name>\"") }
            return .wordClass(String(piece.dropFirst().dropLast()))
        }
        let isExact = piece.hasPrefix("=") && piece.count > 1
        let words = Self.words(of: isExact ? String(piece.dropFirst()) : piece)
        let items = words.map { isExact ? PatternSyntax.exactWord($0) : .word($0) }
        guard let first = items.first, words.allSatisfy({ $0.contains { $0.isLetter || $0.isNumber } }) else {
            throw PatternError(message: "\"\(piece)\" is no word")
        }
        return items.count == 1 ? first : .sequence(items)
    }

    /// Parts a piece at each plus sign that a test, class or negation follows.
    private static func conditions(of piece: String) -> [String] {
        piece.split(separator: "+", omittingEmptySubsequences: false).reduce(into: []) { parts, part in
            let isCondition = part.first.map { "@<!".contains($0) } ?? false
            if isCondition || parts.isEmpty { parts.append(String(part)) } else { parts[parts.count - 1] += "+\(part)" }
        }
    }

    /// The tokens that a word becomes: parted at hyphens, and before "'s".
    private static func words(of piece: String) -> [String] {
        piece.lowercased().split(separator: "-").flatMap(\.numberAndWord).flatMap { part -> [String] in
            guard let mark = part.firstIndex(of: "'"), mark > part.startIndex, !part.hasSuffix("n't") else { return [String(part)] }
            return [String(part[..<mark])] + (part[mark...] == "'" ? [] : [String(part[mark...])])
        }
    }
}

extension Substring {
    /// Letters that follow a number are a word of their own: "13b" becomes "13" and "b".
    fileprivate var numberAndWord: [Substring] {
        guard first?.isNumber == true, let letter = firstIndex(where: { $0.isLetter }) else { return [self] }
        return [self[..<letter], self[letter...]]
    }
}
