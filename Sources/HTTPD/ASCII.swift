// Bytes as HTTP's grammar sees them, tested without making a String.

extension UInt8 {
    /// Whether RFC 9110 lets this byte stand in a token: a method or a field name.
    @inline(always) var isToken: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"),
            UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"),
            UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    @inline(always) var isControl: Bool { self < 0x20 || self == 0x7F }
    @inline(always) var isBlank: Bool { self == 0x20 || self == 0x09 }
    @inline(always) var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    @inline(always) var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

    @inline(always) var isLetterOrDigit: Bool {
        let letter = self | 0x20
        return isDigit || (letter >= 0x61 && letter <= 0x7A)
    }

    /// The value of this hexadecimal digit.
    @inline(always) var hexValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// Text inside a request's head, where libmicrohttpd keeps it; gone when the request is.
@unsafe struct HeadText {
    let start: UnsafePointer<CChar>
    let count: Int

    @inline(always) subscript(index: Int) -> UInt8 { unsafe UInt8(bitPattern: start[index]) }

    var end: UnsafePointer<CChar> { unsafe start + count }

    var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: start, count: count) }

    /// The same text without blanks at its end; those at its start are no part of a value.
    var trimmed: HeadText {
        var count = unsafe count
        while count > 0, unsafe self[count - 1].isBlank { count -= 1 }
        return unsafe HeadText(start: start, count: count)
    }

    /// Compares without regard to case; `word` is in lower case.
    @inline(always) func isWord(_ word: StaticString) -> Bool {
        guard unsafe count == word.utf8CodeUnitCount else { return false }
        let wanted = unsafe word.utf8Start
        for index in 0..<(unsafe count) where unsafe self[index].lowercased != wanted[index] { return false }
        return true
    }

    var string: String { unsafe String(decoding: bytes, as: UTF8.self) }
}
