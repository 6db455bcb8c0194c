/// Which words a sentence holds, and which the sentences before it.
struct SeenWords: Sendable {
    /// The sentence that last held each word of the lexicon.
    private var sentences: [Int32]
    private var sentence: Int32 = 0
    /// Words that count as this sentence's although they stand elsewhere.
    private var added: Set<WordID> = []

    /// How many sentences back a word is still remembered.
    private static let memory: Int32 = 3

    init(lexicon: Lexicon) { sentences = [Int32](repeating: -1000, count: lexicon.count) }

    func isHere(_ word: WordID) -> Bool { sentences[Int(word)] == sentence || !added.isEmpty && added.contains(word) }

    func isCarried(_ word: WordID) -> Bool { sentences[Int(word)] >= sentence - Self.memory }

    /// Goes on to the next sentence.
    mutating func read(_ tokens: ArraySlice<Token>, sentence: Int) {
        self.sentence = Int32(sentence)
        for token in tokens where token.kind == .word && token.word != Lexicon.unknown { sentences[Int(token.word)] = self.sentence }
    }

    mutating func add(_ tokens: ArraySlice<Token>) {
        for token in tokens where token.kind == .word && token.word != Lexicon.unknown { added.insert(token.word) }
    }
}
