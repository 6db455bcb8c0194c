/// Finds the number of an address in a set that is known beforehand, without making a string of it.
struct AddressTable: Sendable {
    /// All addresses, one behind the other.
    private var text: [UInt8] = []
    /// Each address at the place that its bytes name, or at the first free one behind it; at least half of them are free.
    private var entries: [Entry]

    private struct Entry {
        var hash: UInt32 = 0
        var start: UInt32 = 0
        /// 0 where there is none.
        var count: UInt32 = 0
        var number: Int32 = 0
    }

    /// - Parameter addresses: of several that are the same the first counts.
    init(_ addresses: [(address: String, number: Int)]) {
        var capacity = 16
        while capacity < 2 * addresses.count { capacity *= 2 }
        entries = Array(repeating: Entry(), count: capacity)
        for (address, number) in addresses {
            let bytes = Array(address.utf8)
            let (place, hash) = place(of: bytes)
            guard !bytes.isEmpty, entries[place].count == 0 else { continue }
            entries[place] = Entry(hash: hash, start: UInt32(text.count), count: UInt32(bytes.count), number: Int32(number))
            text += bytes
        }
    }

    /// The number of an address; nil if it is none of the set.
    subscript(address: [UInt8]) -> Int? {
        let entry = entries[place(of: address).index]
        return entry.count == 0 ? nil : Int(entry.number)
    }

    private func place(of address: [UInt8]) -> (index: Int, hash: UInt32) {
        // FNV-1a. Clients cannot add addresses, so they cannot make it slow.
        var hash: UInt32 = 2_166_136_261
        for byte in address { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        var index = Int(hash) & (entries.count - 1)
        while entries[index].count != 0, !holds(entries[index], hash, address) { index = (index + 1) & (entries.count - 1) }
        return (index, hash)
    }

    private func holds(_ entry: Entry, _ hash: UInt32, _ address: [UInt8]) -> Bool {
        guard entry.hash == hash, entry.count == address.count else { return false }
        let start = Int(entry.start)
        for index in address.indices where text[start + index] != address[index] { return false }
        return true
    }
}
