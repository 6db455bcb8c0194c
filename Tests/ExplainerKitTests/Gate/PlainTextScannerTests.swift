import Testing

@testable import ExplainerKit

@Suite struct PlainTextScannerTests {
    @Test(arguments: [
        ("One\ntwo.\n\nThree.\n  \t\nFour.", ["One two.", "Three.", "Four."]),
        ("a\r\nb\r\n\r\nc\rd\r\re", ["a b", "c d", "e"]),
        ("Buy:\n- milk\n- tea\n  and sugar\n* bread\n• salt", ["Buy:", "milk", "tea and sugar", "bread", "salt"]),
        ("1. one\n2) two\n\n10. ten", ["one", "two", "ten"]),
        ("A clean text that is wrapped\n- here, and\n2. there", ["A clean text that is wrapped - here, and 2. there"]),
        ("Title\n=====\ntext\n-----\nmore", ["Title", "text", "more"]),
        ("a\n\n*****\n\nb", ["a", "b"]),
        ("> KL\n> divergence\n>\n> > next\nline", ["KL divergence", "next line"]),
        ("See https://example.com/magic, or me@example.com.", ["See □, or □."]),
        ("*KL* `divergence` <b>x</b> &amp; [a](b) <!-- c -->", ["*KL* `divergence` <b>x</b> &amp; [a](b) <!-- c -->"]),
        ("a <!-- explain-lint off --> b", ["a b"]),
        ("a\n<!-- explain-lint\noff -->\nb", ["a b"]),
        ("a:\n<!-- explain-lint off -->\n- b", ["a:", "b"]),
        ("<!-- explain-lint off", ["<!-- explain-lint off"]),
        ("", []), (" \n\n", []), (">\n---", []),
    ])
    func `shows the blocks of a text`(source: String, seen: [String]) {
        #expect(VisibleTextSample(source, .plain).blocks == seen)
    }

    @Test func `knows what kind of block it is`() {
        let sample = VisibleTextSample("A\n=\n\nB\n===\n\nC\n---\n- d\n\ne", .plain)
        #expect(sample.blocks == ["A =", "B", "C", "d", "e"])
        #expect(sample.kinds == [.paragraph, .heading(level: 1), .heading(level: 2), .listItem, .paragraph])
    }

    @Test(arguments: [
        ("> KL\r\n> divergence", "KL divergence", "KL\r\n> divergence"),
        ("- a  KL\n  divergence", "KL divergence", "KL\n  divergence"),
        ("at www.a.bc now", "at \u{FFFC}", "at www.a.bc"),
    ])
    func `finds its words in the source`(source: String, phrase: String, place: String) {
        #expect(VisibleTextSample(source, .plain).source(of: phrase) == place)
    }

    @Test func `reports what it passed over`() {
        let visible = VisibleTextSample("> - a\n\n---\nhttp://b.cd <!-- explain-lint x -->", .plain).visible
        #expect(visible.skipped == [.markup: 5, .url: 11, .comment: 23])
        #expect(visible.comments == [23..<46])
    }

    @Test(arguments: 0..<200)
    func `loses and invents nothing`(seed: Int) {
        var random = RandomText(seed: seed)
        let source = random.text(of: pieces, count: 60)
        let sample = VisibleTextSample(source, .plain)
        #expect(sample.misplaced == nil, "\(source)")
        #expect(sample.miscounted == nil, "\(source)")
    }

    /// As an editor does that breaks its lines at another place.
    @Test(arguments: 0..<100)
    func `sees the same words wherever a paragraph is wrapped`(seed: Int) {
        var random = RandomText(seed: seed)
        let words = ["a", "-", "*", "1.", "2)", "b:c", "word", "5", "and", "•"]
        let paragraph = (0..<40).map { _ in words[random.next(words.count)] }
        let source = "It " + paragraph.map { $0 + (random.next(4) == 0 ? "\n" : " ") }.joined()
        #expect(VisibleTextSample(source, .plain).blocks == ["It " + paragraph.joined(separator: " ")])
    }
}

private let pieces = [
    "a", "word ", "KL", " ", "\n", "\n\n", "\r\n", "\r", "    ", "\t", "> ", ">", "- ", "* ", "1. ", "===\n", "---\n", "***", ":", ":\n",
    "http://a.b/c", "www.a.bc",
    "a@b.cd", "<!--", " explain-lint ", "<!-- explain-lint x -->", "-->", "<!-- explain-lint\n", "<", ".",
]
