import CHTTPD

/// A response that is built once and queued many times, from any thread.
///
/// libmicrohttpd fixes a response's headers when it is made, but the X-Request-Id differs each time. So every serving
/// thread gets a copy of its own, made when it first needs one, over the same body. The id's 16 digits are rewritten
/// in that copy just before it is queued: libmicrohttpd 0.9.75 writes the headers into the connection's buffer right
/// after the handler returns, on the same thread, before it turns to any other connection.
///
/// It may be dropped at any time: libmicrohttpd counts who still sends a copy, and each copy keeps the body alive.
@safe package final class PreparedResponse: @unchecked Sendable {  // a copy is touched only by the thread that holds its slot
    /// The status code, from 200 to 599.
    package let status: Int
    /// The application's headers, in the order in which they are sent.
    package let headers: [Field]
    private let memory: ResponseMemory
    private let copies: UnsafeMutablePointer<Copy?>

    /// A response in libmicrohttpd's memory, and the place of its id in it.
    @unsafe private struct Copy {
        let response: OpaquePointer
        let digits: UnsafeMutablePointer<CChar>
    }

    /// Copies `body` to a place where it stays until the last client has it.
    package convenience init(status: Int, headers: [Field], body: [UInt8]) {
        self.init(status: status, headers: headers, memory: ResponseMemory(body))
    }

    /// The same status and body with other headers; the body is kept once.
    package convenience init(sharing original: PreparedResponse, headers: [Field]) {
        self.init(status: original.status, headers: headers, memory: original.memory)
    }

    /// A response with a body that others may have, too.
    ///
    /// A 304 has the body that it does not send: so Content-Length is the one that RFC 9110 wants, and not 0.
    package init(status: Int, headers: [Field], memory: ResponseMemory) {
        self.status = status
        self.headers = headers
        self.memory = memory
        unsafe copies = .allocate(capacity: WorkerSlots.count)
        unsafe copies.initialize(repeating: nil, count: WorkerSlots.count)
    }

    deinit {
        for slot in 0..<WorkerSlots.count {
            guard let copy = unsafe copies[slot] else { continue }
            unsafe MHD_destroy_response(copy.response)
        }
        unsafe copies.deallocate()
    }

    /// The bytes as the client would get them for a GET; none for a 304.
    package var body: [UInt8] { status == 304 ? [] : memory.bytes }

    var length: Int { memory.count }

    /// The calling thread's copy, with the exchange's id written into it; it stays this object's.
    func shared(slot: Int, number: UInt64) -> OpaquePointer? {
        if let copy = unsafe copies[slot] {
            unsafe RequestID.write(number, to: copy.digits)
            return unsafe copy.response
        }
        guard let response = unsafe memory.makeResponse(headers: headers, id: RequestID.text(number), closes: false) else {
            return nil
        }
        guard let digits = unsafe chttpd_response_value(response, RequestID.headerName) else {
            unsafe MHD_destroy_response(response)
            return nil
        }
        unsafe copies[slot] = Copy(response: response, digits: digits)
        return unsafe response
    }

    /// A copy for one exchange, which the caller must destroy.
    func single(id: String, closes: Bool) -> OpaquePointer? {
        unsafe memory.makeResponse(headers: headers, id: id, closes: closes)
    }
}
