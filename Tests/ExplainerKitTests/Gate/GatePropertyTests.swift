import ExplainerKit
import TestSupport
import Testing

/// What holds for every text, shown with the samples that the rules were written with.
@Suite("Properties of the style gate")
struct GatePropertyTests {
    private static let gate = (try? Snapshot(ShippedConfig.files(), judging: .rules).topics[0].gate)
    private let gate: Gate
    private let samples: [TestSupport.Sample]

    init() throws {
        gate = try #require(Self.gate)
        let corpus = ShippedConfig.folder.dropLast("config".count) + "Tests/Corpus/tuning"
        // Some of each rule: the whole corpus would take minutes.
        let all = try TestSupport.Sample.all(in: String(corpus), half: "tuning").filter { $0.format == .plain }
        samples = all.enumerated().filter { $0.offset % 12 == 0 }.map(\.element)
    }

    @Test("a finding is found again in its own words and place")
    func positions() {
        for sample in samples {
            let positions = SourcePositions(sample.text)
            let text = String(decoding: sample.text, as: UTF8.self)
            for finding in gate.lint(sample.text).findings {
                let words = String(decoding: sample.text[finding.range], as: UTF8.self)
                let start = positions.position(at: finding.range.lowerBound)
                let end = positions.position(at: finding.range.upperBound)
                let scalars = Array(text.unicodeScalars)[start.codepoint..<end.codepoint]
                #expect(String(String.UnicodeScalarView(scalars)) == words, "\(sample.place)")
                #expect(String(decoding: Array(text.utf16)[start.utf16..<end.utf16], as: UTF16.self) == words, "\(sample.place)")
                #expect(
                    !words.isEmpty && words.first?.isWhitespace == false && words.last?.isWhitespace == false,
                    "\(sample.place): \"\(words)\"")
            }
        }
    }

    @Test("invisible characters hide nothing", arguments: ["\u{AD}", "\u{200B}", "\u{2060}", "\u{FE0F}"] as [Character])
    func invisible(_ character: Character) {
        expectFound(.plain) { cue in String(cue.flatMap { $0.isLetter ? [$0, character] : [$0] }) }
    }

    /// All rules but `persona`: a name in capitals among small letters reads like an abbreviation.
    @Test("capital letters hide nothing")
    func capitals() { expectFound(.plain, except: "persona") { $0.uppercased() } }

    @Test("emphasis inside a word hides nothing")
    func emphasis() {
        expectFound(.markdown) { cue in
            guard let first = cue.firstIndex(where: \.isLetter) else { return cue }
            let end = cue[first...].firstIndex { !$0.isLetter } ?? cue.endIndex
            let middle = cue.index(first, offsetBy: cue.distance(from: first, to: end) / 2)
            return cue[..<first] + "**" + cue[first..<middle] + "**" + cue[middle...]
        }
        expectFound(.html) { cue in cue.map { $0.isLetter ? "<b>\($0)</b>" : escaped($0) }.joined() }
    }

    @Test("line breaks hide nothing", arguments: [20, 33, 60])
    func wrapped(_ width: Int) {
        for sample in samples where !sample.cues.isEmpty && !sample.text.contains(0x0A) {
            let report = gate.lint(Array(Self.wrapped(String(decoding: sample.text, as: UTF8.self), at: width).utf8))
            let before = gate.lint(sample.text).findings.filter { $0.rule == sample.rule }.count
            #expect(report.findings.filter { $0.rule == sample.rule }.count == before, "\(sample.place)")
        }
    }

    @Test("a clean text is clean at any width", arguments: [12, 25, 40, 72])
    func cleanWrapped(_ width: Int) {
        for sample in samples where sample.cues.isEmpty && gate.lint(sample.text).findings.isEmpty {
            let report = gate.lint(Array(Self.wrapped(String(decoding: sample.text, as: UTF8.self), at: width).utf8))
            #expect(report.findings.isEmpty, "\(sample.place): \(report.findings)")
        }
    }

    /// What is found in the samples is still found after a change of the cue.
    private func expectFound(_ format: TextFormat, except rule: String? = nil, _ change: (String) -> String) {
        for sample in samples where sample.rule != rule {
            let found = gate.lint(sample.text).findings.filter { $0.rule == sample.rule }
            guard sample.cues.count == 1, let cue = sample.cues.first, found.contains(where: { $0.range.overlaps(cue) }) else { continue }
            func text(_ range: Range<Int>) -> String { String(decoding: sample.text[range], as: UTF8.self) }
            func markup(_ text: String) -> String { format == .html ? text.map(escaped).joined() : text }
            let changed = markup(text(0..<cue.lowerBound)) + change(text(cue)) + markup(text(cue.upperBound..<sample.text.count))
            let report = gate.lint(Array(changed.utf8), LintOptions(format: format))
            #expect(report.findings.contains { $0.rule == sample.rule }, "\(sample.place): \(changed)")
        }
    }

    private func escaped(_ character: Character) -> String {
        switch character {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: String(character)
        }
    }

    /// The words in lines of at most so many characters, if they allow it.
    private static func wrapped(_ text: String, at width: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
            var lines = [""]
            for word in paragraph.split(separator: " ") {
                if lines[lines.count - 1].count + word.count >= width, !lines[lines.count - 1].isEmpty { lines.append("") }
                lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
