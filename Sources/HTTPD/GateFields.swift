import CHTTPD
import Glibc

/// What one walk over the header fields finds out.
///
/// On the way it follows the bytes: each field must begin exactly where the one before ended. A bare line feed,
/// a fold, a NUL or a missing name shifts what follows, and the chain breaks.
@unsafe struct GateFields {
    /// Where the next field must begin; after the walk, where the empty line must.
    var expected: UnsafePointer<CChar>
    var isIntact = true
    var problem: Refusal.Reason?

    var hosts = 0, lengths = 0, codings = 0, contentTypes = 0, expectations = 0
    var host: HeadText?, length: HeadText?, coding: HeadText?, expectation: HeadText?, contentType: HeadText?, requestID: HeadText?

    private let checksWire: Bool
    private var count = 0

    init(after version: HeadText, checksWire: Bool) {
        unsafe self.expected = version.end + 2
        unsafe self.checksWire = checksWire
    }

    mutating func add(_ name: HeadText, _ value: HeadText) {
        unsafe follow(name, value)
        unsafe count += 1
        if unsafe count > RequestGate.maxFields { unsafe note(.tooManyFields(limit: RequestGate.maxFields)) }
        if unsafe name.count == 0 || !name.bytes.allSatisfy(\.isToken) { unsafe note(.badFieldName) }
        if unsafe value.bytes.contains(where: { $0.isControl && $0 != 0x09 }) { unsafe note(.badFieldValue) }
        unsafe remember(name, value)
    }

    /// The bytes are: name, colon (now NUL), blanks, value, CR LF (now NUL NUL).
    private mutating func follow(_ name: HeadText, _ value: HeadText) {
        guard unsafe checksWire, unsafe isIntact else { return }
        var start = unsafe name.end + 1
        guard unsafe name.start == expected, unsafe value.start >= start else {
            unsafe isIntact = false
            return
        }
        while unsafe start < value.start {
            guard unsafe UInt8(bitPattern: start.pointee).isBlank else {
                unsafe isIntact = false
                return
            }
            unsafe start += 1
        }
        unsafe expected = value.end + 2
    }

    private mutating func remember(_ name: HeadText, _ value: HeadText) {
        switch unsafe name.count {
        case 4 where unsafe name.isWord("host"): unsafe (hosts, host) = (hosts + 1, value)
        case 6 where unsafe name.isWord("expect"): unsafe (expectations, expectation) = (expectations + 1, value)
        case 12 where unsafe name.isWord("content-type"): unsafe (contentTypes, contentType) = (contentTypes + 1, value)
        case 12 where unsafe name.isWord("x-request-id"): unsafe requestID = value.trimmed
        case 14 where unsafe name.isWord("content-length"): unsafe (lengths, length) = (lengths + 1, value)
        case 17 where unsafe name.isWord("transfer-encoding"): unsafe (codings, coding) = (codings + 1, value)
        default: break
        }
    }

    private mutating func note(_ found: Refusal.Reason) {
        if unsafe problem == nil { unsafe problem = found }
    }
}

/// Called for each field in the order of the head; a value that is missing is an empty one.
let collectField: MHD_KeyValueIteratorN = { target, _, name, nameCount, value, valueCount in
    guard let target = unsafe target, let name = unsafe name else { return .NO }
    let field = unsafe HeadText(start: name, count: nameCount)
    let text = unsafe value.map { unsafe HeadText(start: $0, count: valueCount) } ?? HeadText(start: field.end, count: 0)
    unsafe target.assumingMemoryBound(to: GateFields.self).pointee.add(field, text)
    return .YES
}
