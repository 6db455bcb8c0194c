import Foundation
import TestSupport
import Testing

@testable import ExplainerKit

/// The rule on the sentences of the tuning corpus.
@Suite struct QuantityCorpusTests {
    static let rule = Result { try ShippedQuantities() }
    let shipped: ShippedQuantities

    init() throws { shipped = try Self.rule.get() }

    @Test(arguments: [("txt", TextFormat.plain), ("md", .markdown), ("html", .html)])
    func `finds what nothing holds and passes what the catalogue holds`(suffix: String, format: TextFormat) throws {
        var found = 0
        var missed: [String] = []
        var wrong: [String] = []
        var marked = 0
        var elsewhere: [String] = []
        for sample in try Sample.all("Tests/Corpus/tuning/unverified-number.\(suffix)") {
            let report = shipped.check(sample.text, as: format)
            for cue in sample.cues {
                if report.findings.contains(where: { $0.range.overlaps(cue) }) { found += 1 } else { missed.append(sample.line) }
            }
            for finding in report.findings where !sample.cues.contains(where: { finding.range.overlaps($0) }) {
                wrong.append("\(sample.line) <- \(report.text(finding.range)): \(finding.message)")
            }
            guard let fact = sample.fact else { continue }
            marked += 1
            if !report.sourced.contains(where: { shipped.sameStudy($0.fact, fact) }) {
                elsewhere.append("\(sample.line) <- \(report.sourced.map { "\(report.text($0.range)): \($0.fact)" })")
            }
        }
        #expect(Double(missed.count) <= 0.05 * Double(found + missed.count), "missed: \(missed.joined(separator: "\n"))")
        #expect(Double(wrong.count) <= 0.05 * Double(found + wrong.count), "wrong: \(wrong.joined(separator: "\n"))")
        #expect(Double(elsewhere.count) <= 0.05 * Double(marked), "on another fact: \(elsewhere.joined(separator: "\n"))")
    }

    @Test func `takes each fact's own statement as sourced`() {
        for fact in shipped.topic.facts where fact.status.holds {
            let report = shipped.check(fact.statement)
            #expect(report.findings.isEmpty, "\(fact.id): \(report.findings.map { report.text($0.range) })")
            if fact.quantity != nil, report.numbers > 0 {
                #expect(report.sourced.contains { shipped.sameStudy($0.fact, fact.id) }, "\(fact.id): \(report.sourced)")
            }
        }
    }
}

/// A line of a corpus: the text without its marks, and where they stood.
struct Sample {
    let line: String
    /// Without the marks.
    var text: String = ""
    /// Bytes of the text that a finding has to overlap.
    var cues: [Range<Int>] = []
    /// The fact on which the text rests.
    var fact: String?

    static func all(_ path: String) throws -> [Sample] {
        let root = ShippedConfig.folder.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        return try String(contentsOfFile: root + "/" + path, encoding: .utf8).split(separator: "\n").compactMap { Sample(String($0)) }
    }

    init?(_ line: String) {
        self.line = line
        var body = line[...]
        if body.hasPrefix("! ") {
            body = body.dropFirst(2)
        } else if body.hasPrefix("= ") {
            body = body.dropFirst(2)
        } else if body.hasPrefix("=#") {
            fact = String(body.dropFirst(2).prefix { $0 != " " })
            body = body.dropFirst(2).drop { $0 != " " }.dropFirst()
        } else {
            return nil
        }
        var bytes: [UInt8] = []
        var start: Int?
        let source = Array(body.replacing("\\n", with: "\n").utf8)
        var index = 0
        while index < source.count {
            if source[index...].starts(with: "[[".utf8), start == nil {
                start = bytes.count
                index += 2
            } else if source[index...].starts(with: "]]".utf8), let begun = start {
                cues.append(begun..<bytes.count)
                start = nil
                index += 2
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        text = String(decoding: bytes, as: UTF8.self)
    }
}

/// The rule with the shipped catalogue and words.
struct ShippedQuantities {
    let topic: Topic
    let gate: Gate

    init() throws {
        let files = try ShippedConfig.files()
        topic = try #require(try Snapshot(files, judging: .rules).topic("quantization"))
        gate = topic.gate
    }

    struct Report {
        let source: [UInt8]
        let findings: [Finding]
        let sourced: [SourcedQuantity]
        let numbers: Int

        func text(_ range: Range<Int>) -> String { String(decoding: source[range], as: UTF8.self) }
    }

    /// Whether two facts are one, or rest on the same source and the same figures.
    func sameStudy(_ one: String, _ other: String) -> Bool {
        guard let one = topic.fact(one), let other = topic.fact(other) else { return false }
        return one.id == other.id
            || one.conditions.models == other.conditions.models
                && one.sources.contains { source in other.sources.contains { $0.id == source.id } }
    }

    func check(_ text: String, as format: TextFormat = .plain) -> Report {
        let report = gate.lint(Array(text.utf8), LintOptions(format: format))
        return Report(
            source: Array(text.utf8), findings: report.findings.filter { $0.rule == "unverified-number" }, sourced: report.sourced,
            numbers: report.numbers)
    }
}
