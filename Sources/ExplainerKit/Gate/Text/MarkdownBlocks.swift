/// The leaves of a CommonMark document, in the order of the source: paragraphs, headings, cells, code, HTML.
///
/// Reads line by line, as the specification's appendix describes, with a flat stack of the open containers. Every line costs at most its own length
/// and what it closes, however deep the containers are.
struct MarkdownBlocks {
    /// The source, with spaces for the marks of containers inside paragraphs: a phrase that is broken across quoted lines is whole here.
    private(set) var bytes: [UInt8]
    private(set) var leaves: [Leaf] = []
    /// The labels that links may refer to, normalized.
    private(set) var references: Set<[UInt8]> = []

    /// What holds text itself.
    struct Leaf {
        let kind: Kind
        let start: Int
        let end: Int
        /// Whether marks of containers stand inside.
        var isBroken = false
        /// Whether it is the rest of the block of HTML before it, which marks of containers break.
        var isContinued = false

        enum Kind {
            case text(VisibleText.Block.Kind)
            case skipped(VisibleText.SkippedKind)
            case html
        }
    }

    /// What holds blocks.
    private struct Container {
        let kind: Kind
        /// The column, seen from the container around it, at which its content begins.
        let indent: Int
        var isEmpty = true

        enum Kind { case quote, item, footnote }
    }

    private enum OpenLeaf: Equatable {
        case none, paragraph, table, indentedCode, math
        case fencedCode(mark: UInt8, length: Int)
        case html(HTMLBlockEnd)
    }

    private var containers: [Container] = []
    /// Where quotes stand among the containers.
    private var quotes: [Int] = []
    /// How many containers the line continues.
    private var kept = 0

    private var open = OpenLeaf.none
    private var leafKind = VisibleText.Block.Kind.paragraph
    private var leafStart = 0
    private var leafEnd = 0
    private var leafIsBroken = false
    private var leafIsContinued = false
    /// Where the text of the paragraph's last line starts.
    private var lastLineStart = 0

    private var line: SourceLine
    private var offset = 0
    private var column = 0
    /// Columns of the tab at `offset` that are left.
    private var tabRest = 0
    /// The first character from `offset` on that is no space or tab.
    private var textStart = 0
    private var textColumn = 0
    /// No thematic break begins before this place of the line.
    private var breakFailsBefore = 0
    /// From here on no line holds `$$` alone.
    private var mathFailsFrom = Int.max

    init(_ source: [UInt8]) {
        bytes = source
        line = SourceLine(source, at: 0)
    }

    /// Reads the whole source.
    mutating func read() {
        var next = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        if let end = FrontMatter.end(in: bytes, from: next) {
            leaves.append(Leaf(kind: .skipped(.frontMatter), start: next, end: end))
            next = end
        }
        while next < bytes.count {
            line = SourceLine(bytes, at: next)
            next = line.next
            readLine()
        }
        closeLeaf()
    }

    private mutating func readLine() {
        offset = line.start
        column = 0
        tabRest = 0
        textStart = -1
        breakFailsBefore = line.start
        continueContainers()
        if kept == containers.count, continueVerbatim() { return }
        if kept < containers.count, open != .paragraph { closeContainers() }
        startBlocks()
    }

    // MARK: Columns

    private var indent: Int { textColumn - column }
    private var isAtLineEnd: Bool { textStart == line.end }
    /// Whether a line of a paragraph comes next, unless a block starts that may interrupt it.
    private var interrupts: Bool { open == .paragraph && kept == containers.count }

    private mutating func findText() {
        guard textStart < offset else { return }
        textStart = offset
        textColumn = column
        if tabRest > 0 {
            textColumn += tabRest
            textStart += 1
        }
        while textStart < line.end {
            if bytes[textStart] == 0x20 {
                textColumn += 1
            } else if bytes[textStart] == 0x09 {
                textColumn += 4 - textColumn % 4
            } else {
                break
            }
            textStart += 1
        }
    }

