/// A line of a source; LF, CR LF and CR end it.
struct SourceLine: Equatable {
    /// Its first byte.
    let start: Int
    /// Before the line break.
    let end: Int
    /// Where the next line starts.
    let next: Int

    /// The line that begins at `start`.
    init(_ bytes: [UInt8], at start: Int) {
        let bytes = bytes.span
        var end = start
        while end < bytes.count, bytes[end] > 0x0D || bytes[end] != 0x0A && bytes[end] != 0x0D { end += 1 }
        self.start = start
        self.end = end
        if end == bytes.count {
            next = end
        } else if bytes[end] == 0x0D, end + 1 < bytes.count, bytes[end + 1] == 0x0A {
            next = end + 2
        } else {
            next = end + 1
        }
    }

    /// Without the line break.
    var range: Range<Int> { start..<end }
}
