/// Sees plain text: paragraphs are separated by blank lines, list items begin with a mark, URLs and e-mail addresses are passed over.
enum PlainTextScanner {
    static func visibleText(of source: [UInt8]) -> VisibleText {
        var builder = VisibleTextBuilder(source)
        builder.append(0..<source.count)
        return builder.finish()
    }
}
