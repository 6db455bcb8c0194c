import ArgumentParser
import ExplainerKit
import TestSupport

/// Precision, recall and false alarms by rule, over both halves of the corpus.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Judge the labelled corpus: precision, recall and false alarms of each rule."
    )

    @Option(help: "The configuration folder.")
    var config = "config"

    @Option(help: "The folder with the halves of the corpus.")
    var corpus = "Tests/Corpus"

    @Option(help: "Print what went wrong in this half: tuning or held-out.")
    var misses: String?

    @Option(help: "Only this rule.")
    var rule: String?

    func run() throws {
        let gate = try loadTopic(config).gate
        print("rule                 half       found  precision  recall  clean with findings (of this rule, of any)")
        for half in ["tuning", "held-out"] {
            let samples = try Sample.all(in: "\(corpus)/\(half)", half: half).filter { rule == nil || $0.rule == rule }
            for (rule, group) in Dictionary(grouping: samples, by: \.rule).sorted(by: { $0.key < $1.key }) {
                print(Score(rule: rule, half: half, samples: group, gate: gate, printsMisses: misses == half).row)
            }
        }
        let structure = gate.rules.map(\.id).filter { $0.hasPrefix("structure.") && (rule == nil || $0.hasPrefix(rule ?? "")) }
        for half in ["tuning", "held-out"] where !structure.isEmpty {
            let pieces = try PieceSample.all(in: "\(corpus)/\(half)/structure")
            let score = PieceScore(pieces, rules: structure, gate: gate, printsMisses: misses == half)
            for rule in structure where !pieces.isEmpty { print(score.row(of: rule, half: half)) }
        }
    }
}

/// How a rule did on its samples.
private struct Score {
    var row = ""

    init(rule: String, half: String, samples: [Sample], gate: Gate, printsMisses: Bool) {
        var found = 0
        var cues = 0
        var alarms = 0
        var anyAlarms = 0
        var clean = 0
        for sample in samples {
            let report = gate.lint(sample.text, LintOptions(format: sample.format))
            let own = report.findings.filter { $0.rule == rule }
            func say(_ what: String, _ finding: Finding? = nil) {
                guard printsMisses else { return }
                let match = finding.map { " [\($0.rule): \(String(decoding: sample.text[$0.range], as: UTF8.self))]" } ?? ""
                print("\(sample.place): \(what)\(match): \(String(decoding: sample.text, as: UTF8.self).replacing("\n", with: "\\n"))")
            }
            if sample.cues.isEmpty {
                clean += 1
                if let fact = sample.fact, !report.sourced.contains(where: { $0.fact == fact }) {
                    say("not sourced by \(fact) but by \(report.sourced.map(\.fact))")
                }
                alarms += own.isEmpty ? 0 : 1
                anyAlarms += report.findings.isEmpty ? 0 : 1
                for finding in report.findings { say("false alarm", finding) }
            } else {
                for cue in sample.cues {
                    cues += 1
                    if own.contains(where: { $0.range.overlaps(cue) }) {
                        found += 1
                    } else {
                        say("missed \"\(String(decoding: sample.text[cue], as: UTF8.self))\"", own.first)
                    }
                }
            }
        }
        let precision = found + alarms == 0 ? 0 : Double(found) / Double(found + alarms)
        func percent(_ part: Int, _ whole: Int) -> String { whole == 0 ? "-" : "\(Double(part * 1000 / whole) / 10)%" }
        let columns = [
            rule.padded(to: 20), half.padded(to: 10), "\(found)/\(cues)".padded(to: 8),
            "\(Double(Int(precision * 1000)) / 1000)".padded(to: 9),
            percent(found, cues).padded(to: 7),
            "\(alarms)/\(clean) = \(percent(alarms, clean)), \(anyAlarms) = \(percent(anyAlarms, clean))",
        ]
        row = columns.joined(separator: " ")
    }
}

extension String {
    /// With spaces up to a width.
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
