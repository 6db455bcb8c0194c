import CHTTPD

/// Lets a request through only if it can be read in exactly one way.
///
/// libmicrohttpd 0.9.75 reads heads as C strings: a NUL cuts a value or ends the head, a folded line is joined to the field's
/// *name*, a field without a name ends the head, and the first of two lengths wins. What follows would then be
/// taken for the next request. The gate runs in the handler's first call, whose answer makes libmicrohttpd close
/// the connection, so nothing after a doubtful head is ever read.
struct RequestGate: Sendable {
    static let maxFields = 100
    /// How far beyond its limit a body of unknown length is read before the connection is cut.
    static let drainedBytes = 64 << 10

    let maxBodyBytes: Int
    let bodyLimit: @Sendable (_ path: String, _ contentType: String) -> Int?
    let maxTargetBytes: Int
    let maxHeadBytes: Int
    /// Whether the addresses that libmicrohttpd hands out are those of the bytes as they came.
    let checksWire: Bool

    /// Whether this libmicrohttpd keeps the head where it was read.
    ///
    /// From 1.0 on it checks the head itself, and moves parts of it.
    static func canCheckWire(version: String) -> Bool { version.hasPrefix("0.9.") }

    /// What is wrong with the head, or nil; fills in what the exchange needs to know from it.
    func examine(_ connection: OpaquePointer, method: HeadText, version: HeadText, _ exchange: Exchange) -> Refusal.Reason? {
        var fields = unsafe GateFields(after: version, checksWire: checksWire)
        unsafe withUnsafeMutablePointer(to: &fields) {
            _ = unsafe MHD_get_connection_values_n(connection, .HEADER_KIND, collectField, $0)
        }
        let size = unsafe chttpd_head_size(connection)
        if checksWire {
            let isWhole =
                unsafe fields.isIntact && exchange.targetStart == method.end + 1
                && version.start == method.end + 1 + exchange.targetLength + 1
                && fields.expected + 2 == method.start + size
            guard isWhole else { return .ambiguousHead }
        }
        exchange.trustsHead = true
        if let id = unsafe fields.requestID { unsafe exchange.adopt(id: id) }
        guard size <= maxHeadBytes else {
            // Where the target alone is too much, that is what the client can mend.
            return exchange.targetLength > maxTargetBytes ? .targetTooLong(limit: maxTargetBytes) : .headTooLarge(limit: maxHeadBytes)
        }
        return unsafe startLineProblem(method, version, exchange) ?? fields.problem
            ?? hostProblem(fields, version) ?? bodyProblem(fields, version, exchange)
    }

    private func startLineProblem(_ method: HeadText, _ version: HeadText, _ exchange: Exchange) -> Refusal.Reason? {
        guard unsafe method.count > 0, unsafe method.bytes.allSatisfy(\.isToken) else { return .badMethod }
        guard unsafe version.isWord("http/1.1") || version.isWord("http/1.0") else { return .unsupportedVersion }
        guard exchange.targetLength <= maxTargetBytes else { return .targetTooLong(limit: maxTargetBytes) }
        do throws(Target.Problem) {
            exchange.parts = try Target(exchange.target)
        } catch {
            return switch error {
            case .malformed: .badTarget
            case .control: .controlInTarget
            case .encodedSlash: .encodedSlash
            case .path(let reason): .badPath(reason)
            }
        }
        if exchange.parts.isAsterisk(in: exchange.target), unsafe !method.isWord("options") { return .asteriskWithoutOptions }
        return nil
    }

    private func hostProblem(_ fields: GateFields, _ version: HeadText) -> Refusal.Reason? {
        guard unsafe fields.hosts <= 1 else { return .severalHosts }
        guard let host = unsafe fields.host else {
            return unsafe version.isWord("http/1.1") ? .missingHost : nil
        }
        return unsafe Authority.isValid(host.trimmed.bytes) ? nil : .badHost
    }

    private func bodyProblem(_ fields: GateFields, _ version: HeadText, _ exchange: Exchange) -> Refusal.Reason? {
        guard unsafe fields.contentTypes <= 1 else { return .severalContentTypes }
        if let coding = unsafe fields.coding {
            guard unsafe fields.lengths == 0 else { return .lengthAndCoding }
            guard unsafe version.isWord("http/1.1") else { return .codingOnOldVersion }
            // Not trimmed: libmicrohttpd takes "chunked " for a body without an end.
            guard unsafe fields.codings == 1, unsafe coding.isWord("chunked") else { return .unsupportedCoding }
            exchange.isChunked = true
            exchange.bodyLimit = unsafe limit(fields, exchange)
        }
        guard unsafe fields.lengths <= 1 else { return .severalLengths }
        if let text = unsafe fields.length {
            guard unsafe text.count > 0, unsafe text.bytes.allSatisfy(\.isDigit) else { return .badLength }
            let length = unsafe text.bytes.reduce(0) { min($0 * 10 + Int($1 - 0x30), Int.max / 16) }
            exchange.bodyLimit = unsafe limit(fields, exchange)
            guard length <= exchange.bodyLimit else { return .bodyTooLarge(limit: exchange.bodyLimit) }
            exchange.expectedBody = length
        }
        if let expectation = unsafe fields.expectation {
            let isKnown = unsafe fields.expectations == 1 && expectation.trimmed.isWord("100-continue")
            guard isKnown else { return .unknownExpectation }
            exchange.hasNothingToContinue = !exchange.isChunked && exchange.expectedBody == 0
        }
        return nil
    }

    private func limit(_ fields: GateFields, _ exchange: Exchange) -> Int {
        let type = unsafe fields.contentType?.trimmed.string ?? ""
        return bodyLimit(exchange.parts.decodedPath(exchange.target), type) ?? maxBodyBytes
    }
}
