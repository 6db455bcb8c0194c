import ExplainerKit
import Foundation

/// A whole piece of `Tests/Corpus/<half>/structure`, and the rules that it breaks.
///
/// Its first line names them: `<!-- expect: structure.enablers, structure.cohesion -->`, or `<!-- expect: -->` if it is good.
struct PieceSample {
    let name: String
    let format: TextFormat
    let text: [UInt8]
    let expected: Set<String>

    static func all(in folder: String) throws -> [PieceSample] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { name in
            guard let suffix = name.split(separator: ".").last, let format = formats[String(suffix)] else { return nil }
            return PieceSample(name: name, format: format, whole: try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8))
        }
    }

    private static let formats: [String: TextFormat] = ["txt": .plain, "md": .markdown, "html": .html]

    private init(name: String, format: TextFormat, whole: String) {
        self.name = name
        self.format = format
        let mark = "<!-- expect:"
        guard whole.hasPrefix(mark), let end = whole.firstRange(of: "-->") else {
            text = Array(whole.utf8)
            expected = []
            return
        }
        expected = Set(whole[..<end.lowerBound].dropFirst(mark.count).split { $0 == "," || $0 == " " }.map(String.init))
        text = Array(whole[end.upperBound...].drop { $0 == "\n" }.utf8)
    }
}

/// How the rules about whole pieces did on one half.
struct PieceScore {
    private var found: [String: Int] = [:]
    private var expected: [String: Int] = [:]
    private var alarms: [String: Int] = [:]
    private var clean: [String: Int] = [:]

    init(_ samples: [PieceSample], rules: [String], gate: Gate, printsMisses: Bool) {
        for sample in samples {
            let findings = gate.lint(sample.text, LintOptions(format: sample.format, scope: .explainer)).findings
            for rule in rules {
                let own = findings.filter { $0.rule == rule }
                if sample.expected.contains(rule) {
                    expected[rule, default: 0] += 1
                    if own.isEmpty, printsMisses { print("\(sample.name): missed \(rule)") }
                    if !own.isEmpty { found[rule, default: 0] += 1 }
                } else {
                    clean[rule, default: 0] += 1
                    guard let first = own.first else { continue }
                    alarms[rule, default: 0] += 1
                    let match = String(decoding: sample.text[first.range].prefix(120), as: UTF8.self).replacing("\n", with: "\\n")
                    if printsMisses { print("\(sample.name): false alarm of \(rule): \(first.message) [\(match)]") }
                }
            }
        }
    }

    /// Found of expected, then false alarms among the pieces that do not break the rule.
    func row(of rule: String, half: String) -> String {
        let found = found[rule] ?? 0
        let alarms = alarms[rule] ?? 0
        let precision = found + alarms == 0 ? 1 : Double(found * 1000 / (found + alarms)) / 1000
        return "\(rule) \(half): found \(found)/\(expected[rule] ?? 0), precision \(precision), false alarms \(alarms)/\(clean[rule] ?? 0)"
    }
}
