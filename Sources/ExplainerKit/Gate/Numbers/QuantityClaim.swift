/// A quantity that a sentence claims.
struct QuantityClaim: Sendable {
    /// In the tokens of the text.
    var tokens: Range<Int>
    /// In the dimension's own unit.
    var value: Double
    /// Half of the last digit that is written.
    var slack: Double
    var dimension: Dimension
    var form = Form.unknown
    var exactness = Exactness.exact
    /// For a change: up, down, or not said.
    var sign = 0
    /// Whether the amount is a change of something; nil where the sentence does not say.
    var isChange: Bool?
    /// What is compared is a time, so that less of it is more speed.
    var isDuration = false
    /// Told for each weight.
    var isForEachWeight = false
    /// The other end of a range.
    var partner: Int?
    /// Written as a word such as "half" or "twice".
    var isWord = false

    /// How a share or a multiple compares.
    enum Form: Sendable {
        case unknown
        /// So much less, or so many times less.
        case less
        case more
        /// So much of it, or so many times as much.
        case share
    }

    enum Exactness: Sendable { case exact, about, nearly, over, under }

    var isComparison: Bool { dimension == .percent || dimension == .ratio }

    /// What the comparison makes of the thing that it compares, as a multiple; each with the half of its last digit.
    var multiples: [(value: Double, slack: Double)] {
        var found: [(value: Double, slack: Double)] = []
        if dimension == .percent {
            if form == .share || form == .unknown { found.append((value, slack)) }
            if form == .less || form == .unknown { found.append((1 - value, slack)) }
            if form == .more || form == .unknown { found.append((1 + value, slack)) }
        } else {
            if form != .less { found.append((value, slack)) }
            if form == .less || form == .unknown, value > 0 { found.append((1 / value, slack / (value * value))) }
        }
        guard isDuration else { return found }
        return found.compactMap { $0.value > 0 ? (1 / $0.value, $0.slack / ($0.value * $0.value)) : nil }
    }
}
