/// Tells the prose of paragraphs, headings and cells from the marks in it.
///
/// Each leaf is read once from its start to its end; what is not prose becomes a list of marks. Pairs of emphasis and brackets are found as the
/// specification's appendix describes. Nothing is read again because it came to nothing: what a search did not find it does not look for twice.
struct MarkdownInlines {
    var builder: VisibleTextBuilder
    private let bytes: [UInt8]
    private let links: MarkdownLinks
    private let references: Set<[UInt8]>

    private var start = 0
    private var limit = 0
    private var isBroken = false
    private var marks: [Mark] = []
    private var emphasis = MarkdownEmphasis()
    private var brackets: [Bracket] = []
    /// Links hold no links: brackets below this one in the stack open images at most.
    private var inactiveBrackets = 0
    private var codeSpans: MarkdownCodeSpans?
    private var failedSearches: Set<String> = []
    /// In a block of HTML that goes on behind the mark of a quote.
    private var blockHTML = HTMLScanner.State()

    /// A stretch of the source that is not seen as it stands.
    private struct Mark {
        let start: Int
        let end: Int
        var kind: Kind

        enum Kind {
            /// Seen as it stands after all: a bracket that opens no link.
            case none
            case skipped(VisibleText.SkippedKind)
            case replaced(VisibleText.SkippedKind)
            case html
            case entity(Unicode.Scalar)
            case lineBreak
            /// Index among the runs of `emphasis`.
            case emphasis(Int)
        }
    }

    private struct Bracket {
        let start: Int
        let textStart: Int
        let isImage: Bool
        /// Marks and runs of emphasis before it.
        let marks: Int
        let runs: Int
        let lastRun: Int
        var holdsBracket = false
    }

    init(_ blocks: MarkdownBlocks, builder: VisibleTextBuilder) {
        self.builder = builder
        bytes = blocks.bytes
        links = MarkdownLinks(bytes: blocks.bytes)
        references = blocks.references
    }

    /// Hands everything of a leaf to the builder.
    mutating func read(_ leaf: MarkdownBlocks.Leaf) {
        let range = leaf.start..<leaf.end
        switch leaf.kind {
        case .skipped(let kind):
            builder.endBlock()
            builder.skip(range, as: kind)
        case .html:
            if leaf.isContinued {
                builder.appendSpace(leaf.start - 1..<leaf.start)
            } else {
                builder.endBlock()
                blockHTML = HTMLScanner.State()
            }
            HTMLScanner.scan(range, into: &builder, state: &blockHTML)
        case .text(let kind):
            builder.beginBlock(kind)
            start = leaf.start
            limit = leaf.end
            isBroken = leaf.isBroken
            findMarks()
            emit()
            builder.endBlock()
        }
    }

    // MARK: Finding marks

    private mutating func findMarks() {
        marks.removeAll(keepingCapacity: true)
        emphasis.removeAll()
        brackets.removeAll(keepingCapacity: true)
        inactiveBrackets = 0
        codeSpans = nil
        failedSearches.removeAll(keepingCapacity: true)
        var index = nextSpecial(from: start)
        while index < limit {
            index = mark(at: index)
            index = nextSpecial(from: index)
        }
        emphasis.match(above: -1)
    }

    private func nextSpecial(from index: Int) -> Int {
        let bytes = bytes.span
        let isSpecial = Self.isSpecial.span
        var index = index
        while index < limit, !isSpecial[Int(bytes[index])] { index += 1 }
        return index
    }

    /// The bytes at which something may begin.
    private static let isSpecial: [Bool] = {
        let special = "\\`*_~=[]!<&$:/.@\n\r".utf8
        return (0...255).map { special.contains($0) }
    }()

