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
            response = try site.answer(request, state: state)
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
