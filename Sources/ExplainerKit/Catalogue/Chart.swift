/// The amounts of some facts, to be looked at: panels of bars, each of which measures one thing.
package struct Chart: Sendable, Equatable {
    package let id: String
    package let title: String
    /// What there is to see.
    package let summary: String
    package let panels: [Panel]
    package let origin: Origin

    /// Bars of one unit and one context.
    package struct Panel: Sendable, Equatable {
        package let title: String
        /// Facts that hold, each an amount for one model and one bit width.
        package let facts: [Fact]

        /// What its facts count, in their own words.
        package var context: String { facts.first?.conditions.context ?? "" }

        /// The facts by model, in the order in which models first come.
        package var models: [(name: String, facts: [Fact])] {
            facts.compactMap(\.conditions.models.first).uniqued().map { name in
                (name, facts.filter { $0.conditions.models.first == name })
            }
        }
    }

    /// Every fact that is shown.
    package var facts: [Fact] { panels.flatMap(\.facts) }
}

extension Fact {
    /// What tells a bar from its neighbours: "4-bit AWQ".
    package func barLabel(in topic: Topic) -> String {
        let names = conditions.methods.map { id in topic.methods.first { $0.id == id }?.name ?? id }
        return ((conditions.bits.map { ["\($0.text)-bit"] } ?? []) + names.prefix(1)).joined(separator: " ")
    }
}
