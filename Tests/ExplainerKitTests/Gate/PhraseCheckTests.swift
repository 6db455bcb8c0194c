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

    @Test("count in no sentence that the next one takes back")
    func correctedBehind() throws {
        #expect(try findings(["lossless"], in: "Some say that it is lossless. It is not.", behind: "^ it is not $") == [])
        #expect(try findings(["lossless"], in: "It is lossless. It is not slow.", behind: "^ it is not $") == ["lossless"])
        #expect(try findings(["lossless"], in: "It is lossless. It is fast. It is not.", behind: "^ it is not $") == ["lossless"])
        #expect(try findings(["lossless"], in: "It is not. It is lossless.", behind: "^ it is not $") == ["lossless"])
    }

    @Test("count in no sentence that the one before announces as wrong")
    func correctedBefore() throws {
        #expect(try findings(["lossless"], in: "A myth follows. It is lossless.", before: "myth") == [])
        #expect(try findings(["lossless"], in: "A myth follows. It is old. It is lossless.", before: "myth") == ["lossless"])
        #expect(try findings(["lossless"], in: "It is lossless. A myth follows.", before: "myth") == ["lossless"])
    }

    @Test("count in a report unless the next sentence contests it")
    func contestedBehind() throws {
        func reported(_ text: String) throws -> [String] { try findings(["lossless"], in: text, reported: "say", contested: "wrong") }
        #expect(try reported("They say that it is lossless. Tests prove them wrong.") == [])
        #expect(try reported("They say that it is lossless. Tests prove them right.") == ["lossless"])
        #expect(try reported("It is lossless. Tests prove others wrong.") == ["lossless"])
    }

    @Test("may begin with the same pattern")
    func sameBeginning() throws {
        #expect(try findings(["qlora", "fast"], ["qlora", "new"], in: "QLoRA is new.") == ["QLoRA is new"])
    }

    /// What a rule of one cue finds in a text.
    private func findings(
        _ ways: [String]..., in text: String, unless: String? = nil, before: String? = nil, behind: String? = nil, reported: String? = nil,
        contested: String? = nil
    ) throws -> [String] {
        var lexicon = Lexicon(commonWords: "", firstNames: "")
        let grammar = Grammar(conjunctions: ["and"], abbreviations: [], lexicon: &lexicon)
        let compiler = PatternCompiler(lexicon: lexicon, inflection: Inflection(irregular: [:]))
        var find: [PatternID: [PhraseRule.Parts]] = [:]
        for way in ways {
            var parts: [PatternID] = []
            for pattern in way { parts.append(try compiler.add(PatternSyntax(pattern))) }
            find[parts[0], default: []].append(Array(parts.dropFirst()))
        }
        func patterns(_ pattern: String?) throws -> PatternIDSet {
            try pattern.map { [try compiler.add(PatternSyntax($0), for: .judging)] } ?? []
        }
        let denials = try patterns(unless)
        let announcements = try before.map { [try compiler.add(PatternSyntax($0))] } ?? []
        let corrections = PhraseRule.Corrections(
            before: PatternIDSet(announcements), behind: try patterns(behind), reports: try patterns(reported),
            behindReports: try patterns(contested))
        let (compiled, complete) = compiler.finish()
        let rule = Rule(
            id: "a", severity: .error, title: "", rationale: "", message: "", help: "", bad: [], good: [],
            origin: Origin(file: "a.yaml", line: 1))
        let cue = PhraseRule.Cue(find: find, with: [], unless: [], message: nil, help: nil, replacement: nil, fact: nil)
        let check = PhraseCheck(
            rules: [
                PhraseRule(
                    rule: rule, cues: [cue], exceptions: [], unless: denials, explanations: [], explanationsBehind: [],
                    corrections: corrections, known: [:])
            ], patterns: compiled)
        let bytes = Array(text.utf8)
        let tokens = TokenizedText(
            TextFormat.plain.visibleText(of: bytes), language: Language(lexicon: complete, grammar: grammar))
        return check.findings(in: tokens, audience: nil).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }
}
