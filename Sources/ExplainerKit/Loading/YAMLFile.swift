import Yams

/// Reads YAML strictly: what is not asked for is an error, with its line and what is allowed there.
///
/// Scalars are read as the text that stands in the file, because YAML's own guesses turn `yes` into true and `1.10` into 1.1.
struct YAMLFile {
    let path: String
    let log: ProblemLog
    private let root: Node?

    /// Parses `text`; a syntax error is logged and leaves the file empty.
    init(path: String, text: String, log: ProblemLog) {
        self.path = path
        self.log = log
        do {
            root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
            if root == nil { log.error(path, nil, "the file is empty") }
        } catch {
            root = nil
            let syntax = SyntaxError(error)
            log.error(path, syntax.line, "not valid YAML: \(syntax.explanation)")
        }
    }

    /// The file as one mapping, or nil with an error.
    func mapping(_ allowed: [String]) -> YAMLMapping? {
        root.flatMap { YAMLMapping($0, path: path, log: log, allowed: allowed) }
    }

    /// The file as a list of mappings.
    func mappings(_ allowed: [String]) -> [YAMLMapping] {
        guard let root else { return [] }
        guard case .sequence(let items) = root else {
            log.error(path, root.mark?.line, "expected a list of entries that begin with \"- \(allowed.first ?? "id"):\"")
            return []
        }
        return items.compactMap { YAMLMapping($0, path: path, log: log, allowed: allowed) }
    }

    /// The file as `name: [texts]`.
    func lists() -> [NamedList] { root?.lists(path: path, log: log) ?? [] }
}

/// A list of texts under a name.
struct NamedList {
    let name: String
    let texts: [Located<String>]
    let origin: Origin
}

/// A value with the line on which it stands.
struct Located<Value> {
    let value: Value
    let line: Int
}

extension Located: Sendable where Value: Sendable {}

/// One YAML mapping whose keys are all known.
struct YAMLMapping {
    let origin: Origin
    private let fields: [String: Node]
    private let log: ProblemLog

    init?(_ node: Node, path: String, log: ProblemLog, allowed: [String]) {
        origin = Origin(file: path, line: node.mark?.line ?? 1)
        self.log = log
        guard case .mapping(let mapping) = node else {
            log.error(origin, "expected \"key: value\" lines with the keys \(allowed.joined(separator: ", "))")
            return nil
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard allowed.contains(name) else {
                log.error(path, key.mark?.line, unknown("key", name, among: allowed))
                continue
            }
            if !value.isAbsent { fields[name] = value }
        }
        self.fields = fields
    }

    func line(of key: String) -> Int { fields[key]?.mark?.line ?? origin.line }

    func error(_ key: String, _ message: String) { log.error(origin.file, line(of: key), message) }

    func has(_ key: String) -> Bool { fields[key] != nil }

    /// A text that has to be there; "" after logging that it is not.
    func text(_ key: String) -> String {
        if let text = optionalText(key) { return text }
        if !has(key) { error(key, "\"\(key)\" is missing") }
        return ""
    }

    func optionalText(_ key: String) -> String? {
        guard let node = fields[key] else { return nil }
        guard let text = node.scalar?.string.trimmed, !text.isEmpty else {
            error(key, "\"\(key)\" has to be a text")
            return nil
        }
        return text
    }

    /// An id: a lower-case slug.
    func identifier(_ key: String = "id") -> String {
        let id = text(key)
        if !id.isEmpty, !isIdentifier(id) {
            error(key, "\"\(id)\" cannot be an id; use lower-case letters, digits, \"-\" and \".\", as in \"\(slug(id))\"")
        }
        return id
    }

    func integer(_ key: String) -> Int? {
        parsed(key, as: "a whole number") { Int($0) }
    }

    func decimal(_ key: String) -> Decimal? {
        parsed(key, as: "a decimal number without separators, such as 4.25") { Decimal($0) }
    }

