import ExplainerKit

extension Site {
    /// What chatbots and those who build them read: the prompt, the contract, the map of the site, and the skill.
    static let chatbotRoutes: [Route] = [
        Route(
            "/prompt", [.markdown, .json], parameters: ["audience", "trigger", "topic"],
            "Rules, structure, the reader's needs and the usable facts as one prompt for any language model; check its answer with /lint."
        ) { call throws(HTTPProblem) in
            let site = call.topic()
            let audience = call.parameters.choice("audience", in: site.audiences)
            let trigger = call.parameters.trigger(in: site)?.id
            try call.parameters.check()
            let topic = site.topic
            guard let reader = topic.audiences.first(where: { $0.id == audience ?? site.defaultKey.audience }),
                let shape = topic.triggers.first(where: { $0.id == trigger ?? site.defaultKey.trigger }),
                let prompt = topic.prompt(for: reader, shape)
            else { throw HTTPProblem(404, "The topic \(topic.id) has no prompt; one is made from a prompt.yaml in its folder.") }
            let bytes =
                call.format == .json
                ? prompt.json(in: topic, for: reader, shape, digest: call.site.snapshot.digest).bytes : Array(prompt.text.utf8)
            return .content(call.content(bytes, at: "/prompt", parameters: ["audience", "trigger", "topic"], language: topic.language))
        },
        Route("/openapi.json", [.json], reading: .host, "This interface as OpenAPI 3.1.") { call throws(HTTPProblem) in
            try call.parameters.check()
            return .content(Content(.json, OpenAPI(site: call.site, base: call.base).document.bytes, canonical: "/openapi.json"))
        },
        Route("/llms.txt", [.text], reading: .host, "The service for language models: what there is, and where.") {
            call throws(HTTPProblem) in
            try call.parameters.check()
            return .content(Content(.text, call.site.pages.languageModels(base: call.base ?? ""), canonical: "/llms.txt"))
        },
        Route(
            "/skill/SKILL.md", [.markdown], reading: .host,
            "How an agent explains with this service and when it checks, in Agent Skills form."
        ) {
            call throws(HTTPProblem) in
            try call.parameters.check()
            return .content(Content(.markdown, call.site.pages.skill(base: call.base ?? ""), canonical: "/skill/SKILL.md"))
        },
    ]
}

extension Prompt {
    /// The messages as chat interfaces take them, with what they are for.
    fileprivate func json(in topic: Topic, for audience: Audience, _ trigger: Trigger, digest: String) -> JSON {
        func message(_ role: String, _ content: String) -> JSON {
            .object([("role", .string(role)), ("content", .string(content))])
        }
        return .object([
            ("topic", .string(topic.id)), ("audience", .string(audience.id)), ("trigger", .string(trigger.id)),
            ("messages", .array([message("system", system), message("user", user)])), ("facts", .strings(facts)),
            ("snapshot", .string(digest)),
            (
                "links",
                .object([
                    ("lint", .string("/lint?scope=explainer&audience=\(audience.id)&topic=\(topic.id)")),
                    ("facts", .string("/facts?topic=\(topic.id)")),
                ])
            ),
        ])
    }
}
