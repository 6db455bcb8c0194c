/// Addresses with a common beginning, such as 10.0.0.0/8.
package struct Subnet: Hashable, Sendable {
    private let base: ClientAddress
    private let length: Int

    /// "10.0.0.0/8", "fd00::/8", or one address; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = ClientAddress(parts[0]) else { return nil }
        let bits = if case .ipv4 = address { 32 } else { 128 }
        guard let length = parts.count == 1 ? bits : Int(parts[1]), (0...bits).contains(length) else { return nil }
        self.base = address
        self.length = length
    }

    /// Whether the address is one of them.
    package func contains(_ address: ClientAddress) -> Bool {
        switch (base, address) {
        case (.ipv4(let base), .ipv4(let other)): (base ^ other) >> (32 - length) == 0
        case (.ipv6(let high, let low), .ipv6(let otherHigh, let otherLow)):
            (high ^ otherHigh) >> max(0, 64 - length) == 0 && (low ^ otherLow) >> min(64, 128 - length) == 0
        default: false
        }
    }
}
