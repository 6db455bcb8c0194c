extension Pages {
    /// Every limit in force as a table.
    func limits(_ limits: [Limit]) -> String {
        let frame = Frame(
            topic: defaultTopic, title: "Limits", address: "/limits", alternates: [(.json, "/limits.json"), (.text, "/limits.txt")])
        return render(
            "limits", frame,
            [
                "limits": limits.map { limit -> Values in
                    [
                        "name": limit.name, "amount": limit.amount, "meaning": limit.meaning,
                        "beyond": limit.status.map { HTTPProblem($0, "") }.map { "\($0.status) \($0.title)" } ?? "",
                    ]
                }
            ])
    }
}
