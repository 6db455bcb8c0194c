/// Measurements in Prometheus' text format 0.0.4.
///
/// By hand, because no client library for Swift counts without a lock or an update that all threads share; the format is three kinds of lines.
struct Exposition {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    typealias Labels = [(name: String, value: String)]

    enum Kind: String { case counter, gauge, histogram }

    private(set) var text = ""

    /// One family: what it is, and its samples.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [(labels: Labels, value: Double)]) {
        head(name, kind, help)
        for sample in samples { line(name, sample.labels, Self.number(sample.value)) }
    }

    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) { add(name, kind, help, [([], value)]) }

    /// A family of histograms.
    ///
    /// - Parameters:
    ///   - bounds: upper bounds of all places but the last.
    ///   - series: how many observations are in each place, and the sum of all.
    mutating func addHistograms(
        _ name: String, _ help: String, bounds: [Double], _ series: [(labels: Labels, counts: [UInt64], sum: Double)]
    ) {
        head(name, .histogram, help)
        for (labels, counts, sum) in series {
            var total: UInt64 = 0
            for (place, count) in counts.enumerated() {
                total += count
                let bound = place < bounds.count ? Self.number(bounds[place]) : "+Inf"
                line(name + "_bucket", labels + [("le", bound)], "\(total)")
            }
            line(name + "_sum", labels, Self.number(sum))
            line(name + "_count", labels, "\(total)")
        }
    }

    private mutating func head(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(Self.escape(help, "\n\\"))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: Labels, _ value: String) {
        let pairs = labels.map { "\($0.name)=\"\(Self.escape($0.value, "\n\\\""))\"" }
        text += name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(value)\n"
    }

    private static func escape(_ text: String, _ special: String) -> String {
        String(text.flatMap { special.contains($0) ? ["\\", $0 == "\n" ? "n" : $0] : [$0] })
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}
