/// Measures, one bit each: weights, memory, speed.
struct MeasureSet: OptionSet, Sendable {
    let rawValue: UInt64

    /// How many a topic can have.
    static let limit = 63

    init(rawValue: UInt64) { self.rawValue = rawValue }

    /// - Parameter features: others than measures do not count
    init(_ features: some Sequence<Feature>) {
        rawValue = features.reduce(0) { $1.kind == .measure ? $0 | 1 << UInt64($1.id) : $0 }
    }

    var ids: [Int32] { (0..<64).filter { rawValue & 1 << UInt64($0) != 0 } }
}
