/// The stretches of a text in which comments switch findings off.
///
///     <!-- explain-lint off jargon -->  …  <!-- explain-lint on jargon -->
///     <!-- explain-lint ignore-next-line -->
///
/// Without the name of a rule, all rules are meant.
struct Exemptions {
    private var stretches: [Stretch] = []

    private struct Stretch {
        /// In the source.
        let range: Range<Int>
        /// Empty for all rules.
        let rules: Set<String>
    }

    init(_ text: VisibleText) {
        var open: [(start: Int, rules: Set<String>)] = []
        for comment in text.comments {
            guard let (command, rules) = Self.command(in: text.source[comment]) else { continue }
            switch command {
            case "off": open.append((comment.upperBound, rules))
            case "on":
                open.removeAll { began in
                    guard rules.isEmpty || began.rules == rules else { return false }
                    stretches.append(Stretch(range: began.start..<comment.lowerBound, rules: began.rules))
                    return true
                }
            case "ignore-next-line": stretches.append(Stretch(range: Self.lineAfter(comment.upperBound, of: text.source), rules: rules))
            default: break
            }
        }
        for began in open { stretches.append(Stretch(range: began.start..<text.source.count, rules: began.rules)) }
    }

    func cover(_ finding: Finding) -> Bool {
        stretches.contains { $0.range.contains(finding.range.lowerBound) && ($0.rules.isEmpty || $0.rules.contains(finding.rule)) }
    }

    /// What a comment says behind "explain-lint".
    private static func command(in comment: ArraySlice<UInt8>) -> (String, Set<String>)? {
        let inside = comment.drop { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "-") }
        guard inside.count < 1000 else { return nil }
        let words = inside.split { $0 <= 0x20 || $0 == UInt8(ascii: ",") }.map { String(decoding: $0, as: UTF8.self) }.filter {
            !$0.hasPrefix("--")
        }
        guard words.count >= 2, words[0] == "explain-lint" else { return nil }
        return (words[1], Set(words.dropFirst(2)))
    }

    private static func lineAfter(_ index: Int, of source: [UInt8]) -> Range<Int> {
        func end(from start: Int) -> Int { source[start...].firstIndex(of: 0x0A) ?? source.count }
        let start = min(end(from: index) + 1, source.count)
        return start..<end(from: start)
    }
}
