import Testing

@testable import ExplainerKit

/// What a reader of a page sees of its source, and what nobody looks at.
@Suite struct HTMLScannerTests {
    @Test(arguments: [
        ("mag<b>ic</b> and <i>KL</i> divergence", "magic and KL divergence"),
        ("mag<!-- hidden -->ic w<wbr>o&shy;r&zwnj;d", "magic word"),
        ("<p>One\n  two&nbsp;three&#32;four<br>five", "One two three four five"),
        ("R&amp;D &lt;b&gt; caf&eacute; &#x4B;&#76; &Kopf;&Lscr; 5&percnt; &half;", "R&D <b> cafe KL KL 5% 1/2"),
        ("AT&T &copy 2024 &notit; &unknown; &#; &", "AT&T © 2024 ¬it; &unknown; &#; &"),
        ("&#128; &#x80; &#0;&#xD800;&#99999999999999999999;", "€ € \u{FFFD}\u{FFFD}\u{FFFD}"),
        ("a < b, 3<4 and <3 & 4 >", "a < b, 3<4 and <3 & 4 >"),
        ("<a title='x > y' href=magic>link</a>", "link"),
        ("<A HREF=\"magic\">LINK</A>", "LINK"),
        ("<p>seen<a href=\"never closed", "seen"),
        ("seen <!-- never closed", "seen"),
        ("a<!-->b<!--->c<!--x--!>d<!-- > -->e<!doctype x>f<?php x?>g</>h</ x>i<![CDATA[ y ]]>j", "abcdefghij"),
        ("<q>no</q>", "\"no\""),
        ("4<sup>th</sup> of H<sub>2</sub>O", "4th of H2O"),
        ("claim<sup>1</sup> and<sup id=a><a href='#b'><span>&#91;</span>12<span>&#93;</span></a></sup> more", "claim and more"),
    ])
    func `shows the text that a browser shows`(source: String, seen: String) {
        #expect(visible(source) == [seen])
    }

    @Test(arguments: [
        ("uses <code>magic</code>, not <kbd>x<kbd>y</kbd></kbd>", "uses \u{FFFC}, not \u{FFFC}"),
        ("a<script>if (a < b) '</p>'; // </scripts></script>b<style>p > a {}</style>c<noscript><p>n</noscript>d", "abcd"),
        ("a <svg><title>t</title><svg/><path d='x'/></svg>b <math><mi>x</mi></math> c", "a b \u{FFFC} c"),
        ("a<template><div>x</div></template>b<iframe><p>x</iframe>c<video>x</video>d", "abcd"),
        ("a <span hidden>x<span>y</span>z</span>b<input hidden>c", "a bc"),
        ("a <span class=\"katex\"><span>x</span></span> b <span class='math inline'>\\(x\\)</span>", "a \u{FFFC} b \u{FFFC}"),
        (
            "see https://x.org/a_(b)?c=1&amp;d=2, or (www.x.org)&nbsp;or me.too@mail.example.org.",
            "see \u{FFFC}, or (\u{FFFC}) or \u{FFFC}."
        ),
        ("github.com/a/b and/or read/write x://y http:// www. a@b 3:4", "\u{FFFC} and/or read/write \u{FFFC} http:// www. a@b 3:4"),
    ])
    func `does not look at code, formulas, addresses and what is hidden`(source: String, seen: String) {
        #expect(visible(source) == [seen])
    }

