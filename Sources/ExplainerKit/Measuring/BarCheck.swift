/// Checks every explainer of a topic against the topic's bars.
struct BarCheck {
    let topic: Topic
    let log: ProblemLog

    func check() {
        // A full piece is the standard one with its evidence: what it misses has been said.
        for row in ContentReport(topic: topic).rows where row.key.length != .full {
            for miss in row.misses { log.error(row.origin, miss) }
        }
    }
}
