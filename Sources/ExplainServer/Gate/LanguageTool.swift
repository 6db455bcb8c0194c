import ExplainerKit
import HTTPD

/// The part of LanguageTool's HTTP interface that editors use, so that they show our findings.
///
/// Its ways are kept: parameters come in the query or a form whatever the type says, unknown ones are ignored, offsets count UTF-16,
/// and an error is a line of plain text.
enum LanguageTool {
    static let checkPath = "/v2/check"

    /// Whether errors at a path are told as LanguageTool tells them.
    static func owns(_ path: String) -> Bool { path.hasPrefix("/v2/") }

    static func response(to problem: HTTPProblem, headers common: [Field]) -> Response {
        let own = [Field("Content-Type", Format.text.mediaType), Field("Cache-Control", "no-store"), Field("Vary", "Accept-Encoding")]
        let body = Array("Error: \(problem.detail)\n".utf8)
        return .once(status: problem.status, headers: own + common + problem.headers, body: body)
    }

    /// What is read of a form or, but for `data`, of a query.
    static let parameters = [
        "text", "data", "language", "enabledRules", "disabledRules", "enabledCategories", "disabledCategories", "enabledOnly",
    ]

    static let routes: [Route] = [
        Route(
            checkPath, [.json], parameters: parameters.filter { $0 != "data" }, reading: .host, "Checks a text for a LanguageTool client.",
            handler: check),
        Route(checkPath, method: .post, [.json], "Checks a text for a LanguageTool client.", handler: check),
        Route("/v2/languages", [.json], "Languages, for a LanguageTool client.") { call throws(HTTPProblem) in
            let languages = languages(of: call.site.defaultTopic.topic.language).map { language -> JSON in
                .object([
                    ("name", .string(language.name)), ("code", .string(String(language.code.prefix { $0 != "-" }))),
                    ("longCode", .string(language.code)),
                ])
            }
            return .content(Content(.json, JSON.array(languages).bytes, canonical: "/v2/languages"))
        },
        Route("/v2/info", [.json], "The service, for a LanguageTool client.") { call throws(HTTPProblem) in
            .content(Content(.json, JSON.object([("software", software(call.site))]).bytes, canonical: "/v2/info"))
        },
        Route("/v2/maxtextlength", [.text], "The longest text in bytes, for a LanguageTool client.") { call throws(HTTPProblem) in
            .content(Content(.text, "\(call.site.lintMaxBytes)\n", canonical: "/v2/maxtextlength"))
        },
        Route("/v2/healthcheck", [.text], "OK, for a LanguageTool client.") { call throws(HTTPProblem) in
            var content = Content(.text, "OK", canonical: "/v2/healthcheck")
            content.isCacheable = false
            return .content(content)
        },
    ]

    private static func check(_ call: inout Call) throws(HTTPProblem) -> Answer {
        let topic = call.site.defaultTopic.topic
        let request = try LanguageToolRequest(try fields(of: call), language: topic.language, limit: call.site.lintMaxBytes)
        let report = call.lint(request.text.checked, in: topic)
        let matches = LanguageToolMatches(
            report, request.text, rules: topic.gate.rules,
            links: ReportLinks(base: call.base)
        )
        let language = request.language
        let detected = JSON.object([
            ("name", .string(language.name)), ("code", .string(language.code)), ("confidence", .integer(1)), ("source", .string("given")),
        ])
        let body = JSON.object([
            ("software", software(call.site)), ("warnings", .object([("incompleteResults", .bool(false))])),
            (
                "language",
                .object([("name", .string(language.name)), ("code", .string(language.code)), ("detectedLanguage", detected)])
            ),
            ("matches", matches.json(where: request.isWanted)),
        ])
        var outcome = Outcome(Format.json.mediaType, body.bytes)
        outcome.language = topic.language
        return .outcome(outcome)
    }

    private static func fields(of call: Call) throws(HTTPProblem) -> [Field] {
        do throws(QueryError) {
            return call.fields + (try Form.fields(of: call.body))
        } catch {
            throw HTTPProblem(400, error.explanation)
        }
    }

