import ExplainerKit
import Foundation
import HTTPD

/// The whole site as files: the same bytes that the service would answer.
struct StaticSite {
    let app: App
    let site: Site

    /// Writes every explainer in every form, facts, lists and pages below `folder`.
    func write(to folder: String) throws {
        var count = 0
        for (path, target) in files {
            let response = app.get(target)
            guard response.status == 200 else { throw CocoaError(.fileWriteUnknown) }
            let url = URL(fileURLWithPath: folder).appendingPathComponent(path)
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(response.body).write(to: url)
            count += 1
        }
        log("\(count) files in \(folder)")
    }

    /// File below the folder, and the address that answers its bytes.
    private var files: [(path: String, target: String)] { [] }
}

extension App {
    /// The answer to a plain GET, without a socket.
    func get(_ target: String) -> Response {
        respond(Request(method: .get, target: target, headers: [Field("Accept", "text/plain, */*;q=0.1")]))
    }
}
