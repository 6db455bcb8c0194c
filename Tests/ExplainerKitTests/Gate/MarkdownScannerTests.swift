import Testing

@testable import ExplainerKit

@Suite struct MarkdownScannerTests {
    @Test(arguments: [
        // Emphasis
        ("**KL** divergence", "KL divergence"),
        ("mag*ic*", "magic"),
        ("***a** b*", "a b"),
        ("5 * 3, snake_case, 2*3 and __init__", "5 * 3, snake_case, 2*3 and init"),
        ("*a **b* **c", "*a *b **c"),
        ("~~old~~ ==new==, ~5 GB, a == b, x==y", "old new, ~5 GB, a == b, x==y"),
        ("«*a*» “_b_”", "\"a\" \"b\""),
        // Links and images
        ("[**KL** divergence](http://x.y/(a)_b \"magic\")", "KL divergence"),
        ("[a](<b c> 'd') [e]( f )", "a e"),
        ("[a [b](c) d](e)", "[a b d](e)"),
        ("see ![magic *words*](picture.png) here", "see here"),
        ("[![magic](a.png) shown](b)", "shown"),
        ("[a](b c), [d] and [e][f]", "[a](b c), [d] and [e][f]"),
        ("[a][B  c], [b c][] and [b c]\n\n[b C]: /magic 'magic'", "a, b c and b c"),
        ("\\[a](b) and [a\\](b)", "[a](b) and [a](b)"),
        // What is not looked at
        ("the `magic` word, ``a ` b``, `open", "the □ word, □, `open"),
        ("at https://example.com/magic_(a), or <ftp://a.b/c>.", "at □, or □."),
        ("mail me@example.com or <you@example.com>", "mail □ or □"),
        ("a <!-- magic --> b", "a b"),
        ("if $x^2 + y$ then $$z$$ is \\(a = b\\) or \\[c_1\\]", "if □ then □ is □ or □"),
        ("from $5 to $10, $3 or 4$ and \\(words in brackets\\)", "from $5 to $10, $3 or 4$ and (words in brackets)"),
        ("a fact[^1] here", "a fact here"),
        // Escapes, entities, line breaks
        ("\\*a\\* &amp; b&nbsp;c &copy; &nothing; &#77;agic", "*a* & b c © &nothing; Magic"),
        ("hard  \nbreak\\\nhere", "hard break here"),
        // HTML
        ("mag<b>ic</b>, <span title=\"magic > tricks\">a</span>, 1 < 2 > 1", "magic, a, 1 < 2 > 1"),
        ("press <kbd>magic *b* &amp; c</kbd> now", "press □ now"),
    ])
    func `shows the prose of a paragraph`(source: String, seen: String) {
        #expect(VisibleTextSample(source, .markdown).blocks == [seen])
    }

    @Test(arguments: [
        ("# Heading #\ntext", ["Heading", "text"]),
        ("Long\nheading\n===\n\nOther\n---", ["Long heading", "Other"]),
        ("a\n\n***\n\n- - -\n___\nb", ["a", "b"]),
        ("> KL\n> divergence", ["KL divergence"]),
        ("> KL\ndivergence", ["KL divergence"]),
        ("> > tensor\n> core\n>\n> b", ["tensor core", "b"]),
        ("> - KL\n>   divergence\n>   > affine\n> map", ["KL divergence", "affine map"]),
        ("1. one\n2. two\n\n   more\n   - nested\n     text", ["one", "two", "more", "nested text"]),
        ("- [ ] to do\n- [x] done\n- [y] no task", ["to do", "done", "[y] no task"]),
        ("In\n2024. It was\n- item", ["In 2024. It was", "item"]),
        ("```swift magic\nmagic\n```\na\n~~~\nmagic", ["a"]),
        ("    magic\n\n    magic\n\na\n    b", ["a b"]),
        ("- a\n\n      magic\n- b", ["a", "b"]),
        ("> ```\n> magic\n\na", ["a"]),
        ("| a | b |\n|:--|--:|\n| c \\| d | *e* |\nf\n\ng", ["a", "b", "c | d", "e", "f", "g"]),
        ("text\na | b\n- | -\nc", ["text a | b", "| - c"]),
        ("text\na | b\n--|--\nc | d", ["text", "a", "b", "c", "d"]),
        ("[^1]: A note\n    goes on.\n\n    And on.\n\ntext", ["A note goes on.", "And on.", "text"]),
        ("[a]: /magic\n  \"magic\"\n[b]: <magic>\ntext", ["text"]),
        ("---\ntitle: magic\n---\ntext", ["text"]),
        ("+++\ntitle = \"magic\"\n+++\ntext", ["text"]),
        ("---\nNo settings, prose.\n\n---\ntext", ["No settings, prose.", "text"]),
        ("$$\nmagic = 1\n\n- x\n$$\ntext", ["text"]),
        ("$$\nnever closed", ["$$ never closed"]),
        ("<div class=\"magic\">\nKL\ndivergence\n</div>\n\ntext", ["KL divergence", "text"]),
        ("<!-- magic\n\nmagic -->\ntext", ["text"]),
        ("> <!--\n> magic\n> -->\n> text", ["text"]),
        ("> <div>\n> KL\n> divergence\n> </div>", ["KL divergence"]),
        ("<script>\nmagic\n\nmagic\n</script>\n\ntext", ["text"]),
        ("a\r\nb\r\n\r\nc\rd", ["a b", "c d"]),
        ("\u{FEFF}# a", ["a"]),
        ("", []), ("\n \n", []), ("> \n>\n-\n#", []),
    ])
    func `shows the blocks of a document`(source: String, seen: [String]) {
        #expect(VisibleTextSample(source, .markdown).blocks == seen)
    }

