/// Sees CommonMark with the tables, footnotes, task marks, struck-out text and bare URLs of GitHub, with front matter and formulas.
///
/// Written by hand: inline positions of cmark are not exact, and its Debian version takes quadratic time for some inputs.
enum MarkdownScanner {
    static func visibleText(of source: [UInt8]) -> VisibleText {
        var blocks = MarkdownBlocks(source)
        blocks.read()
        var inlines = MarkdownInlines(blocks, builder: VisibleTextBuilder(source))
        var position = 0
        for leaf in blocks.leaves {
            inlines.builder.skipMarks(position..<leaf.start)
            inlines.read(leaf)
            position = leaf.end
        }
        inlines.builder.skipMarks(position..<source.count)
        return inlines.builder.finish()
    }
}

extension VisibleTextBuilder {
    /// What stands between pieces of text: white space and marks.
    mutating func skipMarks(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            while index < range.upperBound, !isBlank(text.source[index]) { index += 1 }
            skip(start..<index, as: .markup)
            index += 1
        }
    }
}

/// White space within a line.
func isSpaceOrTab(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// What a backslash makes an ordinary character.
func isASCIIPunctuation(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && !isLetter(byte) && !isDigit(byte) }
