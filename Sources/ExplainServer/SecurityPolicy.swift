/// What Content-Security-Policy lets a page of ours do.
enum SecurityPolicy: String, Sendable {
    /// No script, no frame, and nothing from elsewhere.
    case page = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    /// Made to be shown in a frame of anybody's page, and to tell that page its height.
    case frame =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
}
