import HTTPD

/// An answer in one coding with its validator, ready to be sent any number of times.
///
/// A class, because threads that count references to the same parts wait for each other; so there is one to count.
final class PreparedAnswer: Sendable {
    /// Of the bytes in this coding.
    let etag: String
    /// What the other codings of the answer say, too.
    let fields: AnswerFields
    /// Whether a coding makes the answer shorter.
    let isWorthCoding: Bool
    private let coding: Coding
    private let memory: ResponseMemory
    // Made when first asked for, since most answers are asked for in one way.
    private let negotiated = LazyReference<PreparedResponse>()
    private let fixed = LazyReference<PreparedResponse>()
    private let negotiatedUnchanged = LazyReference<PreparedResponse>()
    private let fixedUnchanged = LazyReference<PreparedResponse>()

    init(_ bytes: [UInt8], _ coding: Coding, isWorthCoding: Bool, _ fields: AnswerFields) {
        etag = EntityTag.of(bytes)
        memory = ResponseMemory(bytes)
        self.fields = fields
        self.isWorthCoding = isWorthCoding
        self.coding = coding
    }

    var count: Int { memory.count }

    /// The same answer in another coding; itself when there is no memory for it.
    func coded(_ coding: Coding) -> PreparedAnswer {
        guard coding != self.coding, let bytes = coding.apply(to: memory.bytes) else { return self }
        return PreparedAnswer(bytes, coding, isWorthCoding: isWorthCoding, fields)
    }

    /// What to send: the whole, or that the client has it.
    func response(to wishes: Wishes, isNegotiated: Bool) -> Response {
        .prepared(
            wishes.isMet(etag: etag, lastModified: fields.lastModified) ? unchanged(isNegotiated) : whole(isNegotiated)
        )
    }

    private func whole(_ isNegotiated: Bool) -> PreparedResponse {
        if let made = isNegotiated ? negotiated.load() : fixed.load() { return made }
        let response = PreparedResponse(
            status: 200, headers: fields.full(coding, etag: etag, isNegotiated: isNegotiated), memory: memory)
        return isNegotiated ? negotiated.storeIfNil(response) : fixed.storeIfNil(response)
    }

    /// It has the body that it does not send, and so its length.
    private func unchanged(_ isNegotiated: Bool) -> PreparedResponse {
        if let made = isNegotiated ? negotiatedUnchanged.load() : fixedUnchanged.load() { return made }
        let response = PreparedResponse(
            status: 304, headers: fields.notModified(etag: etag, isNegotiated: isNegotiated), memory: memory)
        return isNegotiated ? negotiatedUnchanged.storeIfNil(response) : fixedUnchanged.storeIfNil(response)
    }
}
