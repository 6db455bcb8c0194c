/// A place in a text, in each of the units in which tools count.
package struct SourcePosition: Sendable, Equatable {
    /// From 1.
    package let line: Int
    /// From 1, in code points.
    package let column: Int
    package let utf8: Int
    package let codepoint: Int
    package let utf16: Int
}

/// Finds lines, columns and offsets of a text. It is counted once, and any place is found from the nearest mark before it.
package struct SourcePositions: Sendable {
    private let source: [UInt8]
    private var lines: [Mark] = [Mark()]
    /// One for every `spacing` bytes, since a line may be the whole text.
    private var marks: [Mark] = [Mark()]
    private var end = Mark()

    private static let spacing = 1024

    private struct Mark {
        var utf8 = 0
        var codepoint = 0
        var utf16 = 0

        mutating func advance(over byte: UInt8) {
            utf8 += 1
            if byte & 0xC0 != 0x80 {
                codepoint += 1
                utf16 += byte < 0xF0 ? 1 : 2
            }
        }
    }

    /// - Parameter source: valid UTF-8
    package init(_ source: [UInt8]) {
        self.source = source
        marks.reserveCapacity(source.count / Self.spacing + 1)
        for index in source.indices {
            let byte = source[index]
            end.advance(over: byte)
            let endsLine =
                byte == 0x0A || byte == 0x0D && !(index + 1 < source.count && source[index + 1] == 0x0A)
            if endsLine { lines.append(end) }
            if end.utf8 % Self.spacing == 0 { marks.append(end) }
        }
    }

    /// Code points of the whole text.
    package var codepoints: Int { end.codepoint }
    /// UTF-16 code units of the whole text.
    package var utf16: Int { end.utf16 }

    /// The place of a byte; of the character to which it belongs, if it is not the first one of it.
    package func position(at utf8: Int) -> SourcePosition {
        var offset = min(max(utf8, 0), source.count)
        while offset > 0, offset < source.count, source[offset] & 0xC0 == 0x80 { offset -= 1 }
        var mark = marks[offset / Self.spacing]
        while mark.utf8 < offset { mark.advance(over: source[mark.utf8]) }
        let line = line(of: offset)
        return SourcePosition(
            line: line + 1, column: mark.codepoint - lines[line].codepoint + 1,
            utf8: mark.utf8, codepoint: mark.codepoint, utf16: mark.utf16
        )
    }

    private func line(of offset: Int) -> Int {
        var low = 0
        var high = lines.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle].utf8 <= offset { low = middle } else { high = middle }
        }
        return low
    }
}

/// The first byte that cannot be part of UTF-8; nil if all is well.
package func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
    do {
        _ = try UTF8Span(validating: bytes.span)
        return nil
    } catch {
        return error.byteOffsets.lowerBound
    }
}
