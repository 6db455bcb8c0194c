import ExplainerKit
import HTTPD

/// The service as a function from request to response.
final class App: Sendable {
    private let site: Site
    private let settings: Settings

    init(site: Site, settings: Settings) {
        self.site = site
        self.settings = settings
    }

    /// Called on several threads at once.
    func respond(_ request: borrowing Request) -> Response {
        let response: Response
        do throws(HTTPProblem) {
            response = try answer(request)
        } catch {
            response = error.response(
                accept: request.header("Accept"), instance: request.target, headers: site.headers.common(), pages: site.pages
            )
        }
        return site.headers.anyOrigin ? response : shared(response, with: request.header("Origin"))
    }

    /// What the server's gate would not let through, in our words.
    func refuse(_ refusal: Refusal) -> Response {
        HTTPProblem(refusal.status, refusal.reason.explanation)
            .response(accept: refusal.accept, instance: "", headers: site.headers.common(), pages: site.pages)
    }

    private func answer(_ request: borrowing Request) throws(HTTPProblem) -> Response {
        if request.path == "*" { return options(request) }
        let match = try Site.routes.match(request.path)
        switch request.method {
        case .get, .head: break
        case .options: return options(request)
        default:
            var problem = HTTPProblem(405, "\(request.path) answers GET, HEAD and OPTIONS.")
            problem.headers = [Field("Allow", Self.methods)]
            throw problem
        }
        let accept = request.header("Accept")
        var parameters = Parameters(try fields(of: request), names: match.route.names)
        let (format, isNegotiated) = representation(match, &parameters, accept: accept)
        var call = Call(
            site: site, route: match.route, path: match.path, name: match.name, format: format ?? match.route.formats[0],
            isNegotiated: isNegotiated, parameters: parameters
        )
        let ifNoneMatch = request.header("If-None-Match")
        let answer = try match.route.handler(&call)
        // What is wrong with the address comes before what is wrong with Accept.
        guard format != nil else {
            let forms = match.route.formats.map { String($0.essence) }.uniqued().joined(separator: ", ")
            throw HTTPProblem(406, "\(match.path) is available as \(forms).")
        }
        switch answer {
        case .prepared(let answer): return answer.response(ifNoneMatch: ifNoneMatch)
        case .content(let content): return once(content, isNegotiated: isNegotiated, ifNoneMatch: ifNoneMatch)
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
        _ match: RouteTable.Match, _ parameters: inout Parameters, accept: String?
    ) -> (Format?, isNegotiated: Bool) {
        let formats = match.route.formats
        let asked = parameters.choice("format", in: match.route.formatChoices)
        if let suffix = match.format, let asked, asked != suffix {
            parameters.fail(
                "format", "The address ends in .\(suffix.suffix ?? ""), but format says \(asked.rawValue); give one of the two.")
        }
        if let format = match.format ?? asked { return (format, false) }
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

    private static let methods = "GET, HEAD, OPTIONS"

    private func options(_ request: borrowing Request) -> Response {
        var headers = [Field("Allow", Self.methods)] + site.headers.common()
        if request.header("Origin") != nil, request.header("Access-Control-Request-Method") != nil {
            headers += [
                Field("Access-Control-Allow-Methods", Self.methods),
                Field("Access-Control-Allow-Headers", "Accept, If-None-Match, X-Request-Id"), Field("Access-Control-Max-Age", "86400"),
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
