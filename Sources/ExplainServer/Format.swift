/// The forms in which resources are represented.
enum Format: String, CaseIterable, Sendable {
    case text, markdown, html, fragment, json, csv, ndjson, jsonld, atom, svg, css, js, png, sarif, rdjsonl, github
    /// Block Kit.
    case slack

    /// What Content-Type says.
    var mediaType: String {
        switch self {
        case .text: "text/plain; charset=utf-8"
        case .markdown: "text/markdown; charset=utf-8"
        case .html, .fragment: "text/html; charset=utf-8"
        case .json, .slack: "application/json"
        case .csv: "text/csv; charset=utf-8"
        case .ndjson: "application/x-ndjson"
        case .jsonld: "application/ld+json"
        case .atom: "application/atom+xml"
        case .svg: "image/svg+xml"
        case .css: "text/css; charset=utf-8"
        case .js: "text/javascript; charset=utf-8"
        case .png: "image/png"
        case .sarif: "application/sarif+json"
        case .rdjsonl: "application/x-ndjson"
        case .github: "text/plain; charset=utf-8"
        }
    }

    /// What stands behind the point of a path: "/explain.md". A fragment has none, because it is no document of its own.
    var suffix: String? {
        switch self {
        case .text: "txt"
        case .markdown: "md"
        case .fragment, .css, .js, .github, .slack: nil
        default: rawValue
        }
    }

    /// Type and subtype without parameters.
    var essence: Substring { mediaType.prefix { $0 != ";" } }
}