    private mutating func advance(columns: Int) {
        let target = column + columns
        while column < target, offset < line.end {
            if bytes[offset] == 0x09 {
                let width = tabRest > 0 ? tabRest : 4 - column % 4
                let step = min(width, target - column)
                column += step
                tabRest = width - step
                if tabRest == 0 { offset += 1 }
            } else {
                column += 1
                offset += 1
            }
        }
        if textStart < offset { textStart = -1 }
        findText()
    }

    // MARK: Containers

    private mutating func continueContainers() {
        kept = 0
        findText()
        while kept < containers.count {
            let container = containers[kept]
            if isAtLineEnd {
                // Only quotes need a mark here: go to the next one at once.
                kept = nextQuote
                if kept == containers.count, containers[kept - 1].isEmpty, containers[kept - 1].kind == .item { kept -= 1 }
                return
            }
            switch container.kind {
            case .quote:
                guard indent < 4, bytes[textStart] == UInt8(ascii: ">") else { return }
                passQuoteMark()
            case .item, .footnote:
                guard indent >= container.indent else { return }
                advance(columns: container.indent)
            }
            kept += 1
        }
    }

    private var nextQuote: Int {
        var low = 0
        var high = quotes.count
        while low < high {
            let middle = (low + high) / 2
            if quotes[middle] < kept { low = middle + 1 } else { high = middle }
        }
        return low < quotes.count ? quotes[low] : containers.count
    }

    private mutating func passQuoteMark() {
        advance(columns: indent + 1)
        if offset < line.end, isSpaceOrTab(bytes[offset]) { advance(columns: 1) }
    }

    private mutating func push(_ kind: Container.Kind, indent: Int) {
        if !containers.isEmpty { containers[containers.count - 1].isEmpty = false }
        if kind == .quote { quotes.append(containers.count) }
        containers.append(Container(kind: kind, indent: indent))
        kept = containers.count
    }

    /// Ends the containers that the line does not continue, and what stands in them.
    private mutating func closeContainers() {
        closeLeaf()
        containers.removeLast(containers.count - kept)
        while let last = quotes.last, last >= kept { quotes.removeLast() }
    }

    // MARK: Blocks

    private mutating func startBlocks() {
        while true {
            findText()
            if isAtLineEnd { return endParagraph() }
            if indent >= 4 {
                guard open != .paragraph else { break }
                return start(.indentedCode, at: textStart)
            }
            guard !startBlock() else { return }
            guard containerStarted else { break }
        }
        if open == .paragraph {
            continueParagraph()
        } else if open == .table {
            addCells(textStart..<line.end)
        } else {
            startParagraph()
        }
    }

    /// Whether the last call of `startBlock` began a container, in which further blocks may begin.
    private var containerStarted = false

    /// Whether a leaf began that takes the rest of the line.
    private mutating func startBlock() -> Bool {
        containerStarted = false
        switch bytes[textStart] {
        case UInt8(ascii: ">"):
            closeContainers()
            push(.quote, indent: 0)
            passQuoteMark()
            containerStarted = true
        case UInt8(ascii: "#"): return startHeading()
        case UInt8(ascii: "`"), UInt8(ascii: "~"): return startFence()
        case UInt8(ascii: "<"): return startHTML()
        case UInt8(ascii: "="): return underline(level: 1)
        case UInt8(ascii: "-"):
            if underline(level: 2) || thematicBreak() { return true }
            startItem()
            if !containerStarted { return startTable() }
        case UInt8(ascii: "*"):
            if thematicBreak() { return true }
            startItem()
        case UInt8(ascii: "_"): return thematicBreak()
        case UInt8(ascii: "+"), UInt8(ascii: "0")...UInt8(ascii: "9"): startItem()
        case UInt8(ascii: "["): startFootnote()
        case UInt8(ascii: "|"), UInt8(ascii: ":"): return startTable()
        case UInt8(ascii: "$"): return startMath()
        default: break
        }
        return false
    }

    private mutating func start(_ leaf: OpenLeaf, at start: Int) {
        closeContainers()
        open = leaf
        leafStart = start
        leafEnd = line.end
        leafIsBroken = false
        leafIsContinued = false
        leafKind = .paragraph
        if let last = containers.last {
            if last.isEmpty, last.kind == .item { leafKind = .listItem }
            containers[containers.count - 1].isEmpty = false
        }
    }