    private static func software(_ site: Site) -> JSON {
        .object([
            ("name", .string("explain-server")), ("version", .string(Version.text)),
            ("buildDate", .string("\(site.defaultTopic.topic.published) 00:00:00 +0000")), ("apiVersion", .integer(1)),
            ("premium", .bool(false)), ("premiumHint", .string("")), ("status", .string("")),
        ])
    }

    /// A language with its variants, as clients name them.
    static func languages(of code: String) -> [(name: String, code: String)] {
        guard code == "en" else { return [(code, code)] }
        return [
            ("English", "en"), ("English (US)", "en-US"), ("English (GB)", "en-GB"), ("English (Australian)", "en-AU"),
            ("English (Canadian)", "en-CA"), ("English (New Zealand)", "en-NZ"), ("English (South African)", "en-ZA"),
        ]
    }
}

/// What a LanguageTool client asks for.
struct LanguageToolRequest {
    let text: AnnotatedText
    let language: (name: String, code: String)
    private let disabledRules: Set<String>
    private let disabledCategories: Set<String>
    private let enabledRules: Set<String>
    private let enabledCategories: Set<String>
    private let isEnabledOnly: Bool

    init(_ fields: [Field], language spoken: String, limit: Int) throws(HTTPProblem) {
        func value(_ name: String) -> String? { fields.first { $0.name == name && !$0.value.isEmpty }?.value }
        func list(_ name: String) -> Set<String> {
            Set((value(name) ?? "").split(separator: ",").map { Substring($0).trimmingBlanks.lowercased() })
        }
        // An empty text is a text.
        switch (fields.first { $0.name == "text" }?.value, value("data")) {
        case (.some, .some): throw HTTPProblem(400, "Set only one of the parameters \"text\" and \"data\".")
        case (let text?, nil): self.text = AnnotatedText([.text(text)])
        case (nil, let data?): self.text = try AnnotatedText(data: data)
        case (nil, nil): throw HTTPProblem(400, "Missing \"text\" or \"data\" parameter.")
        }
        guard text.checked.count <= limit else {
            throw HTTPProblem(413, "Your text has \(text.checked.count) bytes; the limit is \(limit).")
        }
        guard let code = value("language") else {
            throw HTTPProblem(400, "Missing \"language\" parameter, such as language=en-US or language=auto.")
        }
        let known = LanguageTool.languages(of: spoken)
        let wanted = code == "auto" ? known.first(where: { $0.code.contains("-") })?.code ?? spoken : code
        guard let language = known.first(where: { $0.code.lowercased() == wanted.lowercased() }) else {
            let codes = known.map(\.code).joined(separator: ", ")
            throw HTTPProblem(400, "\"\(code.shortened)\" is not a language code known here. Known: \(codes), auto.")
        }
        self.language = language
        disabledRules = list("disabledRules")
        disabledCategories = list("disabledCategories")
        enabledRules = list("enabledRules")
        enabledCategories = list("enabledCategories")
        isEnabledOnly = ["true", "yes"].contains(value("enabledOnly")?.lowercased())
        if isEnabledOnly {
            guard disabledRules.isEmpty, disabledCategories.isEmpty else {
                throw HTTPProblem(400, "You cannot specify disabled rules or categories using enabledOnly=true.")
            }
            guard !enabledRules.isEmpty || !enabledCategories.isEmpty else {
                throw HTTPProblem(400, "You must specify enabled rules or categories when using enabledOnly=true.")
            }
        }
    }

    /// Whether the client wants to see findings of a rule. What it names wins over what it names by category.
    func isWanted(rule: String, category: String) -> Bool {
        let (rule, category) = (rule.lowercased(), category.lowercased())
        if isEnabledOnly { return enabledRules.contains(rule) || enabledCategories.contains(category) }
        if disabledRules.contains(rule) { return false }
        return !disabledCategories.contains(category) || enabledRules.contains(rule)
    }
}
