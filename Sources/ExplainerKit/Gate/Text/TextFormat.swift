/// How a text is marked up.
package enum TextFormat: String, Sendable, CaseIterable {
    case plain, markdown, html

    /// What a reader sees of `source`, which has to be valid UTF-8.
    package func visibleText(of source: [UInt8]) -> VisibleText {
        switch self {
        case .plain: PlainTextScanner.visibleText(of: source)
        case .markdown: MarkdownScanner.visibleText(of: source)
        case .html: HTMLScanner.visibleText(of: source)
        }
    }
}