    private mutating func closeLeaf() {
        let leaf = open
        open = .none
        switch leaf {
        case .none, .table: break
        case .paragraph: addText(leafKind, afterDefinitions()..<leafEnd)
        case .indentedCode, .fencedCode: addLeaf(.skipped(.code))
        case .math: addLeaf(.skipped(.math))
        case .html: addLeaf(.html)
        }
    }

    private mutating func addLeaf(_ kind: Leaf.Kind) {
        leaves.append(Leaf(kind: kind, start: leafStart, end: leafEnd, isContinued: leafIsContinued))
    }

    private mutating func addText(_ kind: VisibleText.Block.Kind, _ range: Range<Int>) {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, isBlank(bytes[end - 1]) { end -= 1 }
        while start < end, isBlank(bytes[start]) { start += 1 }
        if start < end { leaves.append(Leaf(kind: .text(kind), start: start, end: end, isBroken: leafIsBroken)) }
    }

    // MARK: Paragraphs and headings

    private mutating func startParagraph() {
        let isTask = containers.last.map { $0.kind == .item && $0.isEmpty } ?? false
        start(.paragraph, at: textStart)
        lastLineStart = textStart
        if isTask, textStart + 3 < line.end, bytes[textStart] == UInt8(ascii: "["), bytes[textStart + 2] == UInt8(ascii: "]"),
            bytes[textStart + 1] == 0x20 || bytes[textStart + 1] | 0x20 == UInt8(ascii: "x"), isSpaceOrTab(bytes[textStart + 3])
        {
            leafStart += 3
        }
    }

    private mutating func continueParagraph() {
        for index in line.start..<textStart where !isSpaceOrTab(bytes[index]) {
            bytes[index] = 0x20
            leafIsBroken = true
        }
        lastLineStart = textStart
        leafEnd = line.end
    }

    private mutating func endParagraph() {
        if kept < containers.count { closeContainers() }
        if open == .paragraph || open == .table { closeLeaf() }
    }

    /// Takes the reference definitions that the paragraph begins with, and says where the rest starts.
    private mutating func afterDefinitions() -> Int {
        guard leafStart < leafEnd, bytes[leafStart] == UInt8(ascii: "[") else { return leafStart }
        let links = MarkdownLinks(bytes: bytes)
        var start = leafStart
        while let definition = links.definition(at: start, limit: leafEnd) {
            references.insert(definition.label)
            start = links.skipSpace(from: definition.end, limit: leafEnd)
        }
        return start
    }

    private mutating func startHeading() -> Bool {
        var index = textStart
        while index < line.end, bytes[index] == UInt8(ascii: "#") { index += 1 }
        let level = index - textStart
        guard level <= 6, index == line.end || isSpaceOrTab(bytes[index]) else { return false }
        var end = line.end
        while end > index, isSpaceOrTab(bytes[end - 1]) { end -= 1 }
        var closing = end
        while closing > index, bytes[closing - 1] == UInt8(ascii: "#") { closing -= 1 }
        if closing == index || isSpaceOrTab(bytes[closing - 1]) { end = closing }
        start(.none, at: textStart)
        addText(.heading(level: level), index..<max(index, end))
        return true
    }

    /// `===` or `---` below a paragraph makes a heading of it.
    private mutating func underline(level: Int) -> Bool {
        guard interrupts else { return false }
        var index = textStart
        while index < line.end, bytes[index] == bytes[textStart] { index += 1 }
        while index < line.end, isSpaceOrTab(bytes[index]) { index += 1 }
        guard index == line.end else { return false }
        leafStart = afterDefinitions()
        guard leafStart < leafEnd else {
            open = .none
            return false
        }
        open = .none
        addText(.heading(level: level), leafStart..<leafEnd)
        return true
    }

