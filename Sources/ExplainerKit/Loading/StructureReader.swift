/// Reads the rules about a whole piece, and compiles what they look for.
struct StructureReader {
    let log: ProblemLog
    private let inflection: Inflection
    private let compiler: PatternCompiler
    private var meanings: [PatternID: [StructureMeaning]] = [:]

    /// - Parameters:
    ///   - compiler: numbers on from the words of the other rules
    ///   - names: phrases by class, such as the methods of the topic
    init(log: ProblemLog, compiler: PatternCompiler, inflection: Inflection, names: [String: [String]]) {
        self.log = log
        self.inflection = inflection
        self.compiler = compiler
        for (name, phrases) in names {
            _ = self.compiler.define(name, as: phrases.compactMap { try? PatternSyntax(literally: $0) })
        }
    }

    /// - Returns: the check, and the lexicon with the words that it asks for
    consuming func check(_ file: YAMLFile, methods required: [Method]) -> (StructureCheck, Lexicon) {
        guard let entry = file.mapping(["limits", "classes", "cues", "things", "enablers", "rules"]) else {
            return (StructureCheck(), compiler.lexicon)
        }
        for list in entry.lists("classes") where !compiler.define(list.name, as: list.texts.compactMap { syntax($0, list.origin) }) {
            log.error(list.origin, "the class <\(list.name)> stands there twice")
        }
        readCues(entry)
        for (domain, list) in entry.lists("things").enumerated() {
            for (index, text) in list.texts.enumerated() {
                if let pattern = thing(text, list.origin) {
                    meanings[pattern, default: []].append(.thing(Thing(domain: domain, index: index)))
                }
            }
        }
        for (index, method) in required.enumerated() {
            for name in [method.name, method.longName].compactMap(\.self) + method.aliases {
                if let syntax = try? PatternSyntax(name.lowercased()), let pattern = try? compiler.add(syntax) {
                    meanings[pattern, default: []].append(.method(index))
                }
            }
        }
        let (rules, messages) = rules(entry)
        let limits = limits(entry)
        let enablers = Dictionary(
            entry.lists("enablers").compactMap { list in StructureCue(rawValue: list.name).map { ($0, list.texts.first?.value ?? "") } },
            uniquingKeysWith: { first, _ in first }
        )
        let (set, lexicon) = compiler.finish()
        let patterns = StructurePatterns(
            set: set, meanings: meanings, methodNames: required.map(\.name), enablerNames: enablers
        )
        return (StructureCheck(rules: rules, messages: messages, patterns: patterns, limits: limits), lexicon)
    }

    private mutating func readCues(_ entry: YAMLMapping) {
        let lists = entry.lists("cues")
        for list in lists {
            guard let cue = StructureCue(rawValue: list.name) else {
                log.error(list.origin, unknown("cue", list.name, among: StructureCue.allCases.map(\.rawValue)))
                continue
            }
            for text in list.texts {
                if let pattern = pattern(text, list.origin) { meanings[pattern, default: []].append(.cue(cue)) }
            }
        }
        let names = Set(lists.map(\.name))
        for cue in StructureCue.allCases where !names.contains(cue.rawValue) {
            entry.error("cues", "the patterns of \"\(cue.rawValue)\" are missing")
        }
    }

    private func rules(_ entry: YAMLMapping) -> ([Rule], [StructureFault: StructureMessage]) {
        var rules: [Rule] = []
        var messages: [StructureFault: StructureMessage] = [:]
        for item in entry.mappings("rules", ["id", "severity", "title", "rationale", "message", "help", "bad", "good", "faults"]) {
            for fault in item.mappings("faults", ["fault", "message", "help"]) {
                guard let key = fault.choice("fault", StructureFault.self) else { continue }
                messages[key] = StructureMessage(rule: rules.count, message: fault.text("message"), help: fault.text("help"))
            }
            rules.append(Rule(item))
        }
        for fault in StructureFault.allCases where messages[fault] == nil {
            entry.error("rules", "no rule says what to report for \"\(fault.rawValue)\"")
        }
        return (rules, messages)
    }

    private func limits(_ entry: YAMLMapping) -> StructureLimits {
        var limits = StructureLimits()
        guard let numbers = entry.mapping("limits", StructureLimits.names.map(\.name)) else {
            entry.error("limits", "\"limits\" is missing")
            return limits
        }
        for (name, path) in StructureLimits.names {
            if let number = numbers.integer(name) { limits[keyPath: path] = number } else { numbers.error(name, "\"\(name)\" is missing") }
        }
        return limits
    }

    /// The pattern of a thing; a noun has a plural but is no verb.
    private mutating func thing(_ text: Located<String>, _ origin: Origin) -> PatternID? {
        guard text.value.allSatisfy(\.isLetter) else { return pattern(text, origin) }
        let forms = inflection.forms(of: text.value).filter { $0 == text.value || !$0.hasSuffix("ed") && !$0.hasSuffix("ing") }
        return try? compiler.add(.choice(forms.map { .exactWord($0) }))
    }

    private mutating func pattern(_ text: Located<String>, _ origin: Origin) -> PatternID? {
        do throws(PatternError) {
            return try compiler.add(try PatternSyntax(text.value))
        } catch {
            log.error(origin.file, text.line, "\"\(text.value)\" is no pattern: \(error.message)")
            return nil
        }
    }

    private func syntax(_ text: Located<String>, _ origin: Origin) -> PatternSyntax? {
        do throws(PatternError) {
            return try PatternSyntax(text.value)
        } catch {
            log.error(origin.file, text.line, "\"\(text.value)\" is no pattern: \(error.message)")
            return nil
        }
    }
}
