/// Reads a flat YAML file of settings: every key is known, every value is a text or a list of texts.
package enum YAMLSettings {
    /// - Returns: The settings in the order of `names`, lists joined with commas, each with its line; and everything that is wrong.
    package static func read(path: String, text: String, names: [String]) -> (
        settings: [(name: String, value: String, line: Int)], problems: [Problem]
    ) {
        let log = ProblemLog()
        guard !text.split(whereSeparator: \.isNewline).allSatisfy({ $0.trimmed.isEmpty || $0.trimmed.hasPrefix("#") }),
            let entry = YAMLFile(path: path, text: text, log: log).mapping(names)
        else { return ([], log.sorted) }
        let settings = names.compactMap { name in
            entry.has(name) ? (name: name, value: entry.texts(name).joined(separator: ","), line: entry.line(of: name)) : nil
        }
        return (settings, log.sorted)
    }
}
