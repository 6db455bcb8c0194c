import Crypto
import Foundation

/// What Content-Security-Policy lets a page of ours do.
struct SecurityPolicy: Sendable, Equatable {
    /// The field's value.
    let rawValue: String

    /// The service's own script, style sheet and pictures; no frame, nothing from elsewhere, and no markup made from strings.
    static let page = SecurityPolicy(
        rawValue: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )

    /// Made to be shown in a frame of anybody's page, and to tell that page its height.
    static let frame = SecurityPolicy(
        rawValue:
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
    )

    /// For a picture that carries this one style with it.
    static func picture(with style: String) -> SecurityPolicy {
        let digest = Data(SHA256.hash(data: Array(style.utf8))).base64EncodedString()
        return SecurityPolicy(rawValue: "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; frame-ancestors 'none'")
    }
}
