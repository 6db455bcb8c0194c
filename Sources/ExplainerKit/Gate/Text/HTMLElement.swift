/// What an element does to the text in it. Elements that are not listed, such as `b` and `span`, do nothing.
enum HTMLElement: Sendable, Equatable {
    /// Its text is a block, of the kind that the list item, cell or heading around it makes it.
    case block
    /// A block whose text is a paragraph even inside a list item or cell, such as a list with items of its own.
    case container
    case item(VisibleText.Block.Kind)
    case lineBreak
    /// Ends a block, and has no content.
    case rule
    /// Can have no content, so nothing ends it.
    case void
    case quotation
    case superscript
    /// Its content is text, without any tags.
    case textOnly(VisibleText.Block.Kind)
    case unseen(Unseen)

    /// Content that nobody looks at.
    struct Unseen: Sendable, Equatable {
        let kind: VisibleText.SkippedKind
        /// Leaves a character in its place: it is part of a sentence.
        var isObject = false
        var isBlock = false
        /// Content is no markup: only its own end tag ends it.
        var isRaw = false
        /// Content is in another language, in which tags may be closed at once.
        var isForeign = false
    }

    /// - Parameter name: the `WordHash` of its name
    static func named(_ name: UInt64) -> HTMLElement? { elements[name] }

    private static let elements: HashTable<HTMLElement> = {
        var elements = HashTable<HTMLElement>()
        func add(_ names: String, _ element: HTMLElement) {
            for name in names.split(separator: " ") { elements[WordHash(name.utf8).value] = element }
        }
        add(
            "address article aside body caption center colgroup details dialog div fieldset figcaption figure footer form head header"
                + " hgroup html legend main nav optgroup option p search section select summary tbody tfoot thead tr",
            .block
        )
        add("blockquote dir dl menu ol table ul", .container)
        add("li dt dd", .item(.listItem))
        add("td th", .item(.tableCell))
        for level in 1...6 { add("h\(level)", .item(.heading(level: level))) }
        add("br", .lineBreak)
        add("hr", .rule)
        add("area base basefont bgsound col embed frame img input link meta param source track wbr", .void)
        add("q", .quotation)
        add("sup", .superscript)
        add("title", .textOnly(.heading(level: 1)))
        add("textarea", .textOnly(.paragraph))
        add("code kbd samp", .unseen(Unseen(kind: .code, isObject: true)))
        add("pre listing", .unseen(Unseen(kind: .code, isBlock: true)))
        add("xmp plaintext", .unseen(Unseen(kind: .code, isBlock: true, isRaw: true)))
        add("math", .unseen(Unseen(kind: .math, isObject: true, isForeign: true)))
        add("mjx-container", .unseen(Unseen(kind: .math, isObject: true)))
        add("svg", .unseen(Unseen(kind: .markup, isForeign: true)))
        add("script style noscript iframe noembed noframes", .unseen(Unseen(kind: .markup, isRaw: true)))
        add("template audio video canvas object", .unseen(Unseen(kind: .markup)))
        return elements
    }()
}