    @Test func `knows what kind of block it is`() {
        let sample = VisibleTextSample("# a\n\nb\n===\n\n- c\n\n  d\n\n> e\n\n| f |\n|---|\n", .markdown)
        #expect(sample.blocks == ["a", "b", "c", "d", "e", "f"])
        #expect(sample.kinds == [.heading(level: 1), .heading(level: 1), .listItem, .paragraph, .paragraph, .tableCell])
    }

    @Test(arguments: [
        ("The **KL** divergence.", "KL divergence", "KL** divergence"),
        ("> a KL\n> > \n> divergence", "a KL", "a KL"),
        ("> > KL\n> > divergence", "KL divergence", "KL\n> > divergence"),
        ("a\\*b", "*b", "*b"),
        ("a &amp; b", "&", "&amp;"),
        ("the [tensor](/url) core", "tensor core", "tensor](/url) core"),
        ("- x\n  > tensor\n  core", "tensor core", "tensor\n  core"),
        ("| é | tensor *core* |\n|---|---|", "tensor core", "tensor *core"),
    ])
    func `finds its words in the source`(source: String, phrase: String, place: String) {
        #expect(VisibleTextSample(source, .markdown).source(of: phrase) == place)
    }

    @Test(arguments: [
        ("a `bc` d", VisibleText.SkippedKind.code, 4),
        ("```\nab\n```\n", .code, 10),
        ("<http://a.b> www.c.de", .url, 20),
        ("a <!-- b -->", .comment, 10),
        ("a $b^2$", .math, 5),
        ("---\na: b\n---\n", .frontMatter, 12),
        ("# a *b*", .markup, 3),
        ("- [a](b \"c\")", .markup, 10),
        ("> [a]: b\n> [c]: d", .markup, 12),
        ("| a |\n|---|", .markup, 7),
    ])
    func `reports what it passed over`(source: String, kind: VisibleText.SkippedKind, count: Int) {
        #expect(VisibleTextSample(source, .markdown).visible.skipped[kind] == count)
    }

    @Test func `says where comments are`() {
        let visible = VisibleTextSample("a <!-- explain-lint off -->\n\n> <!--\n> b -->", .markdown).visible
        #expect(visible.comments == [2..<27, 31..<43])
    }

    @Test(arguments: 0..<300)
    func `loses and invents nothing`(seed: Int) {
        var random = RandomText(seed: seed)
        let source = random.text(of: pieces, count: 60)
        let sample = VisibleTextSample(source, .markdown)
        #expect(sample.misplaced == nil, "\(source)")
        #expect(sample.miscounted == nil, "\(source)")
    }

    @Test(arguments: 0..<100)
    func `survives any text`(seed: Int) {
        var random = RandomText(seed: seed)
        let scalars = (0..<400).map { _ in
            String(Unicode.Scalar(UInt32(random.next(random.next(2) == 0 ? 0x80 : 0x3000))) ?? "\u{1F600}")
        }
        #expect(VisibleTextSample(scalars.joined(), .markdown).misplaced == nil)
    }

    @Test(arguments: pieces + ["![", "[a](", "> - ", "**_", "a\n> ", "[a][", "$a ", "`` ` ", "<!-- ", "\\(", "<a b='", "1. ", "- * "])
    func `goes on to the end of a long row of marks`(mark: String) {
        let row = String(repeating: mark, count: 20_000)
        #expect(VisibleTextSample(row + "\n\n", .markdown).visible.source.count > 0)
    }
}

private let pieces = [
    "a", "word ", "KL", " ", "\n", "\n\n", "\r\n", "    ", "\t", "> ", "- ", "1. ", "# ", "===", "---", "***", "*", "**", "_", "~~", "==",
    "`", "``", "```",
    "~~~", "[", "]", "(", ")", "![", "](x)", "[x]: y\n", "[^1]", "[^1]: ", "<b>", "</b>", "<!--", "-->", "<div>", "</div>\n",
    "<http://a.b>",
    "http://a.b/c", "a@b.cd", "\\", "&amp;", "&", "$", "$$", "\\(", "\\)", "|", "|-|\n", "\"", "'", "!", ":", "+++", "<pre>", "<code>",
    "<br>", "{x}",
]
