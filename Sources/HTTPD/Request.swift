/// What the client asked for.
///
/// Headers are read when they are asked for, from memory that is the connection's. A request is therefore good
/// for the length of the handler's call and on its thread: copied out of it, it has its method, target, query and body, but
/// no headers any more. Take what is needed later as strings.
@safe package struct Request {
    package let method: Method
    /// The path, decoded. An escaped slash does not get this far, so every "/" in it separates.
    package let path: String
    /// The whole body, within the limit that was configured.
    package let body: [UInt8]

    private let bytes: [UInt8]
    private let parts: Target
    private let source: Source

    private enum Source {
        case fields([Field], client: ClientAddress)
        case exchange(Exchange, serial: UInt64)
    }

    init(_ method: Method, _ exchange: Exchange, body: [UInt8]) {
        self.method = method
        self.path = exchange.parts.decodedPath(exchange.target)
        self.body = body
        self.bytes = exchange.target
        self.parts = exchange.parts
        self.source = .exchange(exchange, serial: exchange.serial)
    }

    /// A request by hand, for tests: no socket needed. The target must be one that the gate would let through.
    package init(method: Method, target: String, headers: [Field] = [], body: [UInt8] = [], client: ClientAddress = .local) {
        bytes = Array(target.utf8)
        guard let parts = try? Target(bytes) else { preconditionFailure("not a request target: \(target)") }
        self.parts = parts
        self.method = method
        self.path = parts.decodedPath(bytes)
        self.body = body
        self.source = .fields(headers, client: client)
    }

    /// Path and query as they were sent; a whole address is reduced to them.
    package var target: String {
        let rest = String(decoding: bytes[parts.path.lowerBound...], as: UTF8.self)
        return parts.path.isEmpty ? "/" + rest : rest
    }

    /// Path and query byte for byte as they were sent, for looking them up; empty for a whole address with scheme and host.
    package var address: [UInt8] { parts.path.lowerBound == 0 ? bytes : [] }

    /// What follows the "?", undecoded; nil without one.
    package var rawQuery: String? { parts.query.map { String(decoding: bytes[$0], as: UTF8.self) } }

    /// The arguments of the query in their order, decoded strictly; a name may come twice.
    package func query() throws(QueryError) -> [Field] {
        guard let range = parts.query else { return [] }
        return try Query.fields(bytes[range])
    }

    /// The body read as a form, whatever the content type says: a query's rules, but that values may hold any character.
    package func form() throws(QueryError) -> [Field] { try Form.fields(of: body) }

    /// A header's value, its lines joined with ", "; nil without such a header. Case does not matter.
    package func header(_ name: String) -> String? {
        switch source {
        case .exchange(let exchange, let serial):
            return exchange.serial == serial ? exchange.header(name) : nil
        case .fields(let fields, _):
            let values = fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
            return values.isEmpty ? nil : values.joined(separator: ", ")
        }
    }

    /// Says which of the application's routes the request belongs to, for measurements and logs; up to 127, where 0 is none.
    package func belongs(toRoute number: Int) {
        if case .exchange(let exchange, let serial) = source, exchange.serial == serial { exchange.account.route = number }
    }

    /// Who asks: whoever connected, or the one for whom a trusted proxy did.
    package var client: ClientAddress {
        switch source {
        case .exchange(let exchange, let serial): exchange.serial == serial ? exchange.client : .local
        case .fields(_, let client): client
        }
    }

    /// The X-Request-Id of this exchange; by hand, what its headers say.
    package var id: String {
        switch source {
        case .exchange(let exchange, let serial): exchange.serial == serial ? exchange.id : ""
        case .fields: header(RequestID.headerName) ?? ""
        }
    }
}
