@testable import ExplainerKit

/// A text as a reader sees it, in a form that is easy to compare.
struct VisibleTextSample {
    let visible: VisibleText

    init(_ source: String, _ format: TextFormat) {
        visible = format.visibleText(of: Array(source.utf8))
    }

    /// The text of each block; `□` stands for what is not looked at.
    var blocks: [String] {
        visible.blocks.map {
            String(decoding: visible.bytes[$0.range], as: UTF8.self).map { $0 == "\u{FFFC}" ? "□" : String($0) }.joined()
        }
    }

    var kinds: [VisibleText.Block.Kind] { visible.blocks.map(\.kind) }

    /// What stands in the source for a visible phrase.
    func source(of phrase: String) -> String? {
        let wanted = Array(phrase.utf8)
        for start in visible.bytes.indices where visible.bytes[start...].starts(with: wanted) {
            return String(decoding: visible.source[visible.sourceRange(of: start..<start + wanted.count)], as: UTF8.self)
        }
        return nil
    }

    /// What is wrong with the places of the visible bytes: they are in the source, and in its order.
    var misplaced: String? {
        var last = 0..<0
        for block in visible.blocks {
            for index in block.range {
                let range = visible.sourceRange(of: index..<index + 1)
                if range.isEmpty || range.upperBound > visible.source.count { return "\(index) is at \(range)" }
                if range.lowerBound < last.lowerBound || range.upperBound < last.upperBound { return "\(range) comes after \(last)" }
                last = range
            }
        }
        return nil
    }

    /// What is wrong with the count of bytes: each one is seen, passed over or white space.
    var miscounted: String? {
        var isSeen = [Bool](repeating: false, count: visible.source.count)
        for block in visible.blocks {
            for index in block.range where !"\u{FFFC}".utf8.contains(visible.bytes[index]) {
                let places = visible.sourceRange(of: index..<index + 1)
                // The space of a `<br>` is also a mark.
                if visible.bytes[index] == 0x20, !isBlank(visible.source[places.lowerBound]) { continue }
                for place in places { isSeen[place] = true }
            }
        }
        let unseen = visible.source.indices.filter { !isSeen[$0] }
        let skipped = visible.skipped.values.reduce(0, +)
        let words = unseen.count { !isBlank(visible.source[$0]) }
        return words <= skipped && skipped <= unseen.count ? nil : "\(skipped) skipped, \(unseen.count) unseen, \(words) of them no space"
    }
}

/// Random texts that are the same on every run.
struct RandomText {
    private var state: UInt64

    init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    /// Some of `pieces` after one another.
    mutating func text(of pieces: [String], count: Int) -> String {
        (0..<count).map { _ in pieces[next(pieces.count)] }.joined()
    }
}
