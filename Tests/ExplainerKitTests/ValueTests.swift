import Testing

@testable import ExplainerKit

/// Numbers, names and words on their own.
@Suite struct ValueTests {
    @Test(arguments: [("1.10", 2), ("80", 0), ("-3.6", 1), ("0.0", 1)])
    func `keeps the digits of a decimal`(text: String, places: Int) throws {
        let decimal = try #require(Decimal(text))
        #expect(decimal.text == text)
        #expect(decimal.places == places)
    }

    @Test(arguments: ["", "-", ".5", "5.", "1e3", "1,000", "+1", " 1", "1.2.3", "٣"])
    func `refuses what is no plain decimal`(text: String) {
        #expect(Decimal(text) == nil)
    }

    @Test(arguments: [("74.2", 74.21875, true), ("74.2", 74.26, false), ("75", 75.0, true), ("-3.6", -3.6000001, true), ("0", 0.4, true)])
    func `knows what rounds to it`(text: String, exact: Double, rounds: Bool) throws {
        #expect(try #require(Decimal(text)).isRounding(of: exact) == rounds)
    }

    @Test(arguments: [("1 - 4/16", 0.75), ("(100 - 80) * 2", 40), ("-3 + 5", 2), ("2*3-4/2", 4), ("1 - (1 - 0.5)", 0.5)])
    func `evaluates plain arithmetic`(text: String, result: Double) throws {
        #expect(try #require(Formula(text)).result == result)
    }

    @Test(arguments: [
        "", "1 +", "(1", "1)", "a + 1", "1/0", "1 2", String(repeating: "(", count: 40) + "1" + String(repeating: ")", count: 40),
    ])
    func `refuses other formulas`(text: String) {
        #expect(Formula(text) == nil)
    }

    @Test(arguments: [
        ("Product Manager", "product-manager"), ("product_manager", "product-manager"), (" a  b ", "a-b"), ("Qwen2.5-7B", "qwen2.5-7b"),
    ])
    func `takes case, blanks, hyphens and underscores as the same`(text: String, expected: String) {
        #expect(slug(text) == expected)
    }

    @Test(arguments: [("studnet", "student"), ("stud", "student"), ("Developr", "developer"), ("xyzzy", nil)])
    func `finds the nearest name, or none`(given: String, expected: String?) {
        #expect(nearest(to: given, among: ["general", "student", "developer"]) == expected)
    }

    @Test(arguments: [
        "An RTX 4090 runs Qwen2-7B in 4-bit form since 2024.", "The 7B model, INT4 or FP16, as Q4_K_M.",
        "Two cards, three reasons, one file.",
        "The M2's memory and the RTX 4090's.", "A third reason; the second step of double quantization.", "From 2023–2024 on, in iOS 18.",
    ])
    func `lets names, years, bit labels and counts pass`(text: String) {
        let literal = LiteralQuantity(names: ["RTX 4090", "iOS 18", "double quantization", "M2"])
        #expect(literal.all(in: text) == [])
    }

    @Test(arguments: [
        ("It takes 6 GB.", "6"), ("About 75% less.", "75%"), ("Half the memory.", "Half"), ("It is twice as fast.", "twice"),
        ("a third of it", "third"),
        ("Four bits a weight.", "Four"), ("ten times faster", "ten"), ("It halves the file.", "halves"), ("a tenfold gain", "tenfold"),
        ("seven billion of them", "billion"), ("an RTX 5090", "5090"), ("(2.5x)", "2.5x"), ("three-quarters", "three-quarters"),
        ("½ of it", "½"),
        ("100/200", "100"), ("room for 1,024 tokens", "1,024"), ("saving-75%", "saving-75%"),
        ("2000 GB of memory", "2000"), ("one-third", "one-third"), ("n=75", "n=75"), ("thousandfold", "thousandfold"),
    ])
    func `finds quantities that were typed`(text: String, found: String) {
        #expect(LiteralQuantity(names: ["RTX 4090"]).all(in: text).first == found)
    }

    @Test func `cuts sentences where a reader would`() {
        let text = "Run llama.cpp 2.5 times. \"Is it so?\" It is (e.g. here). Yes!"
        #expect(Prose.sentences(in: text) == ["Run llama.cpp 2.5 times.", "\"Is it so?\"", "It is (e.g. here).", "Yes!"])
    }

    @Test(arguments: [
        ("table", 2), ("made", 1), ("needed", 2), ("rounds", 1), ("memory", 3), ("uses", 2), ("idea", 2), ("the", 1), ("weighed", 1),
        ("quantization", 4),
    ])
    func `counts syllables as ears do, nearly`(word: String, expected: Int) {
        #expect(Prose.syllables(in: Substring(word).utf8) == expected)
    }

    @Test func `grades by Flesch and Kincaid`() {
        // 6 words, 1 sentence, 6 syllables: 0.39 · 6 + 11.8 · 1 − 15.59.
        #expect(abs(Prose.grade(ofSentences: ["The cat sat on the mat."]) - -1.45) < 0.001)
    }

    @Test(arguments: [
        ("can you explain quantization simply please", "simple"), ("give me an analogy", "analogy"), ("just the FACTS", "facts"),
        ("hello there", nil),
        ("analogies please", "analogy"),
    ])
    func `matches a free sentence to what it asks for`(sentence: String, expected: String?) {
        let matcher = PhraseMatcher([
            ("simple", ["explain quantization simply", "what is quantization"]), ("analogy", ["analogy", "by comparison"]),
            ("facts", ["just the facts"]),
        ])
        #expect(matcher.best(sentence)?.id == expected)
    }
}
