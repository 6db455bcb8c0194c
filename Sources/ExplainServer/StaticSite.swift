import ExplainerKit
import Foundation
import HTTPD

/// The whole site as files: the answers that the service gives, with links that lead from file to file.
struct StaticSite {
    let app: App
    let site: Site

    /// Why nothing more was written.
    enum Failure: Error, CustomStringConvertible {
        case noAnswer(target: String, status: Int)

        var description: String {
            switch self {
            case .noAnswer(let target, let status): "\(target) answers \(status)"
            }
        }
    }

    /// Writes every explainer in every form, facts, lists and pages below `folder`, and says how many.
    func write(to folder: String) throws {
        let targets = self.targets
        for target in targets {
            guard let path = file(for: target) else { continue }
            let response = app.get(target)
            guard response.status == 200 else { throw Failure.noAnswer(target: target, status: response.status) }
            let url = URL(fileURLWithPath: folder).appendingPathComponent(path)
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(path.hasSuffix(".html") ? relinked(response.body, in: path) : response.body).write(to: url)
        }
        log("\(targets.count) files in \(folder)")
    }

    private static let factForms = ["html", "json", "csv", "ndjson", "jsonld", "md"]
    /// The facts that do not hold have a list of their own.
    static let claims = "refuted,unsupported"

    /// Every address that becomes a file.
    private var targets: [String] {
        var targets = [
            "/?format=html", "/?format=json", "/style.css", "/site.js", "/icon.svg", "/topics.html", "/topics.json", "/version.json",
        ]
        targets += site.snapshot.topics.flatMap { ["/topics/\($0.id).html", "/topics/\($0.id).json"] }
        for topic in site.snapshot.topics {
            let suffix = topic.id == site.defaultTopic.topic.id ? "" : "topic=\(topic.id)"
            let query = suffix.isEmpty ? "" : "?" + suffix
            for explainer in topic.explainers {
                let piece = "?audience=\(explainer.audience.id)&trigger=\(explainer.trigger.id)&length=\(explainer.length.rawValue)"
                let address = suffix.isEmpty ? piece : "\(piece)&\(suffix)"
                targets += ["txt", "md", "html", "json"].map { "/explain.\($0)\(address)" } + ["/explain\(address)&format=fragment"]
            }
            targets += Self.factForms.map { "/facts.\($0)\(query)" } + ["/facts/feed.atom\(query)"]
            targets += Self.factForms.map { "/facts.\($0)?status=\(Self.claims)" + (suffix.isEmpty ? "" : "&" + suffix) }
            targets += topic.facts.flatMap { fact in Self.factForms.map { "/facts/\(fact.id).\($0)" } }
            targets += ["html", "json"].flatMap { ["/myths.\($0)\(query)", "/charts.\($0)\(query)"] }
            targets += topic.charts.flatMap { chart in ["html", "json", "svg"].map { "/charts/\(chart.id).\($0)\(query)" } }
            for list in CatalogueList.allCases where list != .topics {
                targets += ["html", "json"].map { "/\(list.rawValue).\($0)\(query)" }
                targets += list.entries(of: topic, in: site.snapshot).flatMap { entry in
                    ["html", "json"].map { "/\(list.rawValue)/\(entry.id).\($0)\(query)" }
                }
            }
        }
        return targets
    }

    /// The file for an address of the service, below the folder; nil for what is only served.
    ///
    /// A filtered list has no file of its own and leads to the whole list.
    func file(for target: String) -> String? {
        let parts = target.split(separator: "?", maxSplits: 1)
        let query = Dictionary(
            (parts.count > 1 ? parts[1] : "").split(separator: "&").map { pair in
                let sides = pair.split(separator: "=", maxSplits: 1)
                return (sides.first.map(String.init) ?? "", sides.count > 1 ? String(sides[1]) : "")
            },
            uniquingKeysWith: { first, _ in first }
        )
        var path = String(parts.first ?? "/")
        let formats = Format.allCases.compactMap(\.suffix)
        var suffix = query["format"] ?? "html"
        if let known = formats.first(where: { path.hasSuffix("." + $0) }), path != "/facts/feed.atom" {
            path.removeLast(known.count + 1)
            suffix = known
        }
        let topic = query["topic"] ?? site.defaultTopic.topic.id
        let root = topic == site.defaultTopic.topic.id ? "" : "\(topic)/"
        let sections = path.split(separator: "/")
        switch sections.first {
        case nil: return "index.\(suffix)"
        case "style.css": return "style.css"
        case "site.js": return "site.js"
        case "icon": return "icon.svg"
        case "myths": return "\(root)myths.\(suffix)"
        case "charts": return root + sections.joined(separator: "/") + ".\(suffix)"
        case "explain":
            guard let content = site.snapshot.topic(topic) else { return nil }
            let audience = query["audience"] ?? content.audiences[0].id
            let trigger = query["trigger"] ?? content.triggers[0].id
            let ending = suffix == "fragment" ? "fragment.html" : suffix
            return "\(root)explain/\(audience)/\(trigger)/\(query["length"] ?? Length.standard.rawValue).\(ending)"
        case "facts" where path == "/facts/feed.atom": return "\(root)facts/feed.atom"
        case "facts" where sections.count == 2: return "facts/\(sections[1]).\(suffix)"
        case "version": return "version.json"
        case "facts" where query["status"] == Self.claims: return "\(root)facts-that-do-not-hold.\(suffix)"
        case "topics": return sections.count == 2 ? "topics/\(sections[1]).\(suffix)" : "topics.\(suffix)"
        case let list? where list == "facts" || CatalogueList(rawValue: String(list)) != nil:
            return root + sections.joined(separator: "/") + ".\(suffix)"
        default: return nil
        }
    }

    /// The page with its links leading to files, relative to its own place.
    private func relinked(_ page: [UInt8], in path: String) -> [UInt8] {
        let up = String(repeating: "../", count: path.split(separator: "/").count - 1)
        let html = String(decoding: page, as: UTF8.self).replacing(/(href|action|src)="(\/[^"]*)"/) { match in
            let target = String(match.2).replacing("&amp;", with: "&")
            let parts = target.split(separator: "#", maxSplits: 1)
            let anchor = parts.count > 1 ? "#\(parts[1])" : ""
            guard let file = file(for: String(parts.first ?? "/")) else { return String(match.0) }
            return "\(match.1)=\"\(up)\(escapeHTML(file))\(anchor)\""
        }
        return Array(html.utf8)
    }
}

extension App {
    /// The answer to a plain GET, without a socket.
    func get(_ target: String) -> Response {
        respond(Request(method: .get, target: target, headers: [Field("Accept", "text/plain, */*;q=0.1")]))
    }
}
