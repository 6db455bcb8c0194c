// What kind of character a byte or a scalar is. Most text is ASCII, for which no Unicode table has to be asked.

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// A letter of ASCII.
func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

/// White space as ASCII knows it.
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

extension Unicode.Scalar {
    /// White space.
    var isBlank: Bool { value < 0x80 ? ExplainerKit.isBlank(UInt8(value)) : properties.isWhitespace }
}

/// A capital letter of ASCII.
func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
