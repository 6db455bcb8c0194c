/// A word, number or mark of a visible text. Quotation marks, brackets, hyphens and slashes are no tokens but flags of their neighbours.
struct Token: Sendable {
    /// In `VisibleText.bytes`.
    let start: Int32
    let end: Int32
    /// The lower-case word or the number in the lexicon; `Lexicon.unknown` if it is not there.
    let word: WordID
    let kind: Kind
    /// Of a mark or symbol its character: ASCII, or one of `Mark`.
    let mark: UInt8
    var flags: Flags

    var range: Range<Int> { Int(start)..<Int(end) }

    enum Kind: UInt8, Sendable {
        /// Begins with a letter, may hold digits, points, underscores: "llama.cpp", "INT4", "Q4_K_M".
        case word
        /// Begins with a digit, or with a point before one: "4", "1,024.5", "2.5.1"; a unit that is glued to it is a word of its own.
        case number
        /// What is not looked at: a code span, a URL, a formula.
        case object
        /// Comma, semicolon, colon, dash: separates clauses.
        case pause
        /// Full stop, exclamation mark, question mark.
        case stop
        /// Per cent sign, currency, operator.
        case symbol
    }

    struct Flags: OptionSet, Hashable, Sendable {
        let rawValue: UInt32
        /// First letter is upper case.
        static let capitalized = Flags(rawValue: 1 << 0)
        /// At least two letters, all upper case.
        static let allCapitals = Flags(rawValue: 1 << 1)
        /// No white space before it.
        static let glued = Flags(rawValue: 1 << 2)
        static let afterHyphen = Flags(rawValue: 1 << 3)
        static let afterSlash = Flags(rawValue: 1 << 4)
        /// Directly behind an opening bracket.
        static let opensBracket = Flags(rawValue: 1 << 5)
        static let inBrackets = Flags(rawValue: 1 << 6)
        /// Directly behind an opening quotation mark.
        static let opensQuote = Flags(rawValue: 1 << 7)
        static let inQuotes = Flags(rawValue: 1 << 8)
        static let startsSentence = Flags(rawValue: 1 << 9)
        /// Starts a sentence, or stands behind a pause or a word such as "and" or "but".
        static let startsClause = Flags(rawValue: 1 << 10)
        /// Last token of its sentence apart from the full stop.
        static let endsSentence = Flags(rawValue: 1 << 11)
        /// The letters hold a digit.
        static let holdsDigit = Flags(rawValue: 1 << 12)
        /// Neither in the lexicon nor a common word of the language.
        static let uncommon = Flags(rawValue: 1 << 13)
        /// A name that people are given.
        static let firstName = Flags(rawValue: 1 << 14)
        // What `kind` and `mark` say, for patterns that ask for it.
        static let word = Flags(rawValue: 1 << 15)
        static let number = Flags(rawValue: 1 << 16)
        static let object = Flags(rawValue: 1 << 17)
        static let pause = Flags(rawValue: 1 << 18)
        static let symbol = Flags(rawValue: 1 << 19)
        static let colon = Flags(rawValue: 1 << 20)
        static let question = Flags(rawValue: 1 << 21)
        static let exclamation = Flags(rawValue: 1 << 22)
        // Endings of words with at least two letters before them.
        static let endsInED = Flags(rawValue: 1 << 23)
        static let endsInING = Flags(rawValue: 1 << 24)
        static let endsInLY = Flags(rawValue: 1 << 25)
    }

    /// Marks that are not ASCII, as `mark` holds them.
    enum Mark {
        static let dash: UInt8 = 0x2D
        static let times: UInt8 = 0xD7
        static let degree: UInt8 = 0xB0
        static let plusMinus: UInt8 = 0xB1
        static let euro: UInt8 = 0x80
        static let pound: UInt8 = 0xA3
        static let other: UInt8 = 0xFF
    }
}

/// A sentence, or what stands for one in a heading, list item or cell.
struct Sentence: Sendable {
    /// In the tokens of the text.
    let tokens: Range<Int>
    /// Index of its block.
    let block: Int
}
