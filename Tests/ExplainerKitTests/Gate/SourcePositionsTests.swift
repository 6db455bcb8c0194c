import Testing

@testable import ExplainerKit

/// Lines, columns and offsets as tools count them.
@Suite struct SourcePositionsTests {
    @Test func `counts lines from 1 and columns in code points`() {
        let positions = SourcePositions(Array("a\nbé\r\n😀x\ry".utf8))
        let places = [0, 1, 2, 3, 5, 6, 7, 11, 12, 13, 14].map { positions.position(at: $0) }
        #expect(places.map(\.line) == [1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4])
        #expect(places.map(\.column) == [1, 2, 1, 2, 3, 4, 1, 2, 3, 1, 2])
        #expect(places.map(\.codepoint) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        #expect(places.map(\.utf16) == [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11])
        #expect(positions.codepoints == 10 && positions.utf16 == 11)
    }

    @Test func `a place inside a character is that of the character, one outside the text its end`() {
        let positions = SourcePositions(Array("a😀".utf8))
        #expect(positions.position(at: 3) == positions.position(at: 1))
        #expect(positions.position(at: 99).utf8 == 5)
        #expect(positions.position(at: -1).utf8 == 0)
        #expect(SourcePositions([]).position(at: 0) == SourcePosition(line: 1, column: 1, utf8: 0, codepoint: 0, utf16: 0))
    }

    @Test(arguments: 0..<50)
    func `agrees with the views of a string`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let alphabet = Array("ab é漢😀\u{301}\n\r".unicodeScalars) + (seed % 2 == 0 ? [] : ["x", "y", "z", "ö", "🚀"])
        var string = ""
        for _ in 0..<Int.random(in: 0...3000, using: &random) {
            string.unicodeScalars.append(alphabet.randomElement(using: &random) ?? "a")
        }
        let bytes = Array(string.utf8)
        let positions = SourcePositions(bytes)
        #expect(positions.codepoints == string.unicodeScalars.count && positions.utf16 == string.utf16.count)

        var (line, column, utf8, codepoint, utf16) = (1, 1, 0, 0, 0)
        for index in string.unicodeScalars.indices {
            let expected = SourcePosition(line: line, column: column, utf8: utf8, codepoint: codepoint, utf16: utf16)
            #expect(positions.position(at: utf8) == expected)
            let scalar = string.unicodeScalars[index]
            let next = string.unicodeScalars.index(after: index)
            let isLineFeedNext = next < string.endIndex && string.unicodeScalars[next] == "\n"
            column += 1
            utf8 += scalar.utf8.count
            codepoint += 1
            utf16 += scalar.utf16.count
            if scalar == "\n" || scalar == "\r" && !isLineFeedNext {
                line += 1
                column = 1
            }
        }
    }

    @Test(
        arguments: [
            ([], nil), (Array("aé漢😀".utf8), nil), ([0x61, 0xFF], 1), ([0x61, 0xC3], 1), ([0xC3, 0xA9, 0xC3, 0x41], 2), ([0xC0, 0xAF], 0),
            ([0x61, 0x80], 1),
            ([0xED, 0xA0, 0x80], 0), ([0x62, 0x62, 0xF4, 0x90, 0x80, 0x80], 2), ([0xE2, 0x82], 0),
        ] as [([UInt8], Int?)])
    func `finds the first byte that is not UTF-8`(bytes: [UInt8], offset: Int?) {
        #expect(firstInvalidUTF8(in: bytes) == offset)
    }
}