    func flag(_ key: String) -> Bool {
        parsed(key, as: "true or false") { ["true": true, "false": false][$0] } ?? false
    }

    /// A calendar day as `yyyy-mm-dd`; "" after logging that it is none.
    func day(_ key: String) -> String {
        if !has(key) { error(key, "\"\(key)\" is missing") }
        return parsed(key, as: "a day such as 2026-11-23") { isDay($0) ? $0 : nil } ?? ""
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String, _: Choice.Type) -> Choice? {
        guard let text = optionalText(key) else {
            if !has(key) { error(key, "\"\(key)\" is missing") }
            return nil
        }
        if let choice = Choice(rawValue: text) { return choice }
        error(key, unknown(key, text, among: Choice.allCases.map(\.rawValue)))
        return nil
    }

    /// A list of texts; a single text counts as a list of one.
    func texts(_ key: String) -> [String] { locatedTexts(key).map(\.value) }

    func locatedTexts(_ key: String) -> [Located<String>] {
        guard let node = fields[key] else { return [] }
        let nodes: [Node] = if case .sequence(let items) = node { Array(items) } else { [node] }
        return nodes.compactMap { item in
            guard let text = item.scalar?.string.trimmed, !text.isEmpty else {
                log.error(origin.file, item.mark?.line, "\"\(key)\" has to be a list of texts")
                return nil
            }
            return Located(value: text, line: item.mark?.line ?? origin.line)
        }
    }

    func mapping(_ key: String, _ allowed: [String]) -> YAMLMapping? {
        fields[key].flatMap { YAMLMapping($0, path: origin.file, log: log, allowed: allowed) }
    }

    func mappings(_ key: String, _ allowed: [String]) -> [YAMLMapping] {
        guard let node = fields[key] else { return [] }
        guard case .sequence(let items) = node else {
            error(key, "\"\(key)\" has to be a list of entries with the keys \(allowed.joined(separator: ", "))")
            return []
        }
        return items.compactMap { YAMLMapping($0, path: origin.file, log: log, allowed: allowed) }
    }

    /// A mapping of the form `name: [texts]`.
    func lists(_ key: String) -> [NamedList] { fields[key]?.lists(path: origin.file, log: log) ?? [] }

    private func parsed<Value>(_ key: String, as expected: String, _ parse: (String) -> Value?) -> Value? {
        guard let text = optionalText(key) else { return nil }
        if let value = parse(text) { return value }
        error(key, "\"\(text)\" is not \(expected)")
        return nil
    }
}

extension Node {
    fileprivate func lists(path: String, log: ProblemLog) -> [NamedList] {
        guard case .mapping(let mapping) = self else {
            log.error(path, mark?.line, "expected \"name: [text, ...]\" lines")
            return []
        }
        return mapping.map { key, value in
            let items: [Node] = if case .sequence(let items) = value { Array(items) } else { [value] }
            let texts = items.map { Located(value: $0.scalar?.string.trimmed ?? "", line: $0.mark?.line ?? 1) }
            return NamedList(name: key.scalar?.string ?? "", texts: texts, origin: Origin(file: path, line: key.mark?.line ?? 1))
        }
    }

    /// `key:` without a value, `~` or `null`.
    fileprivate var isAbsent: Bool {
        guard let scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }
}

/// What the parser could not read, and where.
private struct SyntaxError {
    var line: Int?
    var explanation: String

    init(_ error: any Error) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            line = mark.line
            explanation = [context?.text, problem].compactMap(\.self).joined(separator: " ")
        case .duplicatedKeysInMapping(let keys, let context):
            line = context.mark.line
            explanation = "the key \"\(keys.first ?? "")\" stands there twice"
        default: explanation = "\(error)"
        }
    }
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}

/// Whether `text` is a day of the calendar as `yyyy-mm-dd`.
private func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }), let year = Int(parts[0]),
        let month = Int(parts[1]), let day = Int(parts[2])
    else {
        return false
    }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(month) && (1...days[month - 1]).contains(day)
}
