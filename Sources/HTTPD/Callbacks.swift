import CHTTPD
import Glibc

// The functions that libmicrohttpd calls, all on the thread of the connection concerned.

/// A connection came or went: its exchange comes and goes with it.
let onConnection: MHD_NotifyConnectionCallback = { context, connection, slot, event in
    guard let context = unsafe context, let connection = unsafe connection, let slot = unsafe slot else { return }
    let server = unsafe Unmanaged<ServerContext>.fromOpaque(context).takeUnretainedValue()
    if event == .CONNECTION_NOTIFY_STARTED {
        let peer = unsafe ClientAddress(chttpd_client_address(connection))
        let exchange = unsafe server.makeExchange(socket: chttpd_socket(connection), peer: peer)
        unsafe slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
        server.reaper.add(exchange.watch)
    } else if let opaque = unsafe slot.pointee {
        let exchange = unsafe Unmanaged<Exchange>.fromOpaque(opaque).takeRetainedValue()
        exchange.finish()
        unsafe slot.pointee = nil
        // Comes before libmicrohttpd closes the socket.
        server.reaper.remove(exchange.watch)
    }
}

/// The request line is here, before libmicrohttpd has looked into the target.
///
/// Its own parser of query arguments writes through a pointer into memory that it has given back, once there are about 480
/// of them. So it is shown none: the target is copied, and a NUL put after the "?". Arguments are
/// parsed from the copy, which also keeps what its C strings would cut at a %00 and takes the place of the `_n` look-ups.
/// From 1.0 on the parser is sound and the line is not ours to write in.
let onTarget: chttpd_target_callback = { context, target, connection in
    guard let context = unsafe context, let target = unsafe target, let connection = unsafe connection,
        let opaque = unsafe chttpd_socket_context(connection)
    else { return nil }
    let server = unsafe Unmanaged<ServerContext>.fromOpaque(context).takeUnretainedValue()
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
    unsafe exchange.begin(connection, target: target, count: strlen(target), limit: server.gate.maxTargetBytes)
    if server.gate.checksWire, let question = unsafe strchr(target, CInt(UInt8(ascii: "?"))) {
        // Into libmicrohttpd's own read buffer; the byte after a trailing "?" is the NUL that ends the target.
        unsafe question[1] = 0
    }
    return unsafe opaque
}

/// Leaves "%00" and "%2F" alone, where libmicrohttpd would decode in place and cut at the NUL.
///
/// 0.9.75 must not even have the text looked at, and does not mind what comes back; from 1.0 on a length that is not the text's is a bad path.
let onUnescape: chttpd_unescape_callback = { context, _, text in
    guard let context = unsafe context, let text = unsafe text else { return 0 }
    let server = unsafe Unmanaged<ServerContext>.fromOpaque(context).takeUnretainedValue()
    return server.gate.checksWire ? 0 : unsafe strlen(text)
}

/// Called once with the head, then with each piece of the body, then once more when all is there.
let onRequest: MHD_AccessHandlerCallback = { context, connection, _, method, version, upload, uploadCount, slot in
    guard let context = unsafe context, let connection = unsafe connection, let method = unsafe method,
        let version = unsafe version, let uploadCount = unsafe uploadCount, let slot = unsafe slot,
        let opaque = unsafe slot.pointee
    else { return .NO }
    let server = unsafe Unmanaged<ServerContext>.fromOpaque(context).takeUnretainedValue()
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
    let methodText = unsafe HeadText(start: method, count: strlen(method))

    switch exchange.phase {
    case .idle, .answer:
        return .NO

    case .head:
        let versionText = unsafe HeadText(start: version, count: strlen(version))
        if let reason = unsafe server.gate.examine(connection, method: methodText, version: versionText, exchange) {
            // An answer in the first call makes libmicrohttpd close the connection, which is what is wanted.
            return unsafe refuse(reason, methodText, exchange, on: connection, server)
        }
        exchange.objection = server.admission?.problem(exchange)
        if let objection = exchange.objection, exchange.hasBody || exchange.hasNothingToContinue || exchange.watch.isSurplus {
            // The body need not come, and the connection need not stay.
            return unsafe refuse(objection, methodText, exchange, on: connection, server)
        }
        // Told to go on, such a client would have its next request taken for the end of this one, and no answer at all.
        if exchange.hasNothingToContinue { return unsafe answer(methodText, exchange, on: connection, server) }
        exchange.expectBody()
        return .YES

    case .body where unsafe uploadCount.pointee > 0:
        let limit = exchange.bodyLimit
        unsafe exchange.append(UnsafeRawBufferPointer(start: upload, count: uploadCount.pointee), limit: limit)
        unsafe uploadCount.pointee = 0
        // No response can be queued here. A little more is read in the hope of an end, then the connection is cut.
        return exchange.bodyBytes <= limit + RequestGate.drainedBytes ? .YES : .NO

    case .body:
        if exchange.bodyBytes > exchange.bodyLimit {
            return unsafe refuse(.bodyTooLarge(limit: exchange.bodyLimit), methodText, exchange, on: connection, server)
        }
        if let objection = exchange.objection {
            return unsafe refuse(objection, methodText, exchange, on: connection, server, closes: server.isDraining)
        }
        return unsafe answer(methodText, exchange, on: connection, server)
    }
}

