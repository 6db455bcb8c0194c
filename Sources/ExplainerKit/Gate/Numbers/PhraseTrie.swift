/// Values by word, found without hashing.
struct WordTable<Value: Sendable>: Sendable {
    private var values: [Value?] = []

    subscript(word: WordID) -> Value? {
        get { Int(word) < values.count ? values[Int(word)] : nil }
        set {
            if Int(word) >= values.count { values += Array(repeating: nil, count: Int(word) + 1 - values.count) }
            values[Int(word)] = newValue
        }
    }
}

/// Finds phrases among tokens: the longest one that begins at a token.
struct PhraseTrie<Value: Sendable>: Sendable {
    /// By node and token.
    private var edges = HashTable<Int32>()
    private var values: [Value?] = [nil]
    private var starts = WordTable<Bool>()
    /// Whether a phrase begins with a number or sign.
    private var startsWithOther = false

    /// A phrase that is there already keeps its first value.
    mutating func add(_ phrase: [TokenKey], _ value: Value) {
        guard let first = phrase.first else { return }
        if let word = first.word { starts[word] = true } else { startsWithOther = true }
        var node: Int32 = 0
        for key in phrase {
            let edge = key.hash(at: node)
            if let next = edges[edge] {
                node = next
            } else {
                values.append(nil)
                node = Int32(values.count - 1)
                edges[edge] = node
            }
        }
        values[Int(node)] = values[Int(node)] ?? value
    }

    /// Whether a phrase may begin with a token.
    func begins(with token: Token) -> Bool { token.kind == .word ? starts[token.word] == true : startsWithOther }

    /// The value of the longest phrase that begins at `index`, and where it ends.
    func longest(in text: TokenizedText, at index: Int, before end: Int) -> (value: Value, end: Int)? {
        guard index < end else { return nil }
        guard begins(with: text.tokens[index]) else { return nil }
        var node: Int32 = 0
        var best: (value: Value, end: Int)?
        for position in index..<end {
            guard let key = TokenKey(text, position), let next = edges[key.hash(at: node)] else { break }
            node = next
            if let value = values[Int(node)] { best = (value, position + 1) }
        }
        return best
    }
}

/// By what tokens are the same: words by their number, numbers and signs by what is written.
struct TokenKey: Hashable, Sendable {
    private let raw: UInt64

    private static let isNumber: UInt64 = 1 << 63
    private static let isSign: UInt64 = 1 << 62

    /// nil for a word that nobody knows, and for what ends every phrase.
    init?(_ text: TokenizedText, _ index: Int) {
        let token = text.tokens[index]
        switch token.kind {
        case .word where token.word != Lexicon.unknown: raw = UInt64(token.word)
        case .number: raw = WordHash(text.characters(of: token)).value | Self.isNumber
        case .symbol: raw = UInt64(token.mark) | Self.isSign
        default: return nil
        }
    }

    /// Tells it from any other at a node of a trie.
    func hash(at node: Int32) -> UInt64 {
        var hash = WordHash()
        hash.add(raw)
        hash.add(UInt64(node))
        return hash.value
    }

    var word: WordID? { raw < Self.isSign ? WordID(raw) : nil }
}

/// Reads phrases of the data, giving numbers to the words that have none.
struct PhraseReader {
    let grammar: Grammar

    /// The tokens of `phrase`; every word in it is in the lexicon then.
    func read(_ phrase: String, _ lexicon: inout Lexicon) -> TokenizedText {
        let visible = TextFormat.plain.visibleText(of: Array(phrase.utf8))
        let first = TokenizedText(visible, language: Language(lexicon: lexicon, grammar: grammar))
        let unknown = first.tokens.filter { $0.kind == .word && $0.word == Lexicon.unknown }
        if unknown.isEmpty { return first }
        for token in unknown { _ = lexicon.intern(String(decoding: first.characters(of: token), as: UTF8.self)) }
        return TokenizedText(visible, language: Language(lexicon: lexicon, grammar: grammar))
    }

    func keys(_ phrase: String, _ lexicon: inout Lexicon) -> [TokenKey] {
        let text = read(phrase, &lexicon)
        return text.tokens.indices.compactMap { TokenKey(text, $0) }
    }

    func trie<Value>(_ phrases: [(phrase: String, value: Value)], _ lexicon: inout Lexicon) -> PhraseTrie<Value> {
        var trie = PhraseTrie<Value>()
        for (phrase, value) in phrases { trie.add(keys(phrase, &lexicon), value) }
        return trie
    }
}
