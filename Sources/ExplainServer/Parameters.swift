import ExplainerKit
import HTTPD

/// The query of a request, read strictly: what is unknown, doubled or empty is an error that says what would have worked.
///
/// Errors are collected, so that one answer names them all; `check` throws them.
struct Parameters {
    private let values: [String: String]
    private(set) var errors: [HTTPProblem.ParameterError] = []

    /// - Parameter names: the names that the resource knows.
    init(_ fields: [Field], names: [String]) {
        var values: [String: String] = [:]
        var errors: [HTTPProblem.ParameterError] = []
        for field in fields where field.name != "_" && !field.name.hasPrefix("utm_") {
            let name = field.name
            let value = field.value
            func fail(_ detail: String, allowed: [String] = [], suggestion: String? = nil) {
                guard errors.count < Self.mostErrors else { return }
                errors.append(
                    .init(
                        parameter: name.shortened, value: value.shortened, detail: detail, allowed: allowed,
                        suggestion: suggestion,
                        isAboutName: !allowed.isEmpty
                    )
                )
            }
            if !names.contains(name) {
                let suggestion = nearest(to: name, among: names)
                let hint = suggestion.map { " Did you mean \($0)?" } ?? ""
                fail("There is no parameter \"\(name.shortened)\" here.\(hint)", allowed: names, suggestion: suggestion)
            } else if values[name] != nil {
                fail("The parameter \(name) is given twice; give it once.")
            } else if value.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
                fail("The parameter \(name) is empty; give it a value or leave it out.")
            } else {
                values[name] = value
            }
        }
        self.values = values
        self.errors = errors
    }

    func check() throws(HTTPProblem) {
        if !errors.isEmpty { throw HTTPProblem(parameters: errors) }
    }

    /// The value as sent; nil when it was not given.
    func text(_ name: String) -> String? { values[name] }

    /// One answer names at most so many errors: it must not be many times as long as what was asked.
    private static let mostErrors = 8

    /// Adds an error; a parameter's first one stands for all of its errors.
    mutating func fail(_ name: String, _ detail: String, allowed: [String] = [], suggestion: String? = nil) {
        guard errors.count < Self.mostErrors, !errors.contains(where: { $0.parameter == name }) else { return }
        errors.append(
            .init(
                parameter: name, value: (values[name] ?? "").shortened, detail: detail, allowed: allowed, suggestion: suggestion)
        )
    }

    /// A text of at most `limit` characters (code points).
    mutating func text(_ name: String, limit: Int) -> String? {
        guard let value = values[name] else { return nil }
        guard value.unicodeScalars.count <= limit else {
            fail(name, "The parameter \(name) is longer than \(limit) characters.")
            return nil
        }
        return value
    }

    /// One of several values, by any of its names.
    mutating func choice<Value>(_ name: String, in choices: Choices<Value>) -> Value? {
        if !errors.isEmpty { complete(name, choices.names) }
        guard let given = values[name] else { return nil }
        if let value = choices[given] { return value }
        let suggestion = choices.suggestion(for: given)
        fail(name, unknown(name, given, suggestion), allowed: choices.names, suggestion: suggestion)
        return nil
    }

    /// A comma list of which each member is one of the known values, by any of its names; nil when it was not given.
    mutating func list(_ name: String, in known: @autoclosure () -> Choices<String>) -> [String]? {
        guard values[name] != nil || !errors.isEmpty else { return nil }
        let choices = known()
        let shown = choices.names.count <= 60 ? choices.names : []
        complete(name, shown)
        guard let given = values[name] else { return nil }
        let parts = given.split(separator: ",", omittingEmptySubsequences: false)
        var members: [String] = []
        var rest = parts[...]
        while !rest.isEmpty {
            // A value may have commas of its own; the longest one that is known counts.
            let longest = (1...min(4, rest.count)).last { choices[rest.prefix($0).joined(separator: ",")] != nil } ?? 1
            members.append(rest.prefix(longest).joined(separator: ","))
            rest = rest.dropFirst(longest)
        }
        return members.compactMap { member in
            if let value = choices[member] { return value }
            let suggestion = choices.suggestion(for: member)
            fail(name, unknown(name, member, suggestion), allowed: shown, suggestion: suggestion)
            return nil
        }
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let given = values[name] else { return nil }
        if let number = Int(given), range.contains(number) { return number }
        fail(name, "\(name) has to be a whole number from \(range.lowerBound) to \(range.upperBound).")
        return nil
    }

    /// Tells an earlier error about this parameter, such as an empty value, what would have been allowed.
    private mutating func complete(_ name: String, _ allowed: [String]) {
        for index in errors.indices where errors[index].parameter == name && errors[index].allowed.isEmpty {
            errors[index].allowed = allowed
        }
    }

    private func unknown(_ name: String, _ value: String, _ suggestion: String?) -> String {
        "\"\(value.shortened)\" is not a known \(name).\(suggestion.map { " Did you mean \($0)?" } ?? "")"
    }
}

extension Parameters {
    /// The given parameters as a query, in the order of `names`; "" when there are none.
    func query(_ names: [String], setting replaced: [String: String?] = [:]) -> String {
        let pairs = names.compactMap { name -> String? in
            let value = replaced[name] ?? text(name)
            return value.map { "\(name)=\(percentEncoded($0))" }
        }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }
}

/// A query value: letters, digits and `-._~,` as they are, everything else as %XX.
func percentEncoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    let hex = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            bytes.append(byte)
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ","): bytes.append(byte)
        default: bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
