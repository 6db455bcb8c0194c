/// Sees CommonMark.
enum MarkdownScanner {
    static func visibleText(of source: [UInt8]) -> VisibleText {
        var builder = VisibleTextBuilder(source)
        builder.append(0..<source.count)
        return builder.finish()
    }
}