    @Test func `separates blocks and knows their kinds`() {
        let text = HTMLScanner.visibleText(
            of: Array(
                """
                <head><title>T &amp; <b></title><meta charset=utf-8></head><body><h2>Head</h2>Text<p>One<p>Two
                <ul><li>A<ul><li><p>B</p>b</ul>a<li>C</ul>D<table><tr><th>E<td>F</table><dl><dt>G<dd>H</dl>
                I<br><br/>J<hr>K<pre>not this</pre>L<blockquote>M</blockquote><textarea>N <b></textarea>O
                """.utf8
            )
        )
        #expect(
            text.blocks.map { "\($0.kind) \(String(decoding: text.bytes[$0.range], as: UTF8.self))" } == [
                "heading(level: 1) T & <b>", "heading(level: 2) Head", "paragraph Text", "paragraph One", "paragraph Two", "listItem A",
                "listItem B", "listItem b", "listItem a", "listItem C", "paragraph D", "tableCell E", "tableCell F", "listItem G",
                "listItem H",
                "paragraph I", "paragraph J", "paragraph K", "paragraph L", "paragraph M", "paragraph N <b>", "paragraph O",
            ]
        )
    }

    @Test(arguments: [
        ("<div>a <code>b</div><p>c", ["a \u{FFFC}", "c"]),
        ("<svg><path><p>c", ["c"]),
        ("<svg></ x><b>c", ["c"]), ("<p hidden>a<p>c", ["c"]), ("<p hidden>a<h2>c", ["c"]),
        ("<ul><li hidden>a<li>c</ul>", ["c"]),
        ("<div hidden><script>'</div>'</script>a</div>c", ["c"]),
        ("<code>a</p>c", ["\u{FFFC}", "c"]),
    ])
    func `looks at what follows an element that was left open`(source: String, seen: [String]) {
        #expect(visible(source) == seen)
    }

    @Test func `reports what it passed over`() {
        let text = HTMLScanner.visibleText(of: Array("<p>a <code>b</code> <!-- c --> http://d.e <math>f</math>".utf8))
        #expect(text.skipped == [.markup: 3, .code: 14, .comment: 10, .url: 10, .math: 14])
        #expect(text.comments.map { String(decoding: text.source[$0], as: UTF8.self) } == ["<!-- c -->"])
    }

    @Test func `reads tags one at a time, as they stand in Markdown`() {
        let source = "use <code>x</code> and <!-- y --> <b>z</b>"
        let bytes = Array(source.utf8)
        var builder = VisibleTextBuilder(bytes)
        var state = HTMLScanner.State()
        var index = 0
        while index < bytes.count {
            let isTag = bytes[index] == UInt8(ascii: "<")
            let end = bytes[(index + 1)...].firstIndex { isTag ? $0 == UInt8(ascii: ">") : $0 == UInt8(ascii: "<") } ?? bytes.count
            let piece = index..<(isTag ? end + 1 : end)
            if isTag {
                HTMLScanner.scan(piece, into: &builder, state: &state)
            } else if state.isHidden {
                builder.skip(piece, as: state.hiddenKind)
            } else {
                builder.append(piece)
            }
            index = piece.upperBound
        }
        let text = builder.finish()
        #expect(String(decoding: text.bytes[text.blocks[0].range], as: UTF8.self) == "use \u{FFFC} and z")
        #expect(text.skipped == [.code: 14, .comment: 10, .markup: 7])
    }

    @Test(arguments: 0..<200)
    func `nothing inside a word hides it, and its place in the source is found`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let word = ["magic", "KL", "divergence", "75%", "INT4", "tensor-core"].randomElement(using: &random) ?? ""
        let disguised = random.disguise(word)
        let source = Array("<p>so, <em>\(disguised)</em> end".utf8)
        let text = HTMLScanner.visibleText(of: source)
        #expect(String(decoding: text.bytes[text.blocks[0].range], as: UTF8.self) == "so, \(word) end", "\(disguised)")

        let range = text.sourceRange(of: 4..<4 + word.utf8.count)
        #expect(visible(String(decoding: source[range], as: UTF8.self)) == [word], "\(disguised)")
    }

    @Test(arguments: 0..<200)
    func `survives any bytes, and every place is inside the source and in order`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let pieces = [
            "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "&", "&#", "&#x", ";", "\"", "'", "=", " ", "\n", "p", "code", "<code>",
            "</code>", "<li>",
            "<ul>", "</ul>", "<sup>", "</sup>", "1", "<svg>", "<title>", "<script>", "</script", "<br>", "hidden", "<p hidden>", "http://",
            "@x.org",
            "é", "漢", "\u{200B}", "½", "𝐦", "nbsp;", "amp;",
        ]
        var source: [UInt8] = []
        for _ in 0..<Int.random(in: 0...120, using: &random) {
            if Int.random(in: 0..<20, using: &random) == 0 {
                source.append(UInt8.random(in: 0...255, using: &random))
            } else {
                source += pieces.randomElement(using: &random)?.utf8 ?? "".utf8
            }
        }
        let text = HTMLScanner.visibleText(of: source)
        var last = 0
        for block in text.blocks {
            #expect(!block.range.isEmpty)
            for index in block.range {
                let range = text.sourceRange(of: index..<index + 1)
                #expect(range.lowerBound >= last && range.upperBound <= source.count && !range.isEmpty)
                last = range.lowerBound
            }
        }
        #expect(text.skipped.values.reduce(0, +) <= source.count)
    }

    private func visible(_ source: String) -> [String] {
        let text = HTMLScanner.visibleText(of: Array(source.utf8))
        return text.blocks.map { String(decoding: text.bytes[$0.range], as: UTF8.self) }
    }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x2545_F491_4F6C_DD1D }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// The word, each character as itself, as a look-alike or as an entity, with things between them that nobody sees.
    fileprivate mutating func disguise(_ word: String) -> String {
        let alike = Dictionary(uniqueKeysWithValues: zip("acegiKLMNTopsvx-", "асеɡіКᒪМΝТорѕνх‑"))
        let unseen = [
            "&shy;", "\u{200B}", "\u{2060}", "<b>", "</b>", "<!-- x -->", "<wbr>", "\u{301}", "&zwj;", "&#x200c;", "\u{FE0F}", "<i id='>'>",
        ]
        var text = ""
        for (index, character) in word.enumerated() {
            let scalar = character.unicodeScalars.first?.value ?? 0
            switch Int.random(in: 0..<6, using: &self) {
            case 0: text += "&#\(scalar);"
            case 1: text += "&#x\(String(scalar, radix: 16));"
            case 2: text.unicodeScalars.append(Unicode.Scalar(scalar + 0xFEE0) ?? " ")
            case 3: text.append(alike[character] ?? character)
            default: text.append(character)
            }
            while index < word.count - 1, Bool.random(using: &self) { text += unseen.randomElement(using: &self) ?? "" }
        }
        return text
    }
}
