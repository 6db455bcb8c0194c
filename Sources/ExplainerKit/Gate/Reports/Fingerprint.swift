import Crypto

extension LintAnswer {
    /// Names a finding by its rule, its match and the words around it, so that it is known again after text was put before it.
    package func fingerprint(of finding: Finding) -> String {
        let source = report.source
        var hash = SHA256()
        func add(_ bytes: some Sequence<UInt8>) { hash.update(data: Array(bytes) + [0]) }
        add(finding.rule.utf8)
        add(words(in: source[finding.range]))
        add(words(in: source[..<finding.range.lowerBound].suffix(Self.reach)).split(separator: 0x20).suffix(2).joined(separator: [0x20]))
        add(words(in: source[finding.range.upperBound...].prefix(Self.reach)).split(separator: 0x20).prefix(2).joined(separator: [0x20]))
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: hash.finalize().prefix(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// How far neighbours are looked for, in bytes.
    private static let reach = 64

    /// Letters and digits in lower case, everything else one blank.
    private func words(in bytes: ArraySlice<UInt8>) -> [UInt8] {
        var words: [UInt8] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): words.append(byte | 0x20)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: words.append(byte)
            default: if words.last != 0x20 { words.append(0x20) }
            }
        }
        return words
    }
}
