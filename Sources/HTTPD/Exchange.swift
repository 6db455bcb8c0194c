import CHTTPD
import Glibc

/// What one connection knows of the request it is working on; made with the connection and used for all its requests.
///
/// Only the connection's own thread touches it. It hangs on the socket and not on the request, because
/// libmicrohttpd does not announce the end of every request that it began.
@safe final class Exchange {
    enum Phase: UInt8 {
        /// Between requests.
        case idle
        /// The first line has been read.
        case head
        /// The head passed the gate; a body may be coming.
        case body
        /// A response is being made or sent.
        case answer
    }

    let worker: Worker
    let watch: Watch
    /// Who connected.
    private let peer: ClientAddress
    /// How to read for whom it asks, if it is a trusted proxy.
    private let proxies: TrustedProxies?
    private(set) var phase = Phase.idle
    /// The connection while a request is being worked on.
    private(set) var connection: OpaquePointer?

    private(set) var target: [UInt8] = []
    /// Where libmicrohttpd keeps the target; only compared, never read.
    private(set) var targetStart: UnsafePointer<CChar>?
    /// The whole length, also when the target is too long to be kept.
    private(set) var targetLength = 0
    var parts = Target.unknown

    var trustsHead = false
    var isChunked = false
    var expectedBody = 0
    /// Why the request is not to be answered, although its head is good.
    var objection: Refusal.Reason?
    /// Whether the client waits to be told to go on, and has nothing to go on with.
    var hasNothingToContinue = false
    /// How large the body may be.
    var bodyLimit = 0
    var hasBody: Bool { isChunked || expectedBody > 0 }
    private(set) var body: [UInt8] = []
    private(set) var bodyBytes = 0

    /// What the measurements and the log will say.
    var account = Account()
    /// Who asks, for the log.
    private(set) var asker: ClientAddress
    private(set) var number: UInt64 = 0
    private(set) var clientID: String?
    /// Which of the connection's requests this is, so that one that outlived its handler finds nothing.
    private(set) var serial: UInt64 = 0
    private var isCounted = false

    /// - Parameter proxies: only for a peer that is one of them.
    init(worker: Worker, watch: Watch, peer: ClientAddress, proxies: TrustedProxies?) {
        self.worker = worker
        self.watch = watch
        self.peer = peer
        self.proxies = proxies
        asker = peer
        worker.meter.connectionAccepted()
    }

    /// Who asks: whoever connected, or the one for whom a trusted proxy did.
    var client: ClientAddress { proxies.map { $0.client(behind: peer, header($0.header.rawValue)) } ?? peer }

    /// The first line is here. A target beyond the limit is not kept.
    func begin(_ connection: OpaquePointer, target start: UnsafePointer<CChar>, count: Int, limit: Int) {
        finish()
        phase = .head
        watch.enter(.head)
        unsafe self.connection = connection
        serial += 1
        account = .begun()
        asker = peer
        number = worker.nextID()
        unsafe targetStart = start
        targetLength = count
        if count <= limit { unsafe target.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count)) }
        isCounted = true
        worker.requestBegan()
    }

    /// The head is good. Room is made for a small body; one that is only announced as large must come first.
    func expectBody() {
        phase = .body
        watch.enter(.body)
        if expectedBody > 0 { body.reserveCapacity(min(expectedBody, 64 << 10)) }
    }

    /// Takes a piece of the body; beyond the limit only its size is remembered.
    func append(_ piece: UnsafeRawBufferPointer, limit: Int) {
        bodyBytes += piece.count
        if bodyBytes > limit {
            body = []
        } else {
            unsafe body.append(contentsOf: piece)
        }
    }

    /// Hands the body over without a copy.
    func takeBody() -> [UInt8] {
        let whole = body
        body = []
        return whole
    }

    /// Now it is the handler's turn, and then the client's.
    func beginAnswer() {
        phase = .answer
        watch.enter(.answer)
    }

    /// The request is over, however it ended. Doing it twice does no harm.
    ///
    /// - Parameter isComplete: whether the whole answer was handed over.
    func finish(isComplete: Bool = false) {
        guard phase != .idle else { return }
        conclude(isComplete: isComplete)
        phase = .idle
        watch.enter(.idle)
        unsafe connection = nil
        unsafe targetStart = nil
        target.removeAll(keepingCapacity: true)
        targetLength = 0
        parts = .unknown
        trustsHead = false
        isChunked = false
        expectedBody = 0
        hasNothingToContinue = false
        bodyLimit = 0
        objection = nil
        body = []
        bodyBytes = 0
        clientID = nil
        if isCounted { worker.requestEnded() }
        isCounted = false
    }

    /// The answer is on its way.
    ///
    /// - Parameter method: nil where it cannot be trusted.
    func answered(_ method: HeadText?, status: Int, bytes: Int) {
        unsafe account.answered(method, status: status, bytes: bytes)
        guard worker.journal != nil, trustsHead, let connection = unsafe connection else { return }
        unsafe account.readTrace(from: connection)
        asker = client
    }

    private func conclude(isComplete: Bool) {
        let nanoseconds = MonotonicClock.now - account.began
        worker.meter.record(account, nanoseconds: nanoseconds, received: bodyBytes)
        if !isComplete { worker.meter.requestCut() }
        worker.journal?.append(self, nanoseconds: nanoseconds, isComplete: isComplete)
    }

    /// Takes the client's id over, if it is fit for headers and logs.
    func adopt(id: HeadText) {
        if unsafe RequestID.isPlain(id) { clientID = unsafe id.string }
    }

    var id: String { clientID ?? RequestID.text(number) }

    /// A field's value, its lines joined with a comma; nil without such a field, or once the request is over.
    func header(_ name: String) -> String? {
        guard let connection = unsafe connection else { return nil }
        var name = name
        return name.withUTF8 { name -> String? in
            var search = unsafe FieldSearch(name: name, value: nil)
            unsafe withUnsafeMutablePointer(to: &search) {
                _ = unsafe MHD_get_connection_values_n(connection, .HEADER_KIND, matchField, $0)
            }
            return unsafe search.value
        }
    }
}

@unsafe private struct FieldSearch {
    /// Lent, so that looking for a field that is not there costs no memory.
    let name: UnsafeBufferPointer<UInt8>
    var value: String?
}

private let matchField: MHD_KeyValueIteratorN = { target, _, name, nameCount, value, valueCount in
    guard let target = unsafe target, let name = unsafe name else { return .NO }
    let search = unsafe target.assumingMemoryBound(to: FieldSearch.self)
    let wanted = unsafe search.pointee.name
    guard wanted.count == nameCount else { return .YES }
    for index in 0..<nameCount where unsafe UInt8(bitPattern: name[index]).lowercased != wanted[index].lowercased { return .YES }
    let text = unsafe value.map { unsafe HeadText(start: $0, count: valueCount).trimmed.string } ?? ""
    unsafe search.pointee.value = unsafe search.pointee.value.map { $0 + ", " + text } ?? text
    return .YES
}
