/// What joins a request, its response and its log lines: 16 hexadecimal digits, or the client's own word.
enum RequestID {
    static let headerName = "X-Request-Id"
    static let digitCount = 16
    static let maxClientBytes = 64

    /// A client's id is taken over if it is short and plain; it appears in headers and logs.
    static func isPlain(_ text: HeadText) -> Bool {
        let count = unsafe text.count
        guard count > 0, count <= maxClientBytes else { return false }
        return unsafe text.bytes.allSatisfy { $0.isLetterOrDigit || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }
    }

    /// Writes the 16 digits of `number` in place.
    @inline(always)
    static func write(_ number: UInt64, to digits: UnsafeMutablePointer<CChar>) {
        var rest = number
        for index in stride(from: digitCount - 1, through: 0, by: -1) {
            let digit = UInt8(truncatingIfNeeded: rest & 0xF)
            unsafe digits[index] = CChar(bitPattern: digit < 10 ? 0x30 + digit : 0x57 + digit)
            rest >>= 4
        }
    }

    static func text(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: digitCount - digits.utf8.count) + digits
    }
}
