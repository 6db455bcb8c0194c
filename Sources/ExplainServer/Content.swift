import ExplainerKit
import HTTPD

/// What a resource answers: bytes in a form, and where else they are to be found.
struct Content {
    let format: Format
    /// Makes the bytes; not called where they are ready already.
    let render: () -> [UInt8]
    /// Address of this very resource with its defaults spelled out.
    let canonical: String
    /// The same in other forms.
    var alternates: [(format: Format, path: String)] = []
    /// Address of the next page of a list.
    var next: String?
    /// Health says something else from one moment to the next.
    var isCacheable = true
    /// Whether the address names these very bytes, so that nobody has to ask again.
    var isImmutable = false
    /// Who may show it in a frame, and what it may load.
    var policy = SecurityPolicy.page
    /// Of the content; nil for the service's own words.
    var language: String?
    /// Under which address the snapshot keeps it, if it keeps it; nil where other requests for the canonical one get other bytes.
    var key: String?

    init(_ format: Format, canonical: String, render: @escaping () -> [UInt8]) {
        self.format = format
        self.canonical = canonical
        self.render = render
        key = canonical
    }

    init(_ format: Format, _ bytes: [UInt8], canonical: String) {
        self.init(format, canonical: canonical) { bytes }
    }

    init(_ format: Format, _ text: String, canonical: String) {
        self.init(format, Array(text.utf8), canonical: canonical)
    }
}

/// What came of a request that is for this moment only, such as a check of the client's own text.
struct Outcome {
    var status = 200
    /// nil where there is nothing to read.
    let mediaType: String?
    let bytes: [UInt8]
    /// Beside those that every answer has.
    var headers: [Field] = []
    var language: String?

    init(_ mediaType: String?, _ bytes: [UInt8]) {
        self.mediaType = mediaType
        self.bytes = bytes
    }
}