    /// Reads what begins at `index`, and says where to go on.
    private mutating func mark(at index: Int) -> Int {
        switch bytes[index] {
        case UInt8(ascii: "\\"): escape(at: index)
        case UInt8(ascii: "`"): codeSpan(at: index)
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "="): emphasis(at: index)
        case UInt8(ascii: "["): openBracket(at: index)
        case UInt8(ascii: "!"):
            if byte(at: index + 1) == UInt8(ascii: "["), byte(at: index + 2) != UInt8(ascii: "^") {
                openImage(at: index)
            } else {
                index + 1
            }
        case UInt8(ascii: "]"): closeBracket(at: index)
        case UInt8(ascii: "<"): angle(at: index)
        case UInt8(ascii: "&"): entity(at: index)
        case UInt8(ascii: "$"): dollar(at: index)
        case 0x0A, 0x0D: lineBreak(at: index)
        default: address(around: index)
        }
    }

    private func byte(at index: Int) -> UInt8 { index < limit ? bytes[index] : 0 }

    private mutating func add(_ range: Range<Int>, _ kind: Mark.Kind) -> Int {
        marks.append(Mark(start: range.lowerBound, end: range.upperBound, kind: kind))
        return range.upperBound
    }

    /// Looks for a text from `index` on; once it is not there, it is not looked for again in this leaf.
    private mutating func find(_ text: String, from index: Int) -> Int? {
        guard !failedSearches.contains(text) else { return nil }
        let wanted = Array(text.utf8)
        var index = index
        while index + wanted.count <= limit {
            if bytes[index] == wanted[0], bytes[index..<index + wanted.count].elementsEqual(wanted) { return index }
            index += 1
        }
        failedSearches.insert(text)
        return nil
    }

    private mutating func escape(at index: Int) -> Int {
        let next = byte(at: index + 1)
        if next == UInt8(ascii: "("), let end = formulaEnd(from: index + 2, opening: next, closing: UInt8(ascii: ")")) {
            return add(index..<end, .replaced(.math))
        }
        if next == UInt8(ascii: "["), let end = formulaEnd(from: index + 2, opening: next, closing: UInt8(ascii: "]")) {
            return add(index..<end, .replaced(.math))
        }
        if isASCIIPunctuation(next) { return add(index..<index + 1, .skipped(.markup)) + 1 }
        if next == 0x0A || next == 0x0D { return add(index..<index + 1, .skipped(.markup)) }
        return index + 1
    }

    private mutating func lineBreak(at index: Int) -> Int {
        guard isBroken else { return index + 1 }
        return add(index..<links.skipSpace(from: index, limit: limit), .lineBreak)
    }

    private mutating func codeSpan(at index: Int) -> Int {
        if codeSpans == nil { codeSpans = MarkdownCodeSpans(bytes, start..<limit) }
        var end = index
        while byte(at: end) == UInt8(ascii: "`") { end += 1 }
        guard let closing = codeSpans?.next(length: end - index, from: end) else { return end }
        return add(index..<closing + end - index, .replaced(.code))
    }

    private mutating func entity(at index: Int) -> Int {
        guard let (scalar, end) = HTMLEntities.decode(bytes, at: index, before: limit, needsSemicolon: true) else { return index + 1 }
        return add(index..<end, .entity(scalar))
    }

    private mutating func address(around index: Int) -> Int {
        let floor = marks.last?.end ?? start
        guard let range = AddressRecognizer.range(in: bytes, around: index, within: floor..<limit) else { return index + 1 }
        var end = range.upperBound
        // A bracket in link text belongs to the link.
        if !brackets.isEmpty, let bracket = bytes[range].firstIndex(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) {
            end = bracket
        }
        guard end > index else { return index + 1 }
        return add(range.lowerBound..<end, .replaced(.url))
    }

    // MARK: Angles

    private mutating func angle(at index: Int) -> Int {
        if let end = autolinkEnd(at: index) { return add(index..<end, .replaced(.url)) }
        switch byte(at: index + 1) {
        case UInt8(ascii: "!"):
            if bytes[index..<limit].starts(with: "<!-->".utf8) { return add(index..<index + 5, .skipped(.comment)) }
            if bytes[index..<limit].starts(with: "<!--->".utf8) { return add(index..<index + 6, .skipped(.comment)) }
            if bytes[index..<limit].starts(with: "<!--".utf8) {
                return find("-->", from: index + 4).map { add(index..<$0 + 3, .skipped(.comment)) } ?? index + 1
            }
            if bytes[index..<limit].starts(with: "<![CDATA[".utf8) {
                return find("]]>", from: index + 9).map { add(index..<$0 + 3, .skipped(.markup)) } ?? index + 1
            }
            guard isLetter(byte(at: index + 2)) else { return index + 1 }
            return find(">", from: index + 3).map { add(index..<$0 + 1, .skipped(.markup)) } ?? index + 1
        case UInt8(ascii: "?"): return find("?>", from: index + 2).map { add(index..<$0 + 2, .skipped(.markup)) } ?? index + 1
        default: return MarkdownTags(bytes: bytes).tagEnd(at: index, limit: limit).map { add(index..<$0, .html) } ?? index + 1
        }
    }

    /// `<scheme:rest>` or `<name@host>`.
    private func autolinkEnd(at start: Int) -> Int? {
        var index = start + 1
        var isAddress = false
        while index < limit {
            let byte = bytes[index]
            if byte == UInt8(ascii: ">") { return isAddress ? index + 1 : nil }
            if byte <= 0x20 || byte == UInt8(ascii: "<") { return nil }
            let length = index - start - 1
            if byte == UInt8(ascii: ":"), 2...32 ~= length, isScheme(bytes[start + 1..<index]) { isAddress = true }
            if byte == UInt8(ascii: "@"), length > 0, isLetter(self.byte(at: index + 1)) || isDigit(self.byte(at: index + 1)) {
                isAddress = true
            }
            index += 1
        }
        return nil
    }

    private func isScheme(_ text: ArraySlice<UInt8>) -> Bool {
        isLetter(text.first ?? 0) && text.allSatisfy { isLetter($0) || isDigit($0) || "+.-".utf8.contains($0) }
    }

    // MARK: Emphasis

    private mutating func emphasis(at index: Int) -> Int {
        let byte = bytes[index]
        var end = index
        while self.byte(at: end) == byte { end += 1 }
        let isDouble = byte == UInt8(ascii: "~") || byte == UInt8(ascii: "=")
        if isDouble, end - index != 2 { return end }
        let before = MarkdownFlank(before: index, in: bytes, from: start)
        let after = MarkdownFlank(after: end, in: bytes, to: limit)
        let isLeft = after != .space && (after == .letter || before != .letter)
        let isRight = before != .space && (before == .letter || after != .letter)
        let isUnderscore = byte == UInt8(ascii: "_")
        let canOpen = isLeft && (!isUnderscore || !isRight || before == .punctuation)
        let canClose = isRight && (!isUnderscore || !isLeft || after == .punctuation)
        guard canOpen || canClose else { return end }
        let run = emphasis.add(MarkdownEmphasis.Run(byte: byte, length: end - index, canOpen: canOpen, canClose: canClose))
        return add(index..<end, .emphasis(run))
    }

    // MARK: Brackets

    private mutating func openBracket(at index: Int) -> Int {
        if let end = footnoteMarkEnd(bytes, at: index, limit: limit) { return add(index..<end, .skipped(.markup)) }
        push(index..<index + 1, isImage: false)
        return index + 1
    }

    private mutating func openImage(at index: Int) -> Int {
        push(index..<index + 2, isImage: true)
        return index + 2
    }

    private mutating func push(_ range: Range<Int>, isImage: Bool) {
        if !brackets.isEmpty { brackets[brackets.count - 1].holdsBracket = true }
        brackets.append(
            Bracket(
                start: range.lowerBound, textStart: range.upperBound, isImage: isImage, marks: marks.count, runs: emphasis.count,
                lastRun: emphasis.last
            )
        )
        marks.append(Mark(start: range.lowerBound, end: range.upperBound, kind: .none))
    }

    private mutating func closeBracket(at index: Int) -> Int {
        guard let bracket = brackets.popLast() else { return index + 1 }
        let isInactive = !bracket.isImage && brackets.count < inactiveBrackets
        inactiveBrackets = min(inactiveBrackets, brackets.count)
        guard !isInactive, let end = linkEnd(bracket, at: index) else { return index + 1 }
        if bracket.isImage {
            // Nobody sees the words of an image.
            marks.removeLast(marks.count - bracket.marks)
            emphasis.removeLast(emphasis.count - bracket.runs, last: bracket.lastRun)
            return add(bracket.start..<end, .skipped(.markup))
        }
        marks[bracket.marks].kind = .skipped(.markup)
        emphasis.match(above: bracket.lastRun)
        inactiveBrackets = brackets.count
        return add(index..<end, .skipped(.markup))
    }

    /// Where the link ends whose text ends at `index`, or nil if it is none.
    private func linkEnd(_ bracket: Bracket, at index: Int) -> Int? {
        if let end = links.targetEnd(at: index + 1, limit: limit) { return end }
        guard !references.isEmpty else { return nil }
        var label = bracket.textStart - 1..<index + 1
        var end = index + 1
        if let labelEnd = links.labelEnd(at: end, limit: limit) {
            if labelEnd > end + 2 { label = end..<labelEnd }
            end = labelEnd
        }
        if label.upperBound == index + 1, bracket.holdsBracket { return nil }
        guard label.count <= 1001 else { return nil }
        return references.contains(links.normalized(label.dropFirst().dropLast())) ? end : nil
    }

    // MARK: Formulas

    private mutating func dollar(at index: Int) -> Int {
        if byte(at: index + 1) == UInt8(ascii: "$") {
            guard let end = find("$$", from: index + 2), end > index + 2 else { return index + 2 }
            return add(index..<end + 2, .replaced(.math))
        }
        guard !isBlank(byte(at: index + 1)) else { return index + 1 }
        var end = index + 1
        while end < limit, bytes[end] != UInt8(ascii: "$") { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
        guard end < limit, !isBlank(bytes[end - 1]), !isDigit(byte(at: end + 1)), MarkdownFormula.looksLikeOne(bytes[index + 1..<end])
        else { return index + 1 }
        return add(index..<end + 1, .replaced(.math))
    }

    /// `\(` and `\[` may also be escaped brackets.
    private func formulaEnd(from start: Int, opening: UInt8, closing: UInt8) -> Int? {
        var index = start
        while index + 1 < limit {
            guard bytes[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            let next = bytes[index + 1]
            // Up to the next opening only, so that a row of them is not read from each one.
            if next == opening { return nil }
            if next == closing { return MarkdownFormula.looksLikeOne(bytes[start..<index]) ? index + 2 : nil }
            index += 2
        }
        return nil
    }

    // MARK: Handing over

    private mutating func emit() {
        var html = HTMLScanner.State()
        var position = start
        for mark in marks {
            switch mark.kind {
            case .none: continue
            case .emphasis(let index):
                let run = emphasis[index]
                guard run.closed + run.opened > 0 else { continue }
                show(position..<mark.start, html)
                builder.skip(mark.start..<mark.start + run.closed, as: .markup)
                show(mark.start + run.closed..<mark.end - run.opened, html)
                builder.skip(mark.end - run.opened..<mark.end, as: .markup)
            default:
                show(position..<mark.start, html)
                emit(mark, &html)
            }
            position = mark.end
        }
        show(position..<limit, html)
    }

    private mutating func emit(_ mark: Mark, _ html: inout HTMLScanner.State) {
        let range = mark.start..<mark.end
        switch mark.kind {
        case .skipped(let kind): builder.skip(range, as: kind)
        case .html where isBroken && builder.text.source[range] != bytes[range]:
            // The scanner would take the `>` of a quote for the end of the tag.
            builder.skip(range, as: .markup)
        case .html: HTMLScanner.scan(range, into: &builder, state: &html)
        case .replaced(let kind) where !html.isHidden: builder.replace(range, as: kind)
        case .entity(let scalar) where !html.isHidden: builder.append(scalar, from: range)
        case .lineBreak:
            builder.appendSpace(mark.start..<mark.start + 1)
            builder.skipMarks(mark.start + 1..<mark.end)
        default: builder.skip(range, as: html.hiddenKind)
        }
    }

    /// Text, unless it stands in an element that nobody looks at.
    private mutating func show(_ range: Range<Int>, _ html: HTMLScanner.State) {
        if html.isHidden { builder.skip(range, as: html.hiddenKind) } else { builder.append(range) }
    }
}

/// What stands beside a run of emphasis marks.
enum MarkdownFlank {
    case space, punctuation, letter

    /// What stands before `index`.
    init(before index: Int, in bytes: [UInt8], from start: Int) {
        guard index > start else {
            self = .space
            return
        }
        var index = index - 1
        while index > start, bytes[index] & 0xC0 == 0x80 { index -= 1 }
        self.init(bytes, at: index)
    }

    /// What stands at `index`.
    init(after index: Int, in bytes: [UInt8], to limit: Int) {
        if index < limit { self.init(bytes, at: index) } else { self = .space }
    }

    private init(_ bytes: [UInt8], at index: Int) {
        let byte = bytes[index]
        if byte < 0x80 {
            self = byte <= 0x20 ? .space : isASCIIPunctuation(byte) ? .punctuation : .letter
            return
        }
        let (scalar, _) = decodeScalar(bytes, at: index)
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: self = .space
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            self = .punctuation
        default: self = .letter
        }
    }
}

