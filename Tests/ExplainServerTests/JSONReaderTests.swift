import ExplainerKit
import Testing

@testable import ExplainServer

/// JSON that clients send.
@Suite struct JSONReaderTests {
    private func read(_ text: String) throws(JSONReader.Failure) -> JSON { try JSONReader.value(of: Array(text.utf8)) }

    @Test(
        arguments: [
            ("{}", .object([])), (" [ ] ", .array([])), ("\u{FEFF}true", .bool(true)), ("null", .null), ("-0.50e+3", .digits("-0.50e+3")),
            (
                "{\"b\": [1, \"two\"], \"a\": {\"c\": false}}",
                .object([("b", .array([.digits("1"), .string("two")])), ("a", .object([("c", .bool(false))]))])
            ),
            (#""a\"\\\/\b\f\n\r\té\ud83d\ude00😀""#, .string("a\"\\/\u{8}\u{C}\n\r\té😀😀")),
        ] as [(String, JSON)])
    func `reads what is JSON`(text: String, value: JSON) throws {
        #expect(try read(text) == value)
    }

    @Test(arguments: [
        ("", 0), ("{\"a\": 1,}", 8), ("{\"a\" 1}", 5), ("{a: 1}", 1), ("{'a': 1}", 1), ("[1 2]", 3), ("[1,]", 3), ("tru", 0), ("1 2", 2),
        ("01", 1), ("-", 1), ("1.", 2), ("1e", 2), ("+1", 0), ("\"a", 0), ("\"a\nb\"", 2), (#""\x""#, 1), (#""\u12g4""#, 1),
        (#""\ud83d""#, 1), (#""\ude00""#, 1), (#""\ud83da""#, 1), (#""\ud83d\u0041""#, 1), ("{\"a\": 1, \"a\": 2}", 9),
        ("{\"a\": 1} x", 9), ("[", 1), ("{", 1), ("\"\\", 2), (String(repeating: "[", count: 1000), 64), ("NaN", 0),
    ])
    func `refuses what is none, and says where`(text: String, offset: Int) throws {
        let failure = try #require(throws: JSONReader.Failure.self) { try read(text) }
        #expect(failure.offset == offset, "\(failure)")
        #expect(!failure.reason.isEmpty)
    }
}
