/// What a reader of a text sees, and where each character of it stands in the text as sent.
///
/// `bytes` is UTF-8, folded for matching: compatibility forms and look-alikes are plain characters, invisible characters are gone, white space is one
/// space; upper and lower case stay. Blocks are separated by a line feed that stands for nothing in the source.
package struct VisibleText: Sendable {
    /// The text as sent.
    package let source: [UInt8]
    package fileprivate(set) var bytes: [UInt8] = []
    package fileprivate(set) var blocks: [Block] = []
    /// Bytes of the source that nobody looks at, by kind.
    package fileprivate(set) var skipped: [SkippedKind: Int] = [:]
    /// Where comments stand in the source, marks included.
    package fileprivate(set) var comments: [Range<Int>] = []
    fileprivate var runs: [Run] = []

    /// A paragraph, heading, list item or table cell.
    package struct Block: Sendable, Equatable {
        package let kind: Kind
        /// In `bytes`.
        package let range: Range<Int>

        package enum Kind: Sendable, Equatable {
            case paragraph
            case heading(level: Int)
            case listItem
            case tableCell
        }
    }

    /// What is passed over, as it is reported.
    package enum SkippedKind: String, Sendable, CaseIterable {
        case code, url, comment, math
        case frontMatter = "front-matter"
        /// Tags, attributes, marks of emphasis, headings, lists and tables, link targets.
        case markup
        /// Findings in it were switched off by a comment.
        case exempt
    }

    /// A stretch of `bytes` and the stretch of the source that it came from.
    fileprivate struct Run: Sendable {
        let visible: Int32
        let source: Int32
        var sourceCount: Int32
        /// Whether each byte stands for the byte at the same distance; otherwise the whole stands for the whole.
        let isLiteral: Bool
    }

    /// Where a stretch of `bytes` stands in the source: from the start of its first character to the end of its last one.
    package func sourceRange(of range: Range<Int>) -> Range<Int> {
        guard !range.isEmpty, !runs.isEmpty else { return 0..<0 }
        let first = run(at: range.lowerBound)
        let last = run(at: range.upperBound - 1)
        let start = Int(first.source) + (first.isLiteral ? range.lowerBound - Int(first.visible) : 0)
        let end =
            last.isLiteral
            ? Int(last.source) + range.upperBound - Int(last.visible)
            : Int(last.source + last.sourceCount)
        return start..<max(start, end)
    }

    private func run(at visible: Int) -> Run {
        var low = 0
        var high = runs.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(runs[middle].visible) <= visible { low = middle } else { high = middle }
        }
        return runs[low]
    }
}

/// Stands in `VisibleText.bytes` for something that is not looked at, such as a code span: U+FFFC.
let objectCharacter: [UInt8] = [0xEF, 0xBF, 0xBC]

/// Builds a `VisibleText` while a scanner walks over the source from its start to its end.
struct VisibleTextBuilder {
    private(set) var text: VisibleText
    private var blockStart: Int?
    private var blockKind = VisibleText.Block.Kind.paragraph

    init(_ source: [UInt8]) {
        text = VisibleText(source: source)
        text.bytes.reserveCapacity(source.count)
    }

    // MARK: Blocks

    /// Ends the block before it, if one is open.
    mutating func beginBlock(_ kind: VisibleText.Block.Kind) {
        endBlock()
        blockKind = kind
        blockStart = text.bytes.count
    }

    /// Whether text would go into a block that has begun.
    var isInBlock: Bool { blockStart != nil }

    /// A block without text leaves no trace.
    mutating func endBlock() {
        guard let start = blockStart else { return }
        blockStart = nil
        if text.bytes.count > start, text.bytes.last == 0x20 { dropLastSpace() }
        guard text.bytes.count > start else { return }
        text.blocks.append(VisibleText.Block(kind: blockKind, range: start..<text.bytes.count))
        addRun(visible: [0x0A], source: lastSourceEnd..<lastSourceEnd)
    }

    // MARK: Visible text