/// Where runs of backticks of each length stand in a leaf. Asked in ascending order.
struct MarkdownCodeSpans {
    private struct Runs {
        var starts: [Int] = []
        var passed = 0
    }

    private var runs: [Int: Runs] = [:]

    /// The runs in `range`.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            while index < range.upperBound, bytes[index] == UInt8(ascii: "`") { index += 1 }
            if index > start { runs[index - start, default: Runs()].starts.append(start) } else { index += 1 }
        }
    }

    /// Where the first run of exactly this length begins that does not begin before `index`.
    mutating func next(length: Int, from index: Int) -> Int? {
        guard var passed = runs[length]?.passed, let count = runs[length]?.starts.count else { return nil }
        while passed < count, let start = runs[length]?.starts[passed], start < index { passed += 1 }
        runs[length]?.passed = passed
        return passed < count ? runs[length]?.starts[passed] : nil
    }
}

/// Tells formulas between single dollars or escaped brackets from prices and from words in brackets.
enum MarkdownFormula {
    /// Whether `text`, without its dollars or brackets, is a formula.
    static func looksLikeOne(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first else { return false }
        var hasSign = false
        var hasOperator = false
        var depth = 0
        var letters = 0
        var isCommand = false
        var words = 0
        var longest = 0
        for byte in text {
            if isLetter(byte) || byte >= 0x80 {
                letters += 1
                if depth == 0, !isCommand { longest = max(longest, letters) }
                continue
            }
            if letters >= 3, depth == 0, !isCommand { words += 1 } else if byte != 0x20 { words = 0 }
            // Two words in a row are prose.
            if words >= 2 { return false }
            letters = 0
            isCommand = byte == UInt8(ascii: "\\")
            switch byte {
            case UInt8(ascii: "{"):
                depth += 1
                hasSign = true
            case UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "="): hasSign = true
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "<"), UInt8(ascii: ">"):
                hasOperator = true
            default: break
            }
        }
        if letters >= 3, depth == 0, !isCommand { words += 1 }
        if words >= 2 { return false }
        if hasSign { return true }
        // A price begins with a digit.
        guard !isDigit(first) else { return false }
        return hasOperator && words == 0 || longest <= 2
    }
}
