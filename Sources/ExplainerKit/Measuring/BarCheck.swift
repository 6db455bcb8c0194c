/// Checks every explainer of a topic against the topic's bars.
struct BarCheck {
    let topic: Topic
    let log: ProblemLog

    func check() {
        for row in ContentReport(topic: topic).rows {
            for miss in row.misses { log.error(row.origin, miss) }
        }
    }
}
