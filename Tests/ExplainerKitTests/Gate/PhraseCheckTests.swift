import Testing

@testable import ExplainerKit

/// What makes a finding of what patterns find.
@Suite("Cues") struct PhraseCheckTests {
    @Test("have all their parts in one sentence, within reach of each other, in any order")
    func parts() throws {
        #expect(try findings(["qlora", "faster"], in: "QLoRA trains faster.") == ["QLoRA trains faster"])
        #expect(try findings(["qlora", "faster"], in: "It is faster with QLoRA.") == ["faster with QLoRA"])
        #expect(try findings(["qlora", "faster"], in: "QLoRA trains. It is faster.") == [])
        let list = String(repeating: "and more ", count: 30)
        #expect(try findings(["qlora", "faster"], in: "QLoRA \(list) faster") == [])
        #expect(try findings(["qlora", "faster"], in: "faster \(list) faster QLoRA \(list) faster") == ["faster QLoRA"])
    }

    @Test("count in no sentence that takes them back")
    func unless() throws {
        #expect(try findings(["lossless"], in: "It is a myth that it is lossless. It is lossless.", unless: "myth") == ["lossless"])
    }

    @Test("may begin with the same pattern")
    func sameBeginning() throws {
        #expect(try findings(["qlora", "fast"], ["qlora", "new"], in: "QLoRA is new.") == ["QLoRA is new"])
    }

    /// What a rule of one cue finds in a text.
    private func findings(_ ways: [String]..., in text: String, unless: String? = nil) throws -> [String] {
        var lexicon = Lexicon(commonWords: "", firstNames: "")
        let grammar = Grammar(conjunctions: ["and"], abbreviations: [], lexicon: &lexicon)
        let compiler = PatternCompiler(lexicon: lexicon, inflection: Inflection(irregular: [:]))
        var find: [PatternID: [PhraseRule.Parts]] = [:]
        for way in ways {
            var parts: [PatternID] = []
            for pattern in way { parts.append(try compiler.add(PatternSyntax(pattern))) }
            find[parts[0], default: []].append(Array(parts.dropFirst()))
        }
        let denials = try unless.map { [try compiler.add(PatternSyntax($0))] } ?? []
        let (patterns, complete) = compiler.finish()
        let rule = Rule(
            id: "a", severity: .error, title: "", rationale: "", message: "", help: "", bad: [], good: [],
            origin: Origin(file: "a.yaml", line: 1))
        let cue = PhraseRule.Cue(find: find, with: [], unless: [], message: nil, help: nil, replacement: nil, fact: nil)
        let check = PhraseCheck(
            rules: [
                PhraseRule(
                    rule: rule, cues: [cue], exceptions: [], unless: Set(denials), explanations: [], explanationsBehind: [], known: [:])
            ], patterns: patterns)
        let bytes = Array(text.utf8)
        let tokens = TokenizedText(
            TextFormat.plain.visibleText(of: bytes), language: Language(lexicon: complete, grammar: grammar))
        return check.findings(in: tokens, audience: nil).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }
}
