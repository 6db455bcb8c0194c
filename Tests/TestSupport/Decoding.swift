import CDecompression

/// What a client makes of a coded body.
package enum Decoding {
    /// Undoes a Content-Encoding, nil for none; nil for what is not exactly one whole coding of at most 4 MiB.
    package static func decode(_ bytes: [UInt8], _ coding: String?) -> [UInt8]? {
        guard let coding else { return bytes }
        let room = 4 << 20
        let text = unsafe bytes.withUnsafeBufferPointer { coded in
            unsafe [UInt8](unsafeUninitializedCapacity: room) { output, count in
                guard let source = coded.baseAddress, let target = output.baseAddress else { return }
                switch coding {
                case "gzip": count = unsafe cdecompression_gzip(source, coded.count, target, room)
                case "br": count = unsafe cdecompression_brotli(source, coded.count, target, room)
                default: return
                }
            }
        }
        return text.isEmpty ? nil : text
    }
}
