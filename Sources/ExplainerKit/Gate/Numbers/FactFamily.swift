/// Facts that the sentences before rest on, with what they were computed from and where they were read: the next figure is likely to be one of theirs.
struct FactFamily: Sendable {
    /// Numbers of facts and of sources, as `QuantityCatalogue` gives them.
    private var members: [Int32] = []

    var isEmpty: Bool { members.isEmpty }

    mutating func add(_ kin: [Int32]) { members += kin }

    func contains(_ member: Int32) -> Bool { members.contains(member) }
}
