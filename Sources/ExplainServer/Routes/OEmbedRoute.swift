import ExplainerKit
import HTTPD

extension Site {
    /// `/oembed`: how to show an explainer, for whoever has its address (oEmbed 1.0). What others send along is passed over.
    static let oembedRoute: Route = Route(
        "/oembed", [.json], parameters: ["url", "maxwidth", "maxheight"], reading: [.host, .anyParameter],
        "How to show the explainer at an address, as oEmbed."
    ) { call throws(HTTPProblem) in
        if call.parameters.text("format").map({ slug($0) }) == "xml" {
            throw HTTPProblem(501, "There is no XML here; leave format out, or ask for format=json.")
        }
        let width = call.parameters.integer("maxwidth", in: 1...100_000)
        let height = call.parameters.integer("maxheight", in: 1...100_000)
        let url = call.parameters.text("url", limit: 4096)
        if url == nil { call.parameters.fail("url", "The parameter url is missing; give it the address of an explainer.") }
        try call.parameters.check()
        let piece = try call.piece(at: url ?? "")
        let (site, explainer) = (piece.site, piece.explainer)
        let embedding = call.embedding(of: explainer, in: site)
        let frame = (width: min(width ?? 600, 600), height: min(height ?? 800, 800))
        var members: [(String, JSON)] = [
            ("version", .string("1.0")), ("type", .string("rich")), ("title", .string(explainer.title)),
            ("provider_name", .string("explain-server")), ("provider_url", .string(embedding.base + "/")), ("cache_age", .integer(300)),
            ("width", .integer(frame.width)), ("height", .integer(frame.height)),
            ("html", .string(embedding.card(width: frame.width, height: frame.height))),
        ]
        let size = PNGSize.preview
        // A thumbnail has to keep to the same limits.
        if site.topic.images[explainer.audience.id] != nil, width ?? size.width >= size.width, height ?? size.height >= size.height {
            members += [
                ("thumbnail_url", .string(embedding.base + embedding.links.image(explainer.audience.id))),
                ("thumbnail_width", .integer(size.width)), ("thumbnail_height", .integer(size.height)),
            ]
        }
        return .content(
            call.content(JSON.object(members).bytes, at: "/oembed", parameters: call.route.parameters, language: explainer.language)
        )
    }
}

extension Embedding {
    /// A quotation for those who allow no frame, and the frame: nothing else gets past WordPress.
    fileprivate func card(width: Int, height: Int) -> String {
        "<blockquote><a href=\"\(escapeHTML(page))\">\(escapeHTML(explainer.title))</a><p>\(escapeHTML(explainer.summary))</p></blockquote>"
            + iframe(width: String(width), height: height)
    }
}

extension Call {
    /// The explainer whose page has this address.
    fileprivate func piece(at url: String) throws(HTTPProblem) -> Piece {
        let path = try ownPath(of: url)
        let parts = path.prefix { $0 != "#" }.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let resource = parts[0]
        let pages = ["/explain", "/embed"] + ExplainerRenderer.formats.compactMap(\.suffix).map { "/explain.\($0)" }
        guard pages.contains(String(resource)) else {
            throw HTTPProblem(
                404,
                "Only explainers can be embedded; \"\(String(resource).shortened)\" is none. Their addresses begin with \(base ?? "")/explain."
            )
        }
        let query = Array((parts.count > 1 ? parts[1] : "").utf8)
        guard let fields = try? Request(method: .post, target: "/", body: query).form() else {
            throw HTTPProblem(404, "The query of url cannot be read; take the address from the page of an explainer.")
        }
        var chosen = Parameters(fields.filter { Site.explainerNames.contains($0.name) }, names: Site.explainerNames)
        let topic = chosen.choice("topic", in: site.topics) ?? site.defaultTopic
        let key = chosen.explainer(in: topic).key
        if !chosen.errors.isEmpty {
            throw HTTPProblem(404, "No explainer has this address. " + chosen.errors.map(\.detail).joined(separator: " "))
        }
        return try topic.piece(key)
    }

    /// Path and query of an address of this service.
    private func ownPath(of url: String) throws(HTTPProblem) -> Substring {
        if url.hasPrefix("/"), !url.hasPrefix("//") { return url[...] }
        let rest = ["https://", "http://"].first { url.lowercased().hasPrefix($0) }.map { url.dropFirst($0.count) }
        guard let rest else {
            throw HTTPProblem(
                404, "\"\(url.shortened)\" is no web address; give the address of an explainer, such as \(base ?? "")/explain.")
        }
        let authority = rest.prefix { !"/?#".contains($0) }
        let own = [base.map { String($0.drop { $0 != "/" }.dropFirst(2)) }, host].compactMap { $0?.lowercased() }
        guard own.contains(authority.lowercased()) else {
            throw HTTPProblem(
                404,
                "\"\(String(authority).shortened)\" is another host; only explainers of \(base ?? "this service") can be embedded here.")
        }
        let path = rest.dropFirst(authority.count)
        return path.isEmpty ? "/" : path
    }
}
