import ExplainerKit
import HTTPD

extension Site {
    /// The answer to a request; what is wrong with it is thrown.
    ///
    /// - Parameter state: of the service that asks; of none where files are written.
    func answer(_ request: borrowing Request, state: ServiceState = ServiceState()) throws(HTTPProblem) -> Response {
        let isRead = request.method == .get || request.method == .head
        if isRead, let place = shelf.place(request.address) {
            request.belongs(toRoute: place.route.number)
            let wishes = Wishes(request)
            if let slot = place.slot(accept: wishes.accept), let plain = slot.plain {
                return kept(slot, plain, wishes, isNegotiated: place.isNegotiated)
            }
        }
        if request.path == "*" { return options(request, ["GET", "HEAD", "POST", "OPTIONS"]) }
        let match = try Site.routes.match(request.path)
        request.belongs(toRoute: match.number)
        if request.method == .options { return options(request, match.methods) }
        guard let route = match.route(for: request.method) else {
            let methods = match.methods
            let others = methods.dropLast().joined(separator: ", ")
            var problem = HTTPProblem(405, "\(request.path) answers \(others) and \(methods[methods.count - 1]).")
            problem.headers = [Field("Allow", methods.joined(separator: ", "))]
            throw problem
        }
        request.belongs(toRoute: route.number)
        let wishes = Wishes(request)
        let all = try fields(of: request)
        let fields = route.reading.contains(.anyParameter) ? all.filter { route.names.contains($0.name) } : all
        var parameters = Parameters(fields, names: route.names)
        let (format, isNegotiated) = representation(route, match.format, &parameters, accept: wishes.accept)
        let isPost = route.method == .post
        var call = Call(
            site: self, state: state, route: route, path: match.path, name: match.name, format: format ?? route.formats[0],
            isNegotiated: isNegotiated, fields: fields, parameters: parameters, body: isPost ? request.body : [],
            contentType: isPost ? request.header("Content-Type") : nil,
            host: isPost || route.reading.contains(.host) ? request.header("Host") : nil
        )
        for name in route.headers { call.headers[name] = request.header(name) }
        let answer = try route.handler(&call)
        // What is wrong with the address comes before what is wrong with Accept.
        guard format != nil else {
            let forms = route.formats.map { String($0.essence) }.uniqued().joined(separator: ", ")
            throw HTTPProblem(406, "\(match.path) is available as \(forms).")
        }
        switch answer {
        case .content(let content): return self.answer(content, call, wishes)
        case .outcome(let outcome):
            let headers = self.headers.outcome(outcome, isNegotiated: isNegotiated)
            return .once(status: outcome.status, headers: headers, body: outcome.bytes)
        }
    }

    /// What is kept, else what is made and kept now, else what is made for this request.
    private func answer(_ content: Content, _ call: borrowing Call, _ wishes: Wishes) -> Response {
        guard let key = content.key, content.isCacheable, let slot = shelf.slot(call.route.address(of: key, in: content.format)) else {
            return once(content, wishes, isNegotiated: call.isNegotiated)
        }
        if let plain = slot.plain { return kept(slot, plain, wishes, isNegotiated: call.isNegotiated) }
        let bytes = content.render()
        let isWorthIt = bytes.count >= Coding.leastBytes && content.format != .png
        let made = PreparedAnswer(bytes, .identity, isWorthCoding: isWorthIt, AnswerFields(content, headers))
        // The codings come to half as much again.
        if shelf.reserve(bytes.count + (isWorthIt ? bytes.count / 2 : 0)) {
            return kept(slot, slot.keep(made), wishes, isNegotiated: call.isNegotiated)
        }
        return made.coded(wishes.coding(among: [.brotli, .gzip], isWorthIt: isWorthIt))
            .response(to: wishes, isNegotiated: call.isNegotiated)
    }

    private func kept(_ slot: AnswerSlot, _ plain: PreparedAnswer, _ wishes: Wishes, isNegotiated: Bool) -> Response {
        let coding = wishes.coding(among: [.brotli, .gzip], isWorthIt: plain.isWorthCoding)
        return slot.answer(plain, in: coding).response(to: wishes, isNegotiated: isNegotiated)
    }

    /// Only the fast coding: this one client waits for it.
    private func once(_ content: Content, _ wishes: Wishes, isNegotiated: Bool) -> Response {
        let plain = content.render()
        let wanted = wishes.coding(among: [.gzip], isWorthIt: plain.count >= Coding.leastBytes && content.format != .png)
        let coded = wanted == .identity ? nil : wanted.apply(to: plain, .passing)
        let (bytes, coding) = coded.map { ($0, wanted) } ?? (plain, .identity)
        let etag = EntityTag.of(bytes)
        let fields = AnswerFields(content, headers)
        if content.isCacheable, wishes.isMet(etag: etag, lastModified: fields.lastModified) {
            // The body is not sent; it tells the length that a 200 would have.
            return .once(status: 304, headers: fields.notModified(etag: etag, isNegotiated: isNegotiated), body: bytes)
        }
        return .once(status: 200, headers: fields.full(coding, etag: etag, isNegotiated: isNegotiated), body: bytes)
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

    private func options(_ request: borrowing Request, _ methods: [String]) -> Response {
        let methods = methods.joined(separator: ", ")
        var fields = [Field("Allow", methods)] + headers.common()
        let sendable =
            ["Accept", "Content-Type", "If-Modified-Since", "If-None-Match", "X-Request-Id"]
            + (MCP.owns(request.path) ? MCP.ownHeaders : [])
        if request.header("Origin") != nil, request.header("Access-Control-Request-Method") != nil {
            fields += [
                Field("Access-Control-Allow-Methods", methods),
                Field("Access-Control-Allow-Headers", sendable.joined(separator: ", ")),
                Field("Access-Control-Max-Age", "86400"),
            ]
        }
        return .once(status: 204, headers: fields, body: [])
    }
}
