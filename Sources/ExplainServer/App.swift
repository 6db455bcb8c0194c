import ExplainerKit
import HTTPD

/// The service as a function from request to response.
final class App: Sendable {
    let site: Site
    private let settings: Settings
    private let state: ServiceState

    init(site: Site, settings: Settings, state: ServiceState = ServiceState()) {
        self.site = site
        self.settings = settings
        self.state = state
    }

    /// Called on several threads at once.
    func respond(_ request: borrowing Request) -> Response {
        let response: Response
        do throws(HTTPProblem) {
            response = try answer(request)
        } catch {
            response =
                spoken(error, at: request.path)
                ?? error.response(
                    accept: request.header("Accept"), instance: request.target,
                    // What is wrong with a frame has to be read in that frame.
                    headers: site.headers.common(policy: request.path == "/embed" ? .frame : .page), pages: site.pages
                )
        }
        return site.headers.anyOrigin ? response : shared(response, with: request.header("Origin"))
    }

    /// What the server's gate would not let through, in our words.
    func refuse(_ refusal: Refusal) -> Response {
        var problem = HTTPProblem(refusal.status, refusal.reason.explanation)
        if case .tooManyRequests(let wait) = refusal.reason { problem.headers = [Field("Retry-After", String(wait))] }
        let headers = site.headers.common()
        return refusal.path.flatMap { spoken(problem, at: $0) }
            ?? problem.response(accept: refusal.accept, instance: "", headers: headers, pages: site.pages)
    }

    /// The problem as the protocol that is spoken at a path tells it; nil where that is HTTP alone.
    private func spoken(_ problem: HTTPProblem, at path: String) -> Response? {
        if LanguageTool.owns(path) { return LanguageTool.response(to: problem, headers: site.headers.common()) }
        return MCP.owns(path) ? MCP.response(to: problem, headers: site.headers.common()) : nil
    }

    private func answer(_ request: borrowing Request) throws(HTTPProblem) -> Response {
        if request.path == "*" { return options(request, ["GET", "HEAD", "POST", "OPTIONS"]) }
        let match = try Site.routes.match(request.path)
        if request.method == .options { return options(request, match.methods) }
        guard let route = match.route(for: request.method) else {
            let methods = match.methods
            let others = methods.dropLast().joined(separator: ", ")
            var problem = HTTPProblem(405, "\(request.path) answers \(others) and \(methods[methods.count - 1]).")
            problem.headers = [Field("Allow", methods.joined(separator: ", "))]
            throw problem
        }
        request.belongs(toRoute: route.number)
        let accept = request.header("Accept")
        let all = try fields(of: request)
        let fields = route.reading.contains(.anyParameter) ? all.filter { route.names.contains($0.name) } : all
        var parameters = Parameters(fields, names: route.names)
        let (format, isNegotiated) = representation(route, match.format, &parameters, accept: accept)
        let isPost = route.method == .post
        var call = Call(
            site: site, state: state, route: route, path: match.path, name: match.name, format: format ?? route.formats[0],
            isNegotiated: isNegotiated, fields: fields, parameters: parameters, body: isPost ? request.body : [],
            contentType: isPost ? request.header("Content-Type") : nil,
            host: isPost || route.reading.contains(.host) ? request.header("Host") : nil
        )
        for name in route.headers { call.headers[name] = request.header(name) }
        let ifNoneMatch = request.header("If-None-Match")
        let answer = try route.handler(&call)
        // What is wrong with the address comes before what is wrong with Accept.
        guard format != nil else {
            let forms = route.formats.map { String($0.essence) }.uniqued().joined(separator: ", ")
            throw HTTPProblem(406, "\(match.path) is available as \(forms).")
        }
        switch answer {
        case .prepared(let answer): return answer.response(ifNoneMatch: ifNoneMatch)
        case .content(let content): return once(content, isNegotiated: isNegotiated, ifNoneMatch: ifNoneMatch)
        case .outcome(let outcome):
            let headers = site.headers.outcome(outcome, isNegotiated: isNegotiated)
            return .once(status: outcome.status, headers: headers, body: outcome.bytes)
        }
    }

    private func fields(of request: borrowing Request) throws(HTTPProblem) -> [Field] {
        do throws(QueryError) {
            return try request.query()
        } catch {
            throw HTTPProblem(parameters: [.init(parameter: error.name.shortened, value: "", detail: error.explanation)])
        }
    }

    /// The suffix, else `format`, else Accept, else the default; nil if Accept rules every form out.
    private func representation(
        _ route: Route, _ suffix: Format?, _ parameters: inout Parameters, accept: String?
    ) -> (Format?, isNegotiated: Bool) {
        let formats = route.formats
        let asked = parameters.choice("format", in: route.formatChoices)
        if let suffix, let asked, asked != suffix {
            parameters.fail(
                "format", "The address ends in .\(suffix.suffix ?? ""), but format says \(asked.rawValue); give one of the two.")
        }
        if let format = suffix ?? asked { return (format, false) }
        if parameters.text("format") != nil { return (formats[0], false) }
        // Where there is one form only, nothing is chosen.
        return formats.count == 1 ? (formats[0], false) : (Negotiation.choose(accept, among: formats), true)
    }

    private func once(_ content: Content, isNegotiated: Bool, ifNoneMatch: String?) -> Response {
        let etag = EntityTag.of(content.bytes)
        if content.isCacheable, EntityTag.matches(ifNoneMatch, etag) {
            // The body is not sent; it tells the length that a 200 would have.
            return .once(
                status: 304, headers: site.headers.notModified(content, etag: etag, isNegotiated: isNegotiated), body: content.bytes)
        }
        return .once(status: 200, headers: site.headers.full(content, etag: etag, isNegotiated: isNegotiated), body: content.bytes)
    }

    private func options(_ request: borrowing Request, _ methods: [String]) -> Response {
        let methods = methods.joined(separator: ", ")
        var headers = [Field("Allow", methods)] + site.headers.common()
        let sendable = ["Accept", "Content-Type", "If-None-Match", "X-Request-Id"] + (MCP.owns(request.path) ? MCP.ownHeaders : [])
        if request.header("Origin") != nil, request.header("Access-Control-Request-Method") != nil {
            headers += [
                Field("Access-Control-Allow-Methods", methods),
                Field("Access-Control-Allow-Headers", sendable.joined(separator: ", ")),
                Field("Access-Control-Max-Age", "86400"),
            ]
        }
        return .once(status: 204, headers: headers, body: [])
    }

    /// CORS for a configured list of origins: the answer differs by origin, so it is made for this request.
    private func shared(_ response: Response, with origin: String?) -> Response {
        var headers = response.headers.filter { $0.name != "Vary" }
        headers.append(Field("Vary", [response.header("Vary"), "Origin"].compactMap(\.self).joined(separator: ", ")))
        if let origin, settings.corsOrigins.contains(origin) { headers += AnswerHeaders.sharing(with: origin) }
        return switch response {
        case .prepared(let prepared): .prepared(PreparedResponse(sharing: prepared, headers: headers))
        case .once(let status, _, let body): .once(status: status, headers: headers, body: body)
        }
    }
}
