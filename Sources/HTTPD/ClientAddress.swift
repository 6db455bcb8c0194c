import CHTTPD
import Glibc

/// Who is at the other end, without the port.
package enum ClientAddress: Hashable, Sendable {
    /// A program on this machine, over a Unix socket.
    case local
    /// In the order in which people write it.
    case ipv4(UInt32)
    /// Its two halves: the network's and the host's.
    case ipv6(UInt64, UInt64)

    /// An address in digits, such as "192.0.2.1" or "2001:db8::1"; an IPv4 address in IPv6 clothes counts as what it is.
    package init?(_ text: some StringProtocol) {
        let text = String(text)
        var four = in_addr()
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            self = .ipv4(UInt32(bigEndian: four.s_addr))
            return
        }
        var six = in6_addr()
        guard unsafe inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        self = ClientAddress(six)
    }

    /// What the system says of a connection.
    init(_ address: UnsafePointer<sockaddr>?) {
        guard let address = unsafe address else {
            self = .local
            return
        }
        switch unsafe Int32(address.pointee.sa_family) {
        case AF_INET:
            self = unsafe .ipv4(
                UInt32(bigEndian: UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6:
            self = unsafe ClientAddress(UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default: self = .local
        }
    }

    private init(_ address: in6_addr) {
        let (high, low) = unsafe withUnsafeBytes(of: address) { bytes in
            unsafe (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        self = high == 0 && low >> 32 == 0xFFFF ? .ipv4(UInt32(truncatingIfNeeded: low)) : .ipv6(high, low)
    }

    /// What counts as one client: an IPv6 network is one, as its every host may have any number of addresses in it.
    var household: ClientAddress {
        if case .ipv6(let network, _) = self { .ipv6(network, 0) } else { self }
    }
}

extension ClientAddress: CustomStringConvertible {
    /// As people write it; "local" for a Unix socket.
    package var description: String {
        switch self {
        case .local: return "local"
        case .ipv4(let bits): return [24, 16, 8, 0].map { String(bits >> $0 & 0xFF) }.joined(separator: ".")
        case .ipv6(let high, let low):
            var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            let halves = (high.bigEndian, low.bigEndian)
            _ = unsafe withUnsafeBytes(of: halves) { unsafe inet_ntop(AF_INET6, $0.baseAddress, &text, socklen_t(INET6_ADDRSTRLEN)) }
            return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }
}
