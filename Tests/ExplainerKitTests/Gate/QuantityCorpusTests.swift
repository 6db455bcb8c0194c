import Foundation
import TestSupport
import Testing

@testable import ExplainerKit

/// The rule on the sentences of the tuning corpus.
@Suite struct QuantityCorpusTests {
    static let rule = Result { try ShippedQuantities() }
    let shipped: ShippedQuantities

    init() throws { shipped = try Self.rule.get() }

    @Test func `finds what nothing holds and passes what the catalogue holds`() throws {
        var found = 0
        var missed: [String] = []
        var wrong: [String] = []
        var clean = 0
        var unsourced: [String] = []
        for sample in try Sample.all(ProcessInfo.processInfo.environment["N_CORPUS"] ?? "Tests/Corpus/tuning/unverified-number.txt") {
            let report = shipped.check(sample.text)
            for cue in sample.cues {
                if report.findings.contains(where: { $0.range.overlaps(cue) }) { found += 1 } else { missed.append(sample.line) }
            }
            for finding in report.findings where !sample.cues.contains(where: { finding.range.overlaps($0) }) {
                wrong.append("\(sample.line)   <- \(sample.string(finding.range)): \(finding.message)")
            }
            if sample.cues.isEmpty { clean += 1 }
            if let fact = sample.fact, !report.sourced.contains(where: { $0.fact == fact }) {
                unsourced.append("\(sample.line)   <- \(report.sourced.map { "\(sample.string($0.range)): \($0.fact)" })")
            }
        }
        for line in missed { print("MISSED \(line)") }
        for line in wrong { print("WRONG  \(line)") }
        for line in unsourced { print("FACT   \(line)") }
        print("found \(found), missed \(missed.count), wrong \(wrong.count), clean \(clean), other fact \(unsourced.count)")
        #expect(Double(found) >= 0.95 * Double(found + missed.count))
        #expect(Double(found) >= 0.95 * Double(found + wrong.count))
    }

    @Test func `takes each fact's own statement as sourced`() {
        var wrong: [String] = []
        for fact in shipped.topic.facts where fact.status.holds {
            let report = shipped.check(fact.statement)
            for finding in report.findings {
                wrong.append("\(fact.id): \(fact.statement) <- \(report.text(finding.range))")
            }
            if fact.quantity != nil, report.numbers > 0, !report.sourced.contains(where: { $0.fact == fact.id }) {
                wrong.append("\(fact.id): \(fact.statement) <- \(report.sourced.map { report.text($0.range) + ": " + $0.fact })")
            }
        }
        for line in wrong { print("STATEMENT \(line)") }
        #expect(wrong.count == 0)
    }

    @Test func `finds nothing in our own pieces`() {
        var wrong: Set<String> = []
        for explainer in shipped.topic.explainers where explainer.key.length != .full {
            let report = shipped.check(TextRenderer().render(explainer).prose)
            for finding in report.findings { wrong.insert("\(report.around(finding.range))") }
        }
        for line in wrong.sorted() { print("PIECE \(line)") }
        #expect(wrong.count == 0)
    }
}

/// A line of a corpus: the text without its marks, and where they stood.
struct Sample {
    let line: String
    var text: String = ""
    var cues: [Range<Int>] = []
    var fact: String?

    static func all(_ path: String) throws -> [Sample] {
        let root = ShippedConfig.folder.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        return try String(contentsOfFile: path.hasPrefix("/") ? path : root + "/" + path, encoding: .utf8).split(separator: "\n").compactMap
        { Sample(String($0)) }
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

    func string(_ range: Range<Int>) -> String { String(decoding: Array(text.utf8)[range], as: UTF8.self) }
}

/// The rule with the shipped catalogue and words.
struct ShippedQuantities {
    let topic: Topic
    let gate: Gate

    init() throws {
        let files = try ShippedConfig.files()
        topic = try #require(try Snapshot(files).topic("quantization"))
        gate = topic.gate
    }

    struct Report {
        let source: [UInt8]
        let findings: [Finding]
        let sourced: [SourcedQuantity]
        let numbers: Int

        func text(_ range: Range<Int>) -> String { String(decoding: source[range], as: UTF8.self) }

        func around(_ range: Range<Int>) -> String {
            let before = String(decoding: source[max(0, range.lowerBound - 120)..<range.lowerBound], as: UTF8.self)
            let after = String(decoding: source[range.upperBound..<min(source.count, range.upperBound + 80)], as: UTF8.self)
            return "\(before)<<\(text(range))>>\(after)".replacing("\n", with: " ")
        }
    }

    func check(_ text: String, as format: TextFormat = .plain) -> Report {
        let report = gate.lint(Array(text.utf8), LintOptions(format: format))
        return Report(
            source: Array(text.utf8), findings: report.findings.filter { $0.rule == "unverified-number" }, sourced: report.sourced,
            numbers: report.numbers)
    }
}

extension String {
    /// Without the list of sources at the end, in which locators hold numbers, and without what names a source in a table.
    var prose: String {
        var kept: [Substring] = []
        var isSource = false
        for line in split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "Sources" { break }
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("Source:") {
                isSource = true
            } else if isSource, line.hasPrefix("    ") {
                continue
            } else {
                isSource = false
            }
            if !isSource { kept.append(line) }
        }
        return kept.joined(separator: "\n")
    }
}
