import ExplainerKit
import HTTPD

extension Site {
    /// `/lint`: a form for people and a description for programs, and the check itself.
    static let lintRoutes: [Route] = [
        Route(
            "/lint", [.json, .html], parameters: ["scope", "audience", "topic"], "The style gate: what can be checked, and a form to do it."
        ) {
            call throws(HTTPProblem) in
            let topic = call.topic()
            let scope = call.parameters.choice("scope", in: LintRequest.scopes)
            let audience = call.parameters.choice("audience", in: topic.audiences)
            try call.parameters.check()
            let options = LintOptions(scope: scope ?? .fragment, audience: audience)
            let bytes =
                call.format == .html
                ? Array(call.site.pages.lint(options: options, in: topic.topic).utf8)
                : call.lintDescription(topic.topic).bytes
            return .content(call.content(bytes, at: "/lint", parameters: ["scope", "audience", "topic"], language: topic.topic.language))
        },
        Route(
            "/lint", method: .post, [.json, .html, .text, .sarif, .rdjsonl, .github], parameters: LintRequest.parameters,
            "Checks a text against the rules and the facts."
        ) { call throws(HTTPProblem) in
            let start = ContinuousClock.now
            let request = try call.lintRequest()
            let report = call.lint(request.text, request.options, in: request.topic.topic)
            let answer = LintAnswer(report, name: request.path)
            var outcome = Outcome(call.format.mediaType, call.bytes(of: answer, request))
            if let failOn = request.failOn, !answer.passes(failOn) { outcome.status = 422 }
            outcome.headers = [Field("Server-Timing", report.times.serverTiming(since: start))]
            outcome.language = request.topic.topic.language
            return .outcome(outcome)
        },
    ]
}

extension Call {
    /// Where findings lead.
    func reportLinks(to topic: Topic) -> ReportLinks {
        ReportLinks(base: base, query: topic.id == site.defaultTopic.topic.id ? "" : "?topic=\(topic.id)")
    }

    fileprivate func bytes(of answer: LintAnswer, _ request: LintRequest) -> [UInt8] {
        let topic = request.topic.topic
        let links = reportLinks(to: topic)
        switch format {
        case .html: return Array(site.pages.lint(answer, options: request.options, in: topic).utf8)
        case .text: return ReportLines.text([answer])
        case .github: return ReportLines.github([answer])
        case .rdjsonl: return ReportLines.reviewdog([answer], links: links)
        case .sarif: return SARIF.log([answer], rules: topic.gate.rules, version: Version.text, links: links).bytes
        default:
            let members = answer.json(failOn: request.failOn ?? .error, links: links)
            return JSON.object(members + [("snapshot", .string(site.snapshot.digest))]).bytes
        }
    }

    /// How to have a text checked, for programs.
    fileprivate func lintDescription(_ topic: Topic) -> JSON {
        .object([
            ("method", .string("POST")), ("content_types", .strings(BodyKind.types)), ("members", .strings(LintRequest.members)),
            ("formats", .strings(LintRequest.textFormats.names)), ("scopes", .strings(LintRequest.scopes.names)),
            ("audiences", .strings(topic.audiences.map(\.id))), ("fail_on", .strings(LintRequest.failOns.names)),
            ("max_bytes", .integer(site.lintMaxBytes)), ("rules", .strings(topic.gate.rules.map(\.id))),
            ("snapshot", .string(site.snapshot.digest)), ("links", .object([("self", .string("/lint")), ("rules", .string("/rules"))])),
        ])
    }
}

extension LintTimes {
    /// The stages of a check as browsers show them (W3C Server-Timing), and the total with reading the request and wording the answer.
    fileprivate func serverTiming(since start: ContinuousClock.Instant) -> String {
        let stages = [
            ("parse", reading), ("rules", rules), ("numbers", numbers), ("structure", structure), ("total", ContinuousClock.now - start),
        ]
        return stages.map { "\($0.0);dur=\($0.1.milliseconds)" }.joined(separator: ", ")
    }
}

extension Duration {
    /// With microseconds as decimals.
    fileprivate var milliseconds: String {
        let microseconds = components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
        let decimals = String(microseconds % 1000)
        return "\(microseconds / 1000)." + String(repeating: "0", count: 3 - decimals.count) + decimals
    }
}
