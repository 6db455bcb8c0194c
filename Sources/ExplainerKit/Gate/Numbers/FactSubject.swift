/// What a fact is about, as a sentence would name it.
struct FactSubject: Sendable {
    var models: [Feature] = []
    /// Whether the fact's statement names its model, so that a sentence has to.
    var namesModel = false
    var hardware: Set<Feature> = []
    /// Whether the statement names it.
    var namesHardware = false
    var methods: Set<Feature> = []
    /// Methods that the statement names.
    var statedMethods: Set<Feature> = []
    var types: Set<Feature> = []
    var tests: Set<Feature> = []
    var engines: Set<Feature> = []
    /// The width that the fact is about.
    var width: Feature?
    var widths: Set<Feature> = []
    var measures: Set<Feature> = []
    /// Lengths of texts, in tokens, at which it was measured.
    var lengths: [Double] = []
    /// Other words of the statement, each with how telling it is.
    var words: [WordID: Double] = [:]
    var totalWeight = 0.0

    /// Whether the fact holds for any model on any machine.
    var isGeneral: Bool { !namesModel }
}
