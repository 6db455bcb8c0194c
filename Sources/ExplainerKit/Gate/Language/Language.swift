/// What reading a text needs to know about its language: the words that rules speak of, and those that end no sentence.
struct Language: Sendable {
    let lexicon: Lexicon
    let grammar: Grammar
}
