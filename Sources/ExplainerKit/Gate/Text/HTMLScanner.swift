/// Sees HTML.
///
/// A pass over the tags and texts, in the terms of the HTML standard's tokenizer, without building a tree: for what is read and what is not,
/// it is enough to know which element that nobody looks at is open, and in which list item, cell or heading the text stands.
enum HTMLScanner {
    /// What tags before have opened.
    struct State {
        fileprivate var hidden: Hidden?
        fileprivate var containers = Containers()
        /// How much was visible behind the last `br`.
        fileprivate var visibleAtBreak = -1

        /// Whether what comes next is not looked at, such as the content of a `code` element.
        var isHidden: Bool { hidden?.isSeen == false }
        /// As what text is to be skipped while it is hidden.
        var hiddenKind: VisibleText.SkippedKind { hidden?.kind ?? .markup }
    }

    /// What a reader sees of a page or a part of one.
    static func visibleText(of source: [UInt8]) -> VisibleText {
        var builder = VisibleTextBuilder(source)
        var state = State()
        scan(0..<source.count, into: &builder, state: &state)
        return builder.finish()
    }

    /// Reads a stretch of the builder's source that begins outside a tag: a single tag, or any number of tags, comments and texts.
    static func scan(_ range: Range<Int>, into builder: inout VisibleTextBuilder, state: inout State) {
        let bytes = builder.text.source
        var index = range.lowerBound
        while index < range.upperBound {
            if state.hidden != nil {
                index = passHidden(bytes, index..<range.upperBound, &builder, &state)
            } else if bytes[index] == UInt8(ascii: "<") {
                index = readMarkup(bytes, index..<range.upperBound, &builder, &state)
            } else {
                let end = nextBracket(bytes, index..<range.upperBound)
                appendText(bytes, index..<end, &builder)
                index = end
            }
        }
    }

    // MARK: Text

