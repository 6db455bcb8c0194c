import Synchronization

/// What became of a request, for the log.
package struct Served: Sendable, Equatable {
    /// On the monotonic clock, in nanoseconds.
    package let began: UInt64
    /// From the first line of the request to the last byte that was handed to the system.
    package let nanoseconds: UInt64
    /// Which of the application's routes it belongs to; 0 for none.
    package let route: Int
    /// One of the usual methods, or "other".
    package let method: String
    /// As it was sent, without the query; what is not ASCII is escaped, and a long one cut.
    package let path: String
    package let status: Int
    /// Of the answer's body.
    package let bytes: Int
    package let requestID: String
    /// 32 hexadecimal digits, if the client named a trace.
    package let traceID: String?
    /// Who asked: whoever connected, or the one for whom a trusted proxy did.
    package let client: String
    /// Whether the whole answer was handed over.
    package let isComplete: Bool
}

/// The newest requests of one serving thread, until somebody takes them: a ring that the thread alone fills and one reader empties.
///
/// There is no lock and no waiting. When nobody has taken them for too long, new ones are lost and counted.
@safe final class Journal: @unchecked Sendable {  // an entry is the thread's before `written` has passed it, and the reader's after
    fileprivate struct Entry {
        var account = Account()
        var nanoseconds: UInt64 = 0
        var number: UInt64 = 0
        var client = ClientAddress.local
        var isComplete = false
        var pathCount: UInt8 = 0
        var idCount: UInt8 = 0
        /// The path, then the client's own request id.
        var text = InlineArray<192, UInt8>(repeating: 0)
    }

    static let capacity = 4096
    private static let pathLimit = 192 - RequestID.maxClientBytes

    private let entries: UnsafeMutablePointer<Entry>
    private let written = Atomic<Int>(0)
    private let read = Atomic<Int>(0)
    private let missed = Atomic<Int>(0)

    init() {
        unsafe entries = .allocate(capacity: Journal.capacity)
    }

    deinit { unsafe entries.deallocate() }

    /// How many were lost so far.
    var lost: Int { missed.load(ordering: .relaxed) }

    /// By the serving thread.
    func append(_ exchange: Exchange, nanoseconds: UInt64, isComplete: Bool) {
        let index = written.load(ordering: .relaxed)
        guard index - read.load(ordering: .acquiring) < Journal.capacity else {
            missed.store(missed.load(ordering: .relaxed) + 1, ordering: .relaxed)
            return
        }
        var entry = Entry()
        entry.account = exchange.account
        entry.nanoseconds = nanoseconds
        entry.number = exchange.number
        entry.client = exchange.asker
        entry.isComplete = isComplete
        // What the gate refused has no parts; it is told as it came.
        for byte in exchange.parts == .unknown ? exchange.target[...] : exchange.target[exchange.parts.path] {
            guard entry.pathCount < Journal.pathLimit, byte != UInt8(ascii: "?") else { break }
            entry.text[Int(entry.pathCount)] = byte
            entry.pathCount += 1
        }
        if let id = exchange.clientID {
            for byte in id.utf8 {
                entry.text[Int(entry.pathCount) + Int(entry.idCount)] = byte
                entry.idCount += 1
            }
        }
        unsafe (entries + index % Journal.capacity).initialize(to: entry)
        written.store(index + 1, ordering: .releasing)
    }

    /// By the one reader: everything that is there, oldest first.
    func takeAll(_ body: (Served) -> Void) {
        let end = written.load(ordering: .acquiring)
        var index = read.load(ordering: .relaxed)
        while index < end {
            let entry = unsafe entries[index % Journal.capacity]
            index += 1
            read.store(index, ordering: .releasing)
            body(Served(entry))
        }
    }
}

extension Served {
    fileprivate init(_ entry: Journal.Entry) {
        let paths = Int(entry.pathCount)
        let ids = Int(entry.idCount)
        let account = entry.account
        self.init(
            began: account.began, nanoseconds: entry.nanoseconds, route: account.route, method: account.method.text.description,
            path: Served.printable((0..<paths).map { entry.text[$0] }), status: account.status, bytes: account.bytes,
            requestID: ids > 0
                ? String(decoding: (paths..<paths + ids).map { entry.text[$0] }, as: UTF8.self) : RequestID.text(entry.number),
            traceID: account.trace == (0, 0) ? nil : RequestID.text(account.trace.high) + RequestID.text(account.trace.low),
            client: entry.client.description, isComplete: entry.isComplete
        )
    }

    /// No byte outside the printable ASCII, so that no line of a log can be forged and no terminal steered.
    private static func printable(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        return String(
            decoding: bytes.flatMap { byte in
                byte > 0x20 && byte < 0x7F ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            },
            as: UTF8.self
        )
    }
}
