/// The tokens and sentences of a visible text.
///
/// A class, since all that look at a text share it.
final class TokenizedText: Sendable {
    let text: VisibleText
    let tokens: [Token]
    let sentences: [Sentence]

    init(_ text: VisibleText, language: Language) {
        var tokens: [Token] = []
        var sentences: [Sentence] = []
        tokens.reserveCapacity(text.bytes.count / 5)
        for (index, block) in text.blocks.enumerated() {
            var tokenizer = Tokenizer(bytes: text.bytes, language: language, from: block.range, tokens: tokens)
            tokens = []  // so that the tokenizer holds the only reference
            tokenizer.run()
            tokens = tokenizer.tokens
            for range in tokenizer.sentences { sentences.append(Sentence(tokens: range, block: index)) }
        }
        self.text = text
        self.tokens = tokens
        self.sentences = sentences
    }

    /// The visible characters of a token.
    func characters(of token: Token) -> ArraySlice<UInt8> { text.bytes[token.range] }
}

/// Reads one block.
private struct Tokenizer {
    let bytes: [UInt8]
    let lexicon: Lexicon
    let grammar: Grammar
    let end: Int
    var index: Int
    var tokens: [Token]
    var sentences: [Range<Int>] = []

    /// In tokens; what goes on for longer is no sentence, and checks that look around within one have to end.
    private static let longestSentence = 400

    private var sentenceStart: Int
    private var pending: Token.Flags = [.startsSentence, .startsClause, .glued]
    private var inBrackets = 0
    private var inQuotes = false
    private var afterStop = false

    init(bytes: [UInt8], language: Language, from range: Range<Int>, tokens: [Token]) {
        self.bytes = bytes
        lexicon = language.lexicon
        grammar = language.grammar
        self.tokens = tokens
        index = range.lowerBound
        end = range.upperBound
        sentenceStart = tokens.count
    }

    mutating func run() {
        while index < end {
            let byte = bytes[index]
            if isLetter(byte) {
                word()
            } else if isDigit(byte) || byte == UInt8(ascii: ".") && isDigitAt(index + 1) && !previousIsWord {
                number()
            } else if byte == 0x20 {
                index += 1
                pending.remove(.glued)
                if afterStop || tokens.count - sentenceStart >= Self.longestSentence { endSentence() }
            } else if byte < 0x80 {
                mark(byte)
            } else {
                character()
            }
        }
        endSentence()
    }

    // MARK: Tokens

    private mutating func add(from start: Int, word: WordID, kind: Token.Kind, mark: UInt8 = 0, _ flags: Token.Flags) {
        var all = flags.union(pending).union(Self.flags(of: kind, mark))
        if inBrackets > 0 { all.insert(.inBrackets) }
        if inQuotes { all.insert(.inQuotes) }
        tokens.append(Token(start: Int32(start), end: Int32(index), word: word, kind: kind, mark: mark, flags: all))
        pending = [.glued]
        if kind == .pause || kind == .word && grammar.conjunctions.contains(word) { pending.insert(.startsClause) }
        if kind != .stop { afterStop = false }
    }

    private static func flags(of kind: Token.Kind, _ mark: UInt8) -> Token.Flags {
        switch kind {
        case .word: .word
        case .number: .number
        case .object: .object
        case .pause: mark == UInt8(ascii: ":") ? [.pause, .colon] : .pause
        case .stop: mark == UInt8(ascii: "?") ? .question : mark == UInt8(ascii: "!") ? .exclamation : []
        case .symbol: .symbol
        }
    }

