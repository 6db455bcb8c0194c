import ExplainerKit

/// The values that a parameter may have, by every name under which they can be asked for: made once, looked up for each request.
///
/// A class, as all that every request passes on is: threads that count references to the same parts wait for each other.
final class Choices<Value: Sendable>: Sendable {
    /// The main name of each value, for saying what would have worked.
    let names: [String]
    /// By every name as it is written, and by its slug.
    private let values: [String: Value]
    /// From every name to the main one.
    private let mainNames: [(name: String, main: String)]

    /// - Parameter options: values with their names, the main one first.
    init(_ options: [(names: [String], value: Value)]) {
        names = options.compactMap(\.names.first)
        mainNames = options.flatMap { option in option.names.map { ($0, option.names[0]) } }
        let written = options.flatMap { option in option.names.map { ($0, option.value) } }
        // As written comes first: "year" and "-year" are the same slug.
        values = Dictionary(written + written.map { (slug($0.0), $0.1) }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of that name; case, blanks, "_" and "-" make no difference.
    subscript(given: String) -> Value? {
        // A minus at the beginning is no separator: "-value" is not "value".
        values[given] ?? (given.hasPrefix("-") ? nil : values[slug(given)])
    }

    /// Main names of the values that have a name which begins with a text, in their order; then of those that hold it elsewhere.
    func starting(with text: String) -> [String] {
        let wanted = slug(text)
        let known = mainNames.map { (name: slug($0.name), main: $0.main) }
        let first = known.filter { $0.name.hasPrefix(wanted) }.map(\.main).uniqued()
        return (first + known.filter { $0.name.contains(wanted) }.map(\.main)).uniqued()
    }

    /// The main name of the value that was most likely meant.
    func suggestion(for given: String) -> String? {
        nearest(to: given, among: mainNames.map(\.name)).flatMap { near in mainNames.first { $0.name == near }?.main }
    }
}

extension Choices where Value: RawRepresentable<String> & CaseIterable {
    /// Every case by its raw value.
    static var cases: Choices { Choices(Value.allCases.map { ([$0.rawValue], $0) }) }
}

extension Choices<String> {
    /// Values that are called by themselves.
    static func named(_ names: [String]) -> Choices { Choices(names.map { ([$0], $0) }) }
}