    /// Text that is seen as it stands: decoded, folded, white space made one space. A paragraph begins if no block is open.
    mutating func append(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = text.source[index]
            if byte > 0x20, byte < 0x7F {
                // As much as stands there as it will be seen: words, and single spaces between them.
                let end = literalEnd(from: index, before: range.upperBound)
                open()
                appendLiteral(index..<end)
                index = end
            } else if byte <= 0x20 || byte == 0x7F {
                if byte == 0x20 || (0x09...0x0D).contains(byte) { appendSpace(index..<index + 1) }
                index += 1
            } else {
                let (scalar, length) = decodeScalar(text.source, at: index)
                let count = min(length, range.upperBound - index)
                let folded = Folding.fold(scalar)
                // Malformed bytes are not what stands there.
                if folded == .itself, scalar != "\u{FFFD}" {
                    open()
                    appendLiteral(index..<index + count)
                } else {
                    append(scalar, folded, from: index..<index + count)
                }
                index += count
            }
        }
    }

    /// One character that stands for a stretch of the source, such as an entity.
    mutating func append(_ scalar: Unicode.Scalar, from range: Range<Int>) {
        append(scalar, Folding.fold(scalar), from: range)
    }

    private mutating func append(_ scalar: Unicode.Scalar, _ folded: Folding.Result, from range: Range<Int>) {
        switch folded {
        case .invisible: break
        case .space: appendSpace(range)
        case .itself:
            open()
            addRun(visible: Array(String(scalar).utf8), source: range)
        case .folded(let bytes):
            open()
            let previous = text.bytes.last ?? 0
            // "2½" is not twenty-one halves.
            if bytes.contains(UInt8(ascii: "/")), isDigit(previous) { addRun(visible: [0x20], source: range) }
            addRun(visible: bytes, source: range)
        }
    }

    /// White space, also a line break inside a paragraph.
    mutating func appendSpace(_ range: Range<Int>) {
        guard let start = blockStart, text.bytes.count > start, text.bytes.last != 0x20 else { return }
        addRun(visible: [0x20], source: range)
    }

    // MARK: What is not looked at

    /// Counts a stretch as not looked at; nothing of it is seen, and what is on both sides of it touches.
    mutating func skip(_ range: Range<Int>, as kind: VisibleText.SkippedKind) {
        guard !range.isEmpty else { return }
        text.skipped[kind, default: 0] += range.count
        if kind == .comment { text.comments.append(range) }
    }

    /// Like `skip`, and leaves a character in its place, so that the words on both sides do not touch: code spans, URLs, formulas.
    mutating func replace(_ range: Range<Int>, as kind: VisibleText.SkippedKind) {
        skip(range, as: kind)
        open()
        addRun(visible: objectCharacter, source: range)
    }

    consuming func finish() -> VisibleText {
        endBlock()
        return text
    }

    // MARK: Runs

    private mutating func open() {
        if blockStart == nil { beginBlock(.paragraph) }
    }

    private var lastSourceEnd: Int { text.runs.last.map { Int($0.source + $0.sourceCount) } ?? 0 }

    private mutating func dropLastSpace() {
        text.bytes.removeLast()
        if let run = text.runs.last, Int(run.visible) >= text.bytes.count {
            text.runs.removeLast()
        } else {
            text.runs[text.runs.count - 1].sourceCount -= 1
        }
    }

    /// One test a byte, that comes out the same for almost every byte: this loop reads most of a text.
    private func literalEnd(from start: Int, before limit: Int) -> Int {
        let source = text.source.span
        var index = start
        var previous: UInt8 = 0
        while index < limit {
            let byte = source[index]
            // Neither a control character nor the second of two spaces.
            guard byte &- 0x20 < 0x5F, byte | previous != 0x20 else { break }
            previous = byte
            index += 1
        }
        return previous == 0x20 ? index - 1 : index
    }

    private mutating func appendLiteral(_ range: Range<Int>) {
        if let run = text.runs.last, run.isLiteral, Int(run.source + run.sourceCount) == range.lowerBound {
            text.runs[text.runs.count - 1].sourceCount += Int32(range.count)
        } else {
            text.runs.append(
                VisibleText.Run(
                    visible: Int32(text.bytes.count), source: Int32(range.lowerBound), sourceCount: Int32(range.count), isLiteral: true
                )
            )
        }
        text.bytes += text.source[range]
    }

    private mutating func addRun(visible: [UInt8], source: Range<Int>) {
        if source.count == 1, visible.count == 1 {
            // A space of the source is as literal as a letter.
            if visible == [text.source[source.lowerBound]] { return appendLiteral(source) }
        }
        text.runs.append(
            VisibleText.Run(
                visible: Int32(text.bytes.count), source: Int32(source.lowerBound), sourceCount: Int32(source.count), isLiteral: false
            )
        )
        text.bytes += visible
    }
}

/// The scalar that begins at `index` of valid UTF-8, and how many bytes it takes.
func decodeScalar(_ bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int) {
    let first = UInt32(bytes[index])
    let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard count > 1, index + count <= bytes.count else { return (Unicode.Scalar(first) ?? "\u{FFFD}", 1) }
    var value = first & (count == 2 ? 0x1F : count == 3 ? 0x0F : 0x07)
    for offset in 1..<count { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", count)
}