    private mutating func word() {
        let start = index
        var hash = WordHash()
        var flags: Token.Flags = isUpper(bytes[index]) ? .capitalized : []
        var hasLower = false
        while index < end {
            let byte = bytes[index]
            if isLetter(byte) {
                hasLower = hasLower || !isUpper(byte)
            } else if isDigit(byte) {
                flags.insert(.holdsDigit)
            } else if byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") {
                guard isLetterAt(index + 1) || isDigitAt(index + 1) else { break }
            } else if byte == UInt8(ascii: "'") {
                // "don't" is a word, "model's" two.
                guard isLetterAt(index + 1), isEither(bytes[index - 1], "n"), isEither(bytes[index + 1], "t") else { break }
            } else if byte >= 0x80, let count = letterCount(at: index) {
                hasLower = true
                for offset in 0..<count { hash.add(bytes[index + offset]) }
                index += count
                continue
            } else {
                break
            }
            hash.add(byte)
            index += 1
        }
        if flags.contains(.capitalized), !hasLower, index - start > 1 { flags.insert(.allCapitals) }
        let id = lexicon.id(ofHash: hash.value)
        let property = lexicon.property(ofHash: hash.value)
        if property == .firstName || property == .both { flags.insert(.firstName) }
        if id == Lexicon.unknown, property == nil || property == .firstName { flags.insert(.uncommon) }
        flags.formUnion(ending(of: start..<index))
        add(from: start, word: id, kind: .word, flags)
        if index < end, bytes[index] == UInt8(ascii: "'"), isLetterAt(index + 1) { contraction() }
    }

    /// What the last letters of a word say.
    private func ending(of range: Range<Int>) -> Token.Flags {
        guard range.count >= 4 else { return [] }
        func letter(_ fromEnd: Int) -> UInt8 { bytes[range.upperBound - fromEnd] | 0x20 }
        switch letter(1) {
        case UInt8(ascii: "d") where letter(2) == UInt8(ascii: "e"): return .endsInED
        case UInt8(ascii: "y") where letter(2) == UInt8(ascii: "l"): return .endsInLY
        case UInt8(ascii: "g") where letter(2) == UInt8(ascii: "n") && letter(3) == UInt8(ascii: "i") && range.count >= 5: return .endsInING
        default: return []
        }
    }

    /// "'s", "'re", "'ll" behind a word.
    private mutating func contraction() {
        let start = index
        var hash = WordHash()
        repeat {
            hash.add(bytes[index])
            index += 1
        } while index < end && isLetter(bytes[index])
        add(from: start, word: lexicon.id(ofHash: hash.value), kind: .word, [])
    }

    private mutating func number() {
        let start = index
        var hash = WordHash()
        hash.add(bytes[index])
        index += 1
        while index < end {
            let byte = bytes[index]
            if isDigit(byte) || byte == UInt8(ascii: ".") && isDigitAt(index + 1) {
                hash.add(byte)
                index += 1
            } else if byte == UInt8(ascii: ","), isThousandsGroup(at: index + 1) {
                for digit in bytes[index + 1...index + 3] { hash.add(digit) }
                index += 4
            } else {
                break
            }
        }
        add(from: start, word: lexicon.id(ofHash: hash.value), kind: .number, .holdsDigit)
    }

    private mutating func mark(_ byte: UInt8) {
        let start = index
        index += 1
        switch byte {
        case UInt8(ascii: "\""):
            if inQuotes {
                inQuotes = false
            } else {
                inQuotes = true
                pending.insert(.opensQuote)
            }
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
            inBrackets += 1
            pending.insert(.opensBracket)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): inBrackets = max(0, inBrackets - 1)
        case UInt8(ascii: "-"):
            let isDouble = index < end && bytes[index] == byte
            let isSpaced = !pending.contains(.glued) && (index >= end || bytes[index] == 0x20)
            if isDouble { index += 1 }
            if isDouble || isSpaced {
                add(from: start, word: 0, kind: .pause, mark: Token.Mark.dash, [])
            } else {
                pending.insert(.afterHyphen)
            }
        case UInt8(ascii: "/"): pending.insert(.afterSlash)
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): add(from: start, word: 0, kind: .pause, mark: byte, [])
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
            let endsSentence = byte != UInt8(ascii: ".") || !isAbbreviated
            add(from: start, word: 0, kind: .stop, mark: byte, [])
            afterStop = endsSentence
        case UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "\\"): break
        default: add(from: start, word: 0, kind: .symbol, mark: byte, [])
        }
    }

    /// A character beyond ASCII: a letter, or a mark.
    private mutating func character() {
        if letterCount(at: index) != nil { return word() }
        let start = index
        let (scalar, count) = decodeScalar(bytes, at: index)
        index += count
        switch scalar {
        case "\u{FFFC}": add(from: start, word: 0, kind: .object, [])
        case "–" where !isSpace(at: index) && pending.contains(.glued): pending.insert(.afterHyphen)
        case "–", "—", "―", "•", "·": add(from: start, word: 0, kind: .pause, mark: Token.Mark.dash, [])
        case "…":
            add(from: start, word: 0, kind: .stop, mark: UInt8(ascii: "."), [])
            afterStop = true
        case "×": add(from: start, word: 0, kind: .symbol, mark: Token.Mark.times, [])
        case "°": add(from: start, word: 0, kind: .symbol, mark: Token.Mark.degree, [])
        case "±": add(from: start, word: 0, kind: .symbol, mark: Token.Mark.plusMinus, [])
        case "€": add(from: start, word: 0, kind: .symbol, mark: Token.Mark.euro, [])
        case "£": add(from: start, word: 0, kind: .symbol, mark: Token.Mark.pound, [])
        case "≈": add(from: start, word: 0, kind: .symbol, mark: UInt8(ascii: "~"), [])
        case "≤": add(from: start, word: 0, kind: .symbol, mark: UInt8(ascii: "<"), [])
        case "≥": add(from: start, word: 0, kind: .symbol, mark: UInt8(ascii: ">"), [])
        default: add(from: start, word: 0, kind: .symbol, mark: Token.Mark.other, [])
        }
    }

    // MARK: Sentences

    private mutating func endSentence() {
        afterStop = false
        guard tokens.count > sentenceStart else { return }
        sentences.append(sentenceStart..<tokens.count)
        if let last = tokens[sentenceStart...].lastIndex(where: { $0.kind != .stop }) { tokens[last].flags.insert(.endsSentence) }
        sentenceStart = tokens.count
        pending.formUnion([.startsSentence, .startsClause])
    }

    /// Whether the full stop that is being read belongs to the word before it.
    private var isAbbreviated: Bool {
        guard let last = tokens.last, tokens.count > sentenceStart, last.kind == .word, Int(last.end) == index - 1 else { return false }
        let isInitial = last.end - last.start == 1 && last.flags.contains(.capitalized)
        return isInitial || grammar.abbreviations.contains(last.word)
    }

    private var previousIsWord: Bool { pending.contains(.glued) && tokens.last?.kind == .word }

    // MARK: Characters

    private func isLetterAt(_ index: Int) -> Bool {
        index < end && (isLetter(bytes[index]) || bytes[index] >= 0x80 && letterCount(at: index) != nil)
    }
    private func isDigitAt(_ index: Int) -> Bool { index < end && isDigit(bytes[index]) }
    private func isSpace(at index: Int) -> Bool { index >= end || bytes[index] == 0x20 }
    private func isEither(_ byte: UInt8, _ letter: Unicode.Scalar) -> Bool { byte | 0x20 == UInt8(ascii: letter) }

    /// Exactly three digits, as behind the comma of "1,024".
    private func isThousandsGroup(at index: Int) -> Bool {
        index + 3 <= end && bytes[index..<index + 3].allSatisfy(isDigit) && !isDigitAt(index + 3)
    }

    /// How many bytes the letter beyond ASCII takes that stands at `index`.
    private func letterCount(at index: Int) -> Int? {
        guard bytes[index] >= 0x80 else { return nil }
        let (scalar, count) = decodeScalar(bytes, at: index)
        return scalar.properties.isAlphabetic ? count : nil
    }
}
