/// What a character counts as when words are compared.
enum Folding {
    enum Result: Equatable {
        /// Soft hyphens, zero-width and other format characters.
        case invisible
        case space
        /// UTF-8 of the plain characters that it stands for.
        case folded([UInt8])
        case itself
    }

    static func fold(_ scalar: Unicode.Scalar) -> Result {
        .itself
    }
}
