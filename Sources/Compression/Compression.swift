import CCompression

/// The ways to make a text shorter for the wire: the same text always gives the same bytes.
///
/// Debian's zlib and brotli do the work; what could be written in Swift would be slower by far.
package enum Compression {
    /// RFC 1952; nil when there is no memory for it.
    ///
    /// - Parameter level: from 1, the fastest, to 9.
    package static func gzip(_ bytes: [UInt8], level: Int) -> [UInt8]? {
        unsafe compress(bytes) { unsafe ccompression_gzip(CInt(level), $0, $1, $2, $3) }
    }

    /// RFC 7932; nil when there is no memory for it.
    ///
    /// - Parameter quality: from 0, the fastest, to 11.
    package static func brotli(_ bytes: [UInt8], quality: Int) -> [UInt8]? {
        unsafe compress(bytes) { unsafe ccompression_brotli(CInt(quality), $0, $1, $2, $3) }
    }

    private typealias Coder = (UnsafePointer<UInt8>, Int, UnsafeMutablePointer<UInt8>, Int) -> Int

    private static func compress(_ bytes: [UInt8], _ code: Coder) -> [UInt8]? {
        let room = ccompression_bound(bytes.count)
        let coded = unsafe bytes.withUnsafeBufferPointer { text in
            unsafe [UInt8](unsafeUninitializedCapacity: room) { output, count in
                guard let source = text.baseAddress, let target = output.baseAddress else { return }
                count = unsafe code(source, text.count, target, room)
            }
        }
        return coded.isEmpty ? nil : coded
    }
}