    /// Text without tags: entities decoded, addresses passed over.
    private static func appendText(_ bytes: [UInt8], _ range: Range<Int>, _ builder: inout VisibleTextBuilder) {
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            if bytes[index] == UInt8(ascii: "&"), let (scalar, end) = HTMLEntities.decode(bytes, at: index, before: range.upperBound) {
                builder.append(start..<index)
                builder.append(scalar, from: index..<end)
                start = end
                index = end
            } else {
                let (end, isAddress) = AddressRecognizer.read(bytes, at: index, before: range.upperBound)
                if isAddress {
                    builder.append(start..<index)
                    builder.replace(index..<end, as: .url)
                    start = end
                }
                index = end
            }
        }
        builder.append(start..<range.upperBound)
    }

    private static func nextBracket(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        var index = range.lowerBound
        while index < range.upperBound, bytes[index] != UInt8(ascii: "<") { index += 1 }
        return index
    }

    // MARK: Markup

    /// What begins with the `<` at the start of `range`; returns where it ends.
    private static func readMarkup(
        _ bytes: [UInt8], _ range: Range<Int>, _ builder: inout VisibleTextBuilder, _ state: inout State
    ) -> Int {
        let start = range.lowerBound
        let next = start + 1 < range.upperBound ? bytes[start + 1] : 0
        if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
            let (end, isComment) = endOfComment(bytes, range)
            builder.skip(start..<end, as: isComment ? .comment : .markup)
            return end
        }
        if let tag = HTMLTag(bytes, at: start, before: range.upperBound) {
            if tag.isEnd {
                builder.skip(start..<tag.end, as: .markup)
                close(tag, at: start, &builder, &state)
            } else {
                open(tag, at: start, bytes, &builder, &state)
            }
            return tag.end
        }
        if HTMLTag.begins(bytes, at: start, before: range.upperBound) {
            // A tag that does not end.
            builder.skip(range, as: .markup)
            return range.upperBound
        }
        if next == UInt8(ascii: "/") {
            // "</ …>" is a comment, "</>" is nothing.
            let end = behind(">", bytes, start + 2..<range.upperBound)
            builder.skip(start..<end, as: .markup)
            return end
        }
        builder.append(start..<start + 1)
        return start + 1
    }

    fileprivate static func endOfComment(_ bytes: [UInt8], _ range: Range<Int>) -> (end: Int, isComment: Bool) {
        let start = range.lowerBound
        guard begins(bytes, at: start, with: "<!--", before: range.upperBound) else {
            return (behind(">", bytes, start..<range.upperBound), false)
        }
        if begins(bytes, at: start + 4, with: ">", before: range.upperBound) { return (start + 5, true) }
        if begins(bytes, at: start + 4, with: "->", before: range.upperBound) { return (start + 6, true) }
        var index = start + 4
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "-") else {
                index += 1
                continue
            }
            if begins(bytes, at: index, with: "-->", before: range.upperBound) { return (index + 3, true) }
            if begins(bytes, at: index, with: "--!>", before: range.upperBound) { return (index + 4, true) }
            index += 1
        }
        return (range.upperBound, true)
    }

    private static func behind(_ character: Unicode.Scalar, _ bytes: [UInt8], _ range: Range<Int>) -> Int {
        var index = range.lowerBound
        while index < range.upperBound {
            index += 1
            if bytes[index - 1] == UInt8(ascii: character) { break }
        }
        return index
    }

    private static func open(
        _ tag: HTMLTag, at start: Int, _ bytes: [UInt8], _ builder: inout VisibleTextBuilder, _ state: inout State
    ) {
        let element = HTMLElement.named(tag.nameHash)
        let range = start..<tag.end
        if tag.isHidden || tag.isMath, let hidden = Hidden(tag, element) {
            if element?.isBlock == true { builder.beginBlock(state.containers.kind) }
            state.hidden = hidden
            if tag.isMath { builder.replace(range, as: .math) } else { builder.skip(range, as: .markup) }
            return
        }
        if case .unseen(let unseen) = element {
            guard !(unseen.isForeign && tag.isSelfClosing) else { return builder.skip(range, as: unseen.kind) }
            if unseen.isBlock { builder.beginBlock(state.containers.kind) }
            if unseen.isObject { builder.replace(range, as: unseen.kind) } else { builder.skip(range, as: unseen.kind) }
            state.hidden = Hidden(name: tag.name, hash: tag.nameHash, unseen)
            return
        }
        builder.skip(range, as: .markup)
        switch element {
        case .block, .rule: builder.beginBlock(state.containers.kind)
        case .container:
            state.containers.push(tag.nameHash, .paragraph, isItem: false)
            builder.beginBlock(.paragraph)
        case .item(let kind):
            state.containers.push(tag.nameHash, kind, isItem: true)
            builder.beginBlock(kind)
        case .lineBreak:
            // Two of them separate paragraphs.
            if builder.text.bytes.count == state.visibleAtBreak {
                builder.beginBlock(state.containers.kind)
            } else {
                builder.appendSpace(range)
                state.visibleAtBreak = builder.text.bytes.count
            }
        case .quotation: builder.append("\"", from: range)
        case .superscript:
            if isFootnoteMark(bytes, from: tag.end) {
                state.hidden = Hidden(name: tag.name, hash: tag.nameHash, HTMLElement.Unseen(kind: .markup))
            }
        case .textOnly(let kind):
            builder.beginBlock(kind)
            state.hidden = Hidden(
                name: tag.name, hash: tag.nameHash, HTMLElement.Unseen(kind: .markup, isBlock: true, isRaw: true), isSeen: true
            )
        case .void, .unseen, nil: break
        }
    }

    private static func close(_ tag: HTMLTag, at start: Int, _ builder: inout VisibleTextBuilder, _ state: inout State) {
        switch HTMLElement.named(tag.nameHash) {
        case .container, .item:
            state.containers.pop(tag.nameHash)
            builder.beginBlock(state.containers.kind)
        case .block: builder.beginBlock(state.containers.kind)
        case .quotation: builder.append("\"", from: start..<tag.end)
        default: break
        }
    }

    /// Whether up to the end of the `sup` element there are only digits, perhaps in square brackets, perhaps in a link.
    private static func isFootnoteMark(_ bytes: [UInt8], from start: Int) -> Bool {
        let limit = min(bytes.count, start + 512)
        var index = start
        var hasDigit = false
        while index < limit {
            switch bytes[index] {
            case UInt8(ascii: "<"):
                guard let tag = HTMLTag(bytes, at: index, before: limit) else { return false }
                let element = HTMLElement.named(tag.nameHash)
                if element == .superscript { return tag.isEnd && hasDigit }
                guard element == nil else { return false }
                index = tag.end
            case UInt8(ascii: "&"):
                guard let (scalar, end) = HTMLEntities.decode(bytes, at: index, before: limit), ["[", "]", "\u{A0}"].contains(scalar)
                else { return false }
                index = end
            case let byte where isDigit(byte):
                hasDigit = true
                index += 1
            case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), 0...0x20: index += 1
            default: return false
            }
        }
        return false
    }

    // MARK: What is not looked at

    /// Reads on to the end of the open element that nobody looks at; returns where it ends, or the end of `range`.
    private static func passHidden(
        _ bytes: [UInt8], _ range: Range<Int>, _ builder: inout VisibleTextBuilder, _ state: inout State
    ) -> Int {
        guard var hidden = state.hidden else { return range.lowerBound }
        let (contentEnd, end) = hidden.pass(bytes, range)
        let content = range.lowerBound..<contentEnd
        if hidden.isSeen { appendText(bytes, content, &builder) } else { builder.skip(content, as: hidden.kind) }
        builder.skip(contentEnd..<end, as: hidden.isSeen ? .markup : hidden.kind)
        state.hidden = hidden.hasEnded ? nil : hidden
        if hidden.hasEnded, hidden.isBlock { builder.beginBlock(state.containers.kind) }
        return end
    }
}

