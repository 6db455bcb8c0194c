import Testing

@testable import ExplainerKit

@Suite("Patterns over words")
struct PatternTests {
    @Test(
        "find what they describe",
        arguments: [
            ("kl divergence", "The KL divergence is small.", "KL divergence"),
            ("kl divergence", "the kl-divergences differ", "kl-divergences"),
            ("kl divergence", "the \"KL\" (divergence) of", "KL\" (divergence"),
            ("(kl|affine) map?", "an affine step", "affine"),
            ("validate", "It is being VALIDATED now.", "VALIDATED"),
            ("=validate", "validated or validate", "validate"),
            ("run", "they ran out", "ran"),
            ("13b model", "a 13B model", "13B model"), ("cut by 75", "cut by 75%", "cut by 75"),
            ("1024 =tokens", "1,024 tokens", "1,024 tokens"),
            ("test ..2 twice", "test it all twice", "test it all twice"),
            ("one-size-fits-all", "no one size fits all answer", "one size fits all"),
            ("^ one day", "One day it broke. No one day is alike.", "One day"),
            ("~ test", "We know the test, but test again", "test"),
            ("day $", "a day and a day.", "day"),
            ("day (off|$)", "a day off, a day.", "day off"),
            ("[ so called", "so called (so called) here", "so called"),
            ("meet {@firstname}", "Meet Priya today", "Priya"),
            ("!not here", "not here but is here", "is here"),
            ("!(not|never) here", "not here, never here but is here", "is here"),
            ("@firstname+@capitalized ran", "mark ran off, but Mark ran home", "Mark ran"),
            ("@firstname+!mark ran", "Mark ran, Priya ran", "Priya ran"),
            ("rtx 7090", "an RTX 7090 card", "RTX 7090"),
            ("llama 3.1", "Llama-3.1 and Llama 3", "Llama-3.1"),
            ("achilles' heel", "his Achilles' heel", "Achilles' heel"),
            ("model's <size>", "the model's footprint", "model's footprint"),
            ("<size> of it", "the whole thing of it", "whole thing of it"),
            ("no (size|..1 whole thing) here", "no such whole thing here", "no such whole thing here"),
            ("no (<size>|size at all)", "no whole thing", "no whole thing"), ("a (b c|d) e", "a b c e, a d e", "a d e"),
            ("a (b c|b) c d", "a b c c d", "a b c c d"), ("a {b c|d} e", "a b c e", "b c"),
        ]
    )
    func find(_ pattern: String, _ text: String, _ match: String) throws {
        let found = try matches(pattern, in: text)
        #expect(found.contains(match), "\(found)")
    }

    @Test(
        "find nothing where the words are apart",
        arguments: [
            ("kl divergence", "KL. Divergence is large."), ("kl divergence", "KL, divergence"), ("kl divergence", "divergence of KL"),
            ("=validate", "validated"), ("test ..1 twice", "test it all twice"), ("^ one day", "It broke one day."),
            ("!not here", "not here"), ("rtx 7090", "an RTX 4090 card"), ("75", "750 or 7.5"),
        ]
    )
    func miss(_ pattern: String, _ text: String) throws {
        #expect(try matches(pattern, in: text).isEmpty)
    }

    @Test(
        "say what is wrong with them",
        arguments: [
            ("(a|b", "\"(\" is not closed"), ("a)", "\")\" closes nothing"),
            ("a ..x", "\"..x\" is no gap; write \"..\" or \"..1\" to \"..20\""),
            ("(a|)", "there are no words between the bars or brackets"),
            ("@numbr", "unknown test \"@numbr\"; did you mean \"@number\"?"),
            ("<sise>", "unknown class \"<sise>\"; did you mean \"<size>\"?"),
            ("a?", "it would match nothing at all"), ("!(a b)", "\"!\" and \"+\" go with one word"), ("a --", "\"--\" is no word"),
        ]
    )
    func explain(_ pattern: String, _ message: String) {
        let error = #expect(throws: PatternError.self) { try matches(pattern, in: "a") }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    private func matches(_ pattern: String, in text: String) throws -> [String] {
        var lexicon = Lexicon(commonWords: "the\nof\none\nmark", firstNames: "priya\nmark")
        let grammar = Grammar(conjunctions: ["and", "but"], abbreviations: ["e.g"], lexicon: &lexicon)
        let compiler = PatternCompiler(lexicon: lexicon, inflection: Inflection(irregular: ["run": ["ran"]]))
        _ = compiler.define("size", as: [try PatternSyntax("footprint"), try PatternSyntax("whole thing")])
        _ = try compiler.add(PatternSyntax(pattern))
        let (set, complete) = compiler.finish()
        let tokens = TokenizedText(
            TextFormat.plain.visibleText(of: Array(text.utf8)), language: Language(lexicon: complete, grammar: grammar))
        var search = PatternSearch(set, in: tokens)
        var found: [PatternSet.Match] = []
        for sentence in tokens.sentences { search.findMatches(in: sentence, into: &found) }
        return found.map { String(decoding: tokens.source(of: $0.marked), as: UTF8.self) }
    }
}
