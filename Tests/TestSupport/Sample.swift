package import ExplainerKit
import Foundation

/// A labelled text of `Tests/Corpus`.
package struct Sample: Sendable {
    /// File and line.
    package let place: String
    package let half: String
    /// The rule that the file is about.
    package let rule: String
    package let format: TextFormat
    package let text: [UInt8]
    /// Where the rule has to find something; empty for a clean text.
    package let cues: [Range<Int>]
    /// The fact that a quantity of a clean text rests on.
    package let fact: String?

    /// The samples of a folder such as `Tests/Corpus/tuning`; see `Tests/Corpus/README.md` for the form of the files.
    package static func all(in folder: String, half: String) throws -> [Sample] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().flatMap { name -> [Sample] in
            let parts = name.split(separator: ".")
            guard parts.count == 2, let format = formats[String(parts[1])] else { return [] }
            let lines = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            return lines.enumerated().compactMap { index, line in
                sample(String(line), place: "\(half)/\(name):\(index + 1)", half: half, rule: String(parts[0]), format: format)
            }
        }
    }

    private static let formats: [String: TextFormat] = ["txt": .plain, "md": .markdown, "html": .html]

    private static func sample(_ line: String, place: String, half: String, rule: String, format: TextFormat) -> Sample? {
        guard let mark = line.first, mark == "!" || mark == "=", let space = line.firstIndex(of: " ") else { return nil }
        let body = line[line.index(after: space)...].replacing("\\n", with: "\n")
        var text: [UInt8] = []
        var cues: [Range<Int>] = []
        var start = 0
        var rest = Substring(body)
        while let character = rest.first {
            if mark == "!", rest.hasPrefix("[[") {
                rest = rest.dropFirst(2)
                start = text.count
            } else if mark == "!", rest.hasPrefix("]]") {
                rest = rest.dropFirst(2)
                cues.append(start..<text.count)
            } else {
                text += Array(String(character).utf8)
                rest = rest.dropFirst()
            }
        }
        let fact = line.hasPrefix("=#") ? String(line[..<space].dropFirst(2)) : nil
        return Sample(place: place, half: half, rule: rule, format: format, text: text, cues: cues, fact: fact)
    }
}
