import CHTTPD

/// Bytes at an address that stays, owned by whoever still sends them.
@safe package final class ResponseMemory: @unchecked Sendable {  // written once, before anybody else sees it
    private let start: UnsafeMutableRawPointer
    /// How many bytes there are.
    package let count: Int

    /// Copies `bytes` to a place where they stay until the last client has them.
    package init(_ bytes: [UInt8]) {
        count = bytes.count
        unsafe start = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 1)
        unsafe bytes.withUnsafeBytes { unsafe UnsafeMutableRawBufferPointer(start: start, count: count).copyMemory(from: $0) }
    }

    deinit { unsafe start.deallocate() }

    /// A copy of them.
    package var bytes: [UInt8] { unsafe Array(UnsafeRawBufferPointer(start: start, count: count)) }

    /// A libmicrohttpd response that sends these bytes, and keeps them alive until it has.
    ///
    /// Whoever calls it must destroy the response. What libmicrohttpd refuses as a header is left out: an empty
    /// value, a line break, and the Content-Length, which it counts itself.
    func makeResponse(headers: [Field], id: String, closes: Bool) -> OpaquePointer? {
        let owner = unsafe Unmanaged.passRetained(self)
        guard let response = unsafe chttpd_response(start, count, releaseMemory, owner.toOpaque()) else {
            unsafe owner.release()
            return nil
        }
        // The id comes first, so that looking for it finds ours.
        _ = unsafe MHD_add_response_header(response, RequestID.headerName, id)
        for field in headers {
            _ = unsafe MHD_add_response_header(response, field.name, field.value)
        }
        if closes { _ = unsafe MHD_add_response_header(response, "Connection", "close") }
        return unsafe response
    }
}

private let releaseMemory: MHD_ContentReaderFreeCallback = { owner in
    guard let owner = unsafe owner else { return }
    unsafe Unmanaged<ResponseMemory>.fromOpaque(owner).release()
}
