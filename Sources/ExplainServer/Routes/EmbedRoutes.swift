import ExplainerKit
import HTTPD

extension Site {
    /// What other people's pages show of an explainer: an element, a frame, a picture.
    static let embedRoutes: [Route] = [
        Route("/embed.js", [.js], "The custom element for wiki pages, in its newest version.") { call throws(HTTPProblem) in
            try call.parameters.check()
            return .content(Content(.js, call.site.embedScript.text, canonical: "/embed.js"))
        },
        Route("/embed/:id/embed.js", [.js], "The custom element in one version, for script tags with integrity.") {
            call throws(HTTPProblem) in
            try call.parameters.check()
            let script = call.site.embedScript
            guard call.name == script.digest else {
                var problem = HTTPProblem(
                    404,
                    "There is no version \"\(call.name.shortened)\" of the script here; \(script.path) is served, and /embed says how to load it."
                )
                problem.suggestion = script.path
                throw problem
            }
            var content = Content(.js, script.text, canonical: script.path)
            content.isImmutable = true
            return .content(content)
        },
        Route("/embed/frame.js", [.js], "The script with which a frame tells its height.") { call throws(HTTPProblem) in
            try call.parameters.check()
            return .content(Content(.js, Templates.frameScript, canonical: "/embed/frame.js"))
        },
        Route(
            "/embed", [.html, .json], parameters: explainerNames, reading: .host,
            "One explainer as a page for an iframe; without parameters, how to embed one."
        ) { call throws(HTTPProblem) in
            let piece = try call.piece()
            let (site, explainer) = (piece.site, piece.explainer)
            let isGuide = explainerNames.allSatisfy { call.parameters.text($0) == nil }
            let embedding = call.embedding(of: explainer, in: site)
            let pages = call.site.pages
            let page = isGuide ? pages.embed(embedding, in: site.topic) : pages.frame(explainer, in: site.topic)
            let bytes = call.format == .json ? embedding.json.bytes : Array(page.utf8)
            var content = call.content(bytes, at: "/embed", parameters: explainerNames, language: explainer.language)
            content.policy = .frame
            return .content(content)
        },
        Route("/og/:id", [.png], parameters: ["topic"], "The picture that stands for an audience's explainers beside a link.") {
            call throws(HTTPProblem) in
            let site = call.topic()
            try call.parameters.check()
            guard let image = site.audiences[call.name].flatMap({ site.topic.images[$0] }) else {
                throw HTTPProblem.notFound("picture", call.name, among: site.topic.images.keys.sorted())
            }
            return .content(call.content(image, at: "/og/\(call.name)", parameters: ["topic"]))
        },
    ]

    /// What picks a piece.
    static let explainerNames = ["audience", "trigger", "length", "topic"]
}

extension Call {
    func embedding(of explainer: Explainer, in site: TopicSite) -> Embedding {
        Embedding(explainer: explainer, links: self.site.pages.links(site.topic), script: self.site.embedScript, base: base ?? "")
    }
}
