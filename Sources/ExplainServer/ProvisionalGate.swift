import ExplainerKit

// Stands in for the gate that a topic will carry; this file goes when it does.
extension Topic {
    var gate: Gate { provisionalGate }
}

private let provisionalGate = Gate(rules: [])