extension HTMLElement {
    /// Whether it ends the block before it.
    fileprivate var isBlock: Bool {
        switch self {
        case .block, .container, .item, .rule: true
        default: false
        }
    }
}

/// An open element, the content of which is not looked at or holds no tags.
private struct Hidden {
    /// In the source.
    private let name: Range<Int>
    private let hash: UInt64
    private let unseen: HTMLElement.Unseen
    /// Text without tags that is looked at: a `title`.
    let isSeen: Bool
    /// May be left without an end tag: another one like it ends it.
    private let endsBeforeSibling: Bool
    /// Likewise, any block ends it.
    private var endsBeforeBlock: Bool { endsBeforeSibling && hash == Self.paragraph }
    private(set) var hasEnded = false

    /// How many elements of the same name are open.
    private var depth = 1
    /// How many blocks are open that began in it; the end of one that began before it ends it too.
    private var blocks = 0
    /// Whether HTML may follow in the foreign content.
    private var holdsHTML = false
    /// Name of an element inside it that holds no tags.
    private var rawName: Range<Int>?

    var kind: VisibleText.SkippedKind { unseen.kind }
    var isBlock: Bool { unseen.isBlock }

    init(name: Range<Int>, hash: UInt64, _ unseen: HTMLElement.Unseen, isSeen: Bool = false, endsBeforeSibling: Bool = false) {
        self.name = name
        self.hash = hash
        self.unseen = unseen
        self.isSeen = isSeen
        self.endsBeforeSibling = endsBeforeSibling
        rawName = unseen.isRaw ? name : nil
    }

    /// An element that its own attributes hide; nil if it has no content.
    init?(_ tag: HTMLTag, _ element: HTMLElement?) {
        switch element {
        case .void, .lineBreak, .rule: return nil
        case .unseen(let unseen): self.init(name: tag.name, hash: tag.nameHash, unseen)
        case .textOnly:
            self.init(name: tag.name, hash: tag.nameHash, HTMLElement.Unseen(kind: .markup, isBlock: true, isRaw: true))
        default:
            let isBlock = element?.isBlock ?? false
            self.init(
                name: tag.name, hash: tag.nameHash,
                HTMLElement.Unseen(kind: tag.isMath ? .math : .markup, isBlock: isBlock),
                endsBeforeSibling: isBlock && element != .container
            )
        }
    }