    private mutating func thematicBreak() -> Bool {
        guard textStart >= breakFailsBefore else { return false }
        let mark = bytes[textStart]
        var count = 0
        var index = textStart
        while index < line.end {
            if bytes[index] == mark {
                count += 1
            } else if !isSpaceOrTab(bytes[index]) {
                breakFailsBefore = index
                return false
            }
            index += 1
        }
        guard count >= 3 else { return false }
        start(.none, at: textStart)
        return true
    }

    // MARK: Lists and footnotes

    private mutating func startItem() {
        var index = textStart
        while index < line.end, isDigit(bytes[index]), index - textStart < 9 { index += 1 }
        let digits = index - textStart
        if digits > 0 {
            guard index < line.end, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")") else { return }
        }
        let length = digits + 1
        let afterMark = textStart + length
        guard afterMark == line.end || isSpaceOrTab(bytes[afterMark]) else { return }
        if interrupts {
            if digits > 0, digits != 1 || bytes[textStart] != UInt8(ascii: "1") { return }
            guard bytes[afterMark..<line.end].contains(where: { !isSpaceOrTab($0) }) else { return }
        }
        closeContainers()
        let markIndent = indent
        advance(columns: markIndent + length)
        var padding = indent
        if isAtLineEnd || padding > 4 { padding = 1 }
        advance(columns: padding)
        push(.item, indent: markIndent + length + padding)
        containerStarted = true
    }

    /// `[^mark]:` begins a footnote.
    private mutating func startFootnote() {
        guard textStart + 3 < line.end, bytes[textStart + 1] == UInt8(ascii: "^") else { return }
        guard let end = footnoteMarkEnd(bytes, at: textStart, limit: line.end), end < line.end, bytes[end] == UInt8(ascii: ":") else {
            return
        }
        closeContainers()
        advance(columns: indent + end + 1 - textStart)
        push(.footnote, indent: 4)
        containerStarted = true
    }

    // MARK: Tables

    /// The row of dashes below the head of a table.
    private mutating func startTable() -> Bool {
        guard interrupts, let columns = delimiterCount() else { return false }
        let head = lastLineStart..<leafEnd
        guard cells(in: head).count == columns else { return false }
        leafEnd = lastLineStart
        if leafStart >= leafEnd { open = .none }
        start(.table, at: textStart)
        addCells(head)
        return true
    }

    private func delimiterCount() -> Int? {
        var hasMark = false
        for byte in bytes[textStart..<line.end] {
            switch byte {
            case UInt8(ascii: "|"), UInt8(ascii: ":"): hasMark = true
            case UInt8(ascii: "-"), 0x20, 0x09: break
            default: return nil
            }
        }
        let cells = cells(in: textStart..<line.end)
        guard hasMark, cells.allSatisfy({ isDelimiter(bytes[$0]) }) else { return nil }
        return cells.count
    }

    private func isDelimiter(_ cell: ArraySlice<UInt8>) -> Bool {
        var dashes = cell
        if dashes.first == UInt8(ascii: ":") { dashes.removeFirst() }
        if dashes.last == UInt8(ascii: ":") { dashes.removeLast() }
        return !dashes.isEmpty && dashes.allSatisfy { $0 == UInt8(ascii: "-") }
    }

    private mutating func addCells(_ row: Range<Int>) {
        for cell in cells(in: row) { addText(.tableCell, cell) }
    }

    /// The cells of a row, without the white space around them.
    private func cells(in row: Range<Int>) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = row.lowerBound
        var index = start
        if index < row.upperBound, bytes[index] == UInt8(ascii: "|") {
            index += 1
            start = index
        }
        while index < row.upperBound {
            if bytes[index] == UInt8(ascii: "|") {
                cells.append(trimmed(start..<index))
                start = index + 1
            } else if bytes[index] == UInt8(ascii: "\\"), index + 1 < row.upperBound, bytes[index + 1] == UInt8(ascii: "|") {
                index += 1
            }
            index += 1
        }
        let rest = trimmed(start..<row.upperBound)
        if !rest.isEmpty { cells.append(rest) }
        return cells
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while !range.isEmpty, isSpaceOrTab(bytes[range.lowerBound]) { range = range.lowerBound + 1..<range.upperBound }
        while !range.isEmpty, isSpaceOrTab(bytes[range.upperBound - 1]) { range = range.lowerBound..<range.upperBound - 1 }
        return range
    }

    // MARK: Code, formulas and HTML

    private mutating func startFence() -> Bool {
        let mark = bytes[textStart]
        var index = textStart
        while index < line.end, bytes[index] == mark { index += 1 }
        let length = index - textStart
        guard length >= 3 else { return false }
        if mark == UInt8(ascii: "`"), bytes[index..<line.end].contains(mark) { return false }
        start(.fencedCode(mark: mark, length: length), at: textStart)
        return true
    }

    /// `$$` alone on a line, if there is another such line further down.
    private mutating func startMath() -> Bool {
        guard isMathMark(line), line.next < mathFailsFrom else { return false }
        var next = line.next
        while next < bytes.count {
            let other = SourceLine(bytes, at: next)
            if endsMath(other) {
                start(.math, at: textStart)
                return true
            }
            next = other.next
        }
        mathFailsFrom = line.next
        return false
    }

    private func isMathMark(_ line: SourceLine) -> Bool {
        let text = trimmed(textStart..<line.end)
        return text.count == 2 && bytes[text.lowerBound] == UInt8(ascii: "$") && bytes[text.lowerBound + 1] == UInt8(ascii: "$")
    }

    private func endsMath(_ line: SourceLine) -> Bool {
        let text = trimmed(line.range)
        return text.count >= 2 && bytes[text.upperBound - 1] == UInt8(ascii: "$") && bytes[text.upperBound - 2] == UInt8(ascii: "$")
    }

    private mutating func startHTML() -> Bool {
        guard let end = HTMLBlockEnd(bytes, at: textStart, limit: line.end, interrupts: open == .paragraph) else { return false }
        start(.html(end), at: textStart)
        if end.isReached(in: bytes, textStart..<line.end) { closeLeaf() }
        return true
    }

    /// Goes on with a leaf that no other block can interrupt; whether the line belongs to it.
    private mutating func continueVerbatim() -> Bool {
        switch open {
        case .none, .paragraph, .table: return false
        case .fencedCode(let mark, let length):
            leafEnd = line.end
            findText()
            if indent < 4, isClosingFence(mark: mark, length: length) { closeLeaf() }
        case .math:
            leafEnd = line.end
            if endsMath(line) { closeLeaf() }
        case .indentedCode:
            findText()
            if isAtLineEnd { return true }
            guard indent >= 4 else {
                closeLeaf()
                return false
            }
            leafEnd = line.end
        case .html(let end):
            findText()
            if isAtLineEnd, end == .blankLine {
                closeLeaf()
                return true
            }
            // In a comment or a script, marks of containers do no harm.
            if end == .blankLine, bytes[line.start..<offset].contains(where: { !isSpaceOrTab($0) }) {
                addLeaf(.html)
                leafStart = offset
                leafIsContinued = true
            }
            leafEnd = line.end
            if end.isReached(in: bytes, offset..<line.end) { closeLeaf() }
        }
        return true
    }

    private func isClosingFence(mark: UInt8, length: Int) -> Bool {
        var index = textStart
        while index < line.end, bytes[index] == mark { index += 1 }
        guard index - textStart >= length else { return false }
        return bytes[index..<line.end].allSatisfy(isSpaceOrTab)
    }
}

/// Where `[^mark]` ends that begins at `index`, or nil.
func footnoteMarkEnd(_ bytes: [UInt8], at index: Int, limit: Int) -> Int? {
    guard index + 3 < limit + 1, bytes[index] == UInt8(ascii: "["), bytes[index + 1] == UInt8(ascii: "^") else { return nil }
    var end = index + 2
    while end < limit, end - index < 1000 {
        let byte = bytes[end]
        if byte == UInt8(ascii: "]") { return end > index + 2 ? end + 1 : nil }
        if isBlank(byte) || byte == UInt8(ascii: "[") { return nil }
        end += 1
    }
    return nil
}
