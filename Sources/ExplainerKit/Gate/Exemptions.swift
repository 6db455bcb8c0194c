/// The stretches of a text in which comments switch findings off.
///
///     <!-- explain-lint off jargon -->  …  <!-- explain-lint on jargon -->
///     <!-- explain-lint ignore-next-line -->
///
/// Without the name of a rule, all rules are meant.
struct Exemptions {
    /// Stretches of the source by rule, "" for all rules; in their order, and none touches the next.
    private var stretches: [String: [Range<Int>]] = [:]

    init(_ text: VisibleText) {
        var open: [String: Int] = [:]
        var all: [String: [Range<Int>]] = [:]
        for comment in text.comments {
            guard let (command, rules) = Self.command(in: text.source[comment]) else { continue }
            let named = rules.isEmpty ? [""] : rules
            switch command {
            case "off": for rule in named where open[rule] == nil { open[rule] = comment.upperBound }
            case "on":
                for rule in rules.isEmpty ? Array(open.keys) : named {
                    if let start = open.removeValue(forKey: rule) { all[rule, default: []].append(start..<comment.lowerBound) }
                }
            case "ignore-next-line":
                let line = Self.lineAfter(comment.upperBound, of: text.source)
                for rule in named { all[rule, default: []].append(line) }
            default: break
            }
        }
        for (rule, start) in open { all[rule, default: []].append(start..<text.source.count) }
        stretches = all.mapValues(Self.merged)
    }

    func cover(_ finding: Finding) -> Bool { covers(finding, "") || covers(finding, finding.rule) }

    private func covers(_ finding: Finding, _ rule: String) -> Bool {
        guard let ranges = stretches[rule] else { return false }
        let place = finding.range.lowerBound
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= place { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(place)
    }

    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
    }

    /// What a comment says behind "explain-lint".
    private static func command(in comment: ArraySlice<UInt8>) -> (String, [String])? {
        let inside = comment.drop { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "-") }
        guard inside.count < 1000 else { return nil }
        let words = inside.split { $0 <= 0x20 || $0 == UInt8(ascii: ",") }.map { String(decoding: $0, as: UTF8.self) }.filter {
            !$0.hasPrefix("--")
        }
        guard words.count >= 2, words[0] == "explain-lint" else { return nil }
        return (words[1], Array(words.dropFirst(2)))
    }

    private static func lineAfter(_ index: Int, of source: [UInt8]) -> Range<Int> {
        func end(from start: Int) -> Int { source[start...].firstIndex(of: 0x0A) ?? source.count }
        let start = min(end(from: index) + 1, source.count)
        return start..<end(from: start)
    }
}