/// A request is over; not called for every one, see `Exchange`.
let onCompleted: MHD_RequestCompletedCallback = { _, _, slot, code in
    guard let slot = unsafe slot, let opaque = unsafe slot.pointee else { return }
    unsafe Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue().finish(isComplete: code == .REQUEST_TERMINATED_COMPLETED_OK)
    unsafe slot.pointee = nil
}

/// A complaint, in the manner of printf.
let onLog: MHD_LogCallback = { context, format, arguments in
    guard let context = unsafe context, let format = unsafe format, let arguments = unsafe arguments else { return }
    let line = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
        unsafe buffer.initialize(repeating: 0)
        _ = unsafe vsnprintf(buffer.baseAddress, buffer.count, format, arguments)
        let bytes = unsafe UnsafeRawBufferPointer(buffer).prefix { $0 != 0 && $0 != 0x0A }
        return unsafe String(decoding: bytes, as: UTF8.self)
    }
    unsafe Unmanaged<ServerContext>.fromOpaque(context).takeUnretainedValue().log.write(line)
}

private func answer(
    _ method: HeadText, _ exchange: Exchange, on connection: OpaquePointer, _ server: ServerContext
) -> MHD_Result {
    let body = exchange.takeBody()
    exchange.beginAnswer()
    let request = unsafe Request(Method(method), exchange, body: body)
    let response = server.handlers.withHandlers(exchange.worker) { $0.handler(request) }
    // libmicrohttpd is lax about the lines between chunks and after them, so nothing may follow them.
    let closes = exchange.isChunked || exchange.hasNothingToContinue || server.isDraining
    unsafe exchange.answered(method, status: response.status, bytes: response.length)
    return unsafe queue(response, for: exchange, on: connection, closes: closes)
}

private func refuse(
    _ reason: Refusal.Reason, _ method: HeadText, _ exchange: Exchange, on connection: OpaquePointer, _ server: ServerContext,
    closes: Bool = true
) -> MHD_Result {
    exchange.beginAnswer()
    let accept = exchange.trustsHead ? exchange.header("accept") : nil
    let path = exchange.trustsHead && exchange.parts != .unknown ? exchange.parts.decodedPath(exchange.target) : nil
    let response = server.handlers.withHandlers(exchange.worker) { $0.refuse(Refusal(reason, accept: accept, path: path)) }
    unsafe exchange.answered(exchange.trustsHead ? method : nil, status: response.status, bytes: response.length)
    return unsafe queue(response, for: exchange, on: connection, closes: closes)
}

private func queue(_ response: Response, for exchange: Exchange, on connection: OpaquePointer, closes: Bool) -> MHD_Result {
    let status = UInt32(truncatingIfNeeded: response.status)
    if case .prepared(let prepared) = response, !closes, exchange.clientID == nil, let slot = exchange.worker.slot,
        let shared = unsafe prepared.shared(slot: slot, number: exchange.number)
    {
        return unsafe MHD_queue_response(connection, status, shared)
    }
    let made =
        switch response {
        case .prepared(let prepared): unsafe prepared.single(id: exchange.id, closes: closes)
        case .once(_, let headers, let body):
            unsafe ResponseMemory(body).makeResponse(headers: headers, id: exchange.id, closes: closes)
        }
    guard let single = unsafe made else { return .NO }
    defer { unsafe MHD_destroy_response(single) }
    return unsafe MHD_queue_response(connection, status, single)
}

extension Method {
    /// A name as short as the usual ones fits into the string itself.
    fileprivate init(_ text: HeadText) {
        self.init(rawValue: unsafe text.string)
    }
}
