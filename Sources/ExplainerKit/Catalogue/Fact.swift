/// One statement with a quantity or a documented property, its conditions, its sources and its status.
package struct Fact: Sendable, Equatable {
    package let id: String
    package let statement: String
    /// Id of a theme of the topic.
    package let theme: String
    package let status: Status
    /// Absent for a documented property without a figure.
    package let quantity: Quantity?
    package let conditions: Conditions
    /// Of the measurement or the publication.
    package let year: Int
    /// nil where there is nothing to know: a refuted or unsupported claim.
    package let basis: Basis?
    /// Plain arithmetic on the values of `derivedFrom`; only for derived facts.
    package let formula: String?
    package let derivedFrom: [String]
    package let sources: [SourceReference]
    /// What a careful engineer would add.
    package let caveat: String?
    /// Why a refuted or unsupported claim does not hold.
    package let reason: String?
    /// Facts that hold in place of a refuted or unsupported one.
    package let instead: [String]
    /// Short phrases with which people assert a refuted or unsupported claim.
    package let cues: [String]
    /// Day of the entry's last change, as `yyyy-mm-dd`.
    package let updated: String
    package let origin: Origin

    package enum Status: String, Sendable, CaseIterable {
        /// The source was opened and the value read there.
        case verified
        /// Computed from other facts; the formula is stated.
        case derived
        case refuted
        case unsupported

        /// Only these two may be used in an explainer.
        package var holds: Bool { self == .verified || self == .derived }
    }

    /// How the source came to know it.
    package enum Basis: String, Sendable, CaseIterable {
        case measured, reported, documented, computed
    }
}

/// A figure with its unit, what kind of figure it is, and the wordings that count as it.
package struct Quantity: Sendable, Equatable {
    /// Exactly the source's digits.
    package let value: Decimal
    /// Bounds, both or neither: `lower ≤ value ≤ upper`.
    package let lower: Decimal?
    package let upper: Decimal?
    package let unit: Unit
    package let kind: Kind
    /// What it is compared with, in words.
    package let baseline: String?
    /// Wordings and roundings that count as this quantity; the first is the default in prose.
    package let display: [String]

    package enum Kind: String, Sendable, CaseIterable {
        case amount, reduction, increase, change, speedup, ratio, share, rate, count

        /// Whether the figure says nothing without what it is compared with.
        package var isComparison: Bool {
            switch self {
            case .reduction, .increase, .change, .speedup, .ratio, .share: true
            case .amount, .rate, .count: false
            }
        }
    }
}

/// A unit as facts name it. GB and GiB are different units.
package struct Unit: Sendable, Equatable {
    package let code: String
    package let symbol: String
    package let label: String
}

/// Under which circumstances a fact holds. Empty lists mean that the source names none.
package struct Conditions: Sendable, Equatable {
    /// Ids of methods.
    package let methods: [String]
    package let models: [String]
    package let hardware: [String]
    package let bits: Decimal?
    /// What is counted, and how.
    package let context: String?
}

/// A place inside a source.
package struct SourceReference: Sendable, Equatable, Hashable {
    package let id: String
    package let locator: String
}

/// Where under `config/` an entry stands.
package struct Origin: Sendable, Equatable {
    package let file: String
    package let line: Int
}
