import Testing

@testable import ExplainerKit

@Suite("Terms that a text explains")
struct ExplainedTermsTests {
    @Test(
        "are known in singular and plural, hyphenated or not, alone or as in the longer term",
        arguments: ["Hessians", "hessian matrix", "Hessian-matrix", "Hessian"]
    )
    func known(_ term: String) {
        let text = words("The Hessian matrix. \(term)")
        var explained = ExplainedTerms()
        explained.insert(1..<3, of: text)
        #expect(explained.contains(4..<text.tokens.count, of: text))
    }

    @Test("are not their parts with other words around them")
    func others() {
        let text = words("Hessian matrix, rotation matrix")
        var explained = ExplainedTerms()
        explained.insert(0..<2, of: text)
        #expect(!explained.contains(3..<5, of: text))
    }

    private func words(_ text: String) -> TokenizedText {
        var lexicon = Lexicon()
        let grammar = Grammar(conjunctions: [], abbreviations: [], lexicon: &lexicon)
        return TokenizedText(TextFormat.plain.visibleText(of: Array(text.utf8)), language: Language(lexicon: lexicon, grammar: grammar))
    }
}
