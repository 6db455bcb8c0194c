/// The part of a page that is the piece: its only article or main element, without navigation and what stands beside or below it.
///
/// Markdown and plain text have no such elements, so that all of them is the piece.
struct MainPart {
    private var main: Range<Int>
    /// In the order of the text; they do not overlap.
    private var asides: [Range<Int>] = []

    init(_ source: [UInt8]) {
        main = 0..<source.count
        var elements: [Substring: [Range<Int>]] = [:]
        var open: [Substring: (start: Int, depth: Int)] = [:]
        var index = 0
        while let next = source[index...].firstIndex(of: UInt8(ascii: "<")) {
            index = next + 1
            let isEnd = index < source.count && source[index] == UInt8(ascii: "/")
            let name = Self.name(source[(isEnd ? index + 1 : index)...])
            guard Self.names.contains(name) else { continue }
            if !isEnd {
                open[name] = (open[name]?.start ?? next, (open[name]?.depth ?? 0) + 1)
            } else if let (start, depth) = open[name] {
                open[name] = depth > 1 ? (start, depth - 1) : nil
                if depth == 1 { elements[name, default: []].append(start..<next) }
            }
        }
        if let only = elements["article"], only.count == 1 {
            main = only[0]
        } else if let only = elements["main"]?.first {
            main = only
        }
        var end = 0
        for aside in ["nav", "aside", "footer"].flatMap({ elements[$0] ?? [] }).sorted(by: { $0.lowerBound < $1.lowerBound })
        where aside.lowerBound >= end {
            asides.append(aside)
            end = aside.upperBound
        }
    }

    private static let names: Set<Substring> = ["article", "main", "nav", "aside", "footer"]

    /// Whether a place in the source belongs to the piece.
    func contains(_ place: Int) -> Bool {
        guard main.contains(place) else { return false }
        var low = 0
        var high = asides.count
        while low < high {
            let middle = (low + high) / 2
            if asides[middle].upperBound <= place { low = middle + 1 } else { high = middle }
        }
        return low == asides.count || !asides[low].contains(place)
    }

    /// The letters that a tag begins with, in lower case.
    private static func name(_ bytes: ArraySlice<UInt8>) -> Substring {
        let letters = bytes.prefix(8).prefix { isLetter($0) }
        return Substring(String(decoding: letters.map { $0 | 0x20 }, as: UTF8.self))
    }
}
