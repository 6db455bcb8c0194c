/// What is measured: a number for each dimension, and for each rate of two of them.
struct Dimension: Hashable, Sendable {
    private let raw: Int32

    private init(_ raw: Int32) { self.raw = raw }

    /// A bare number.
    static let none = Dimension(0)
    static let percent = Dimension(1)
    static let ratio = Dimension(2)
    static let points = Dimension(3)
    static let perplexity = Dimension(4)
    static let data = Dimension(5)
    static let time = Dimension(6)
    static let token = Dimension(7)
    static let parameter = Dimension(8)
    static let gpu = Dimension(9)
    static let count = Dimension(10)
    static let money = Dimension(11)
    static let temperature = Dimension(12)

    private static let named: [String: Dimension] = [
        "percent": .percent, "ratio": .ratio, "points": .points, "perplexity": .perplexity, "data": .data, "time": .time, "token": .token,
        "parameter": .parameter, "gpu": .gpu, "count": .count, "money": .money, "temperature": .temperature,
    ]

    /// The dimension that data calls `name`; `others` numbers those that the code does not speak of.
    static func named(_ name: String, among others: inout [String]) -> Dimension {
        if let known = named[name] { return known }
        let index = others.firstIndex(of: name) ?? others.count
        if index == others.count { others.append(name) }
        return Dimension(Int32(16 + index))
    }

    /// So much of this for each of that.
    func per(_ other: Dimension) -> Dimension { Dimension(raw << 8 | other.raw) }

    var isRate: Bool { raw > 0xFF }
    var isPerTime: Bool { isRate && raw & 0xFF == Dimension.time.raw }
}

/// A unit of measurement as texts write it.
struct MeasureUnit: Sendable {
    let dimension: Dimension
    /// How many of the dimension's own unit it is.
    let factor: Double
    /// Written directly behind digits only: "4x", "30s".
    let isLetter: Bool
    /// A thing that is counted, so that words may stand between it and its number.
    let isCounted: Bool
    let code: String

    /// So much in a time.
    var isSpeed: Bool { dimension.isPerTime }

    /// So much of this for each of that.
    func per(_ other: MeasureUnit) -> MeasureUnit {
        MeasureUnit(
            dimension: dimension.per(other.dimension), factor: factor / other.factor, isLetter: false, isCounted: isCounted,
            code: code + "/" + other.code
        )
    }
}