    /// Reads on to the end of the element; returns where its content ends, and where its end tag does.
    mutating func pass(_ bytes: [UInt8], _ range: Range<Int>) -> (contentEnd: Int, end: Int) {
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "<") else {
                index += 1
                continue
            }
            if let rawName, !isEndTag(of: rawName, bytes, at: index, before: range.upperBound) {
                index += 1
            } else if rawName == nil, begins(bytes, at: index, with: "<!--", before: range.upperBound) {
                index = HTMLScanner.endOfComment(bytes, index..<range.upperBound).end
            } else if let tag = HTMLTag(bytes, at: index, before: range.upperBound) {
                rawName = nil
                if let end = take(tag, at: index) { return (index, end) }
                index = tag.end
            } else {
                // Nothing, or a tag that does not end.
                index = HTMLTag.begins(bytes, at: index, before: range.upperBound) ? range.upperBound : index + 1
            }
        }
        return (range.upperBound, range.upperBound)
    }

    /// The end of the tag if it ends the element, its start if what ends the element is no part of it; nil if the element goes on.
    private mutating func take(_ tag: HTMLTag, at start: Int) -> Int? {
        let element = HTMLElement.named(tag.nameHash)
        if tag.nameHash == hash {
            if tag.isEnd {
                depth -= 1
                guard depth == 0 else { return nil }
                hasEnded = true
                return tag.end
            }
            if endsBeforeSibling, depth == 1 {
                hasEnded = true
                return start
            }
            if !(unseen.isForeign && tag.isSelfClosing) { depth += 1 }
            return nil
        }
        if unseen.isForeign {
            holdsHTML = holdsHTML || Self.holdersOfHTML.contains(tag.nameHash)
            // As in browsers: a paragraph ends a drawing that was left open.
            guard !tag.isEnd, !holdsHTML, Self.endsForeignContent.contains(tag.nameHash) else { return nil }
            hasEnded = true
            return start
        }
        if element?.isBlock == true, element != .rule || endsBeforeBlock {
            blocks += tag.isEnd ? -1 : 1
            if blocks < 0 || endsBeforeBlock {
                hasEnded = true
                return start
            }
        }
        if case .unseen(let inner) = element, inner.isRaw, !tag.isEnd { rawName = tag.name }
        return nil
    }

    private func isEndTag(of name: Range<Int>, _ bytes: [UInt8], at index: Int, before limit: Int) -> Bool {
        let end = index + 2 + name.count
        guard end < limit, bytes[index + 1] == UInt8(ascii: "/"), HTMLTag.endsName(bytes[end]) else { return false }
        return zip(bytes[index + 2..<end], bytes[name]).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    private static let paragraph = WordHash("p".utf8).value
    private static let holdersOfHTML = hashes("annotation-xml desc foreignobject mi mn mo ms mtext title")
    private static let endsForeignContent = hashes(
        "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby"
            + " s small span strike strong sub sup table tt u ul var"
    )

    private static func hashes(_ names: String) -> Set<UInt64> { Set(names.split(separator: " ").map { WordHash($0.utf8).value }) }
}

/// The open list items, cells and headings, and the lists, tables and quotes that they stand in.
private struct Containers {
    private var open: [Container] = []
    private var counts: [UInt64: Int] = [:]

    private struct Container {
        let name: UInt64
        let kind: VisibleText.Block.Kind
        let isItem: Bool
    }

    /// What a block that begins now is.
    var kind: VisibleText.Block.Kind { open.last?.kind ?? .paragraph }

    mutating func push(_ name: UInt64, _ kind: VisibleText.Block.Kind, isItem: Bool) {
        // An item ends where the next one begins.
        if isItem, let last = open.last, last.isItem, last.kind == kind { dropLast() }
        open.append(Container(name: name, kind: kind, isItem: isItem))
        counts[name, default: 0] += 1
    }

    /// Closes the last one of this name and what was left open inside it.
    mutating func pop(_ name: UInt64) {
        guard counts[name, default: 0] > 0 else { return }
        while let last = open.last {
            dropLast()
            if last.name == name { break }
        }
    }

    private mutating func dropLast() {
        let last = open.removeLast()
        counts[last.name, default: 0] -= 1
    }
}

/// Whether `text` stands at `index`.
private func begins(_ bytes: [UInt8], at index: Int, with text: String, before limit: Int) -> Bool {
    bytes[min(index, limit)..<limit].starts(with: text.utf8)
}
