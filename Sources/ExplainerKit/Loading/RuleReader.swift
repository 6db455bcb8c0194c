/// Reads the rules of a topic, and compiles their patterns.
struct RuleReader {
    let log: ProblemLog
    private let compiler: PatternCompiler
    private(set) var rules: [PhraseRule] = []
    /// The rule whose patterns are being compiled.
    private var current = PatternSet.RuleSet.all

    static let keys = [
        "id", "severity", "title", "rationale", "message", "help", "bad", "good", "classes", "cues", "exceptions", "unless", "explained_by",
        "explained_behind", "corrected_before", "corrected_behind", "reported_by", "contested_behind", "known_to", "quantities",
    ]
    static let cueKeys = ["find", "with", "unless", "message", "help", "replacement"]

    /// - Parameter names: phrases by class, such as the methods of the topic
    init(log: ProblemLog, compiler: PatternCompiler, names: [String: [String]]) {
        self.log = log
        self.compiler = compiler
        for (name, phrases) in names {
            _ = self.compiler.define(name, as: phrases.compactMap { try? PatternSyntax(literally: $0) })
        }
    }

    /// Defines classes of words and phrases.
    mutating func define(_ lists: [NamedList]) {
        for list in lists {
            if !compiler.define(list.name, as: list.texts.compactMap { syntax($0, list.origin.file) }) {
                log.error(list.origin, "the class <\(list.name)> stands there twice")
            }
        }
    }

    /// A rule's file; its cues are compiled.
    mutating func read(_ entry: YAMLMapping) {
        guard rules.count < PatternSet.RuleSet.limit else {
            return entry.error("id", "a topic can have at most \(PatternSet.RuleSet.limit) rules")
        }
        current = PatternSet.RuleSet(rule: rules.count)
        let rule = Rule(entry)
        var known: [String: PatternIDSet] = [:]
        for allowance in entry.mappings("known_to", ["audience", "words"]) {
            known[allowance.text("audience")] = patterns(allowance, "words")
        }
        rules.append(
            PhraseRule(
                rule: rule, cues: entry.mappings("cues", Self.cueKeys).map { cue($0) },
                exceptions: patterns(entry, "exceptions"), unless: patterns(entry, "unless"),
                explanations: patterns(entry, "explained_by"), explanationsBehind: patterns(entry, "explained_behind"),
                corrections: PhraseRule.Corrections(
                    before: patterns(entry, "corrected_before", for: .finding), behind: patterns(entry, "corrected_behind"),
                    reports: patterns(entry, "reported_by"), behindReports: patterns(entry, "contested_behind")
                ),
                known: known
            )
        )
    }

    /// Adds to a rule the cues of what the catalogue holds as refuted or unsupported.
    mutating func addClaims(_ claims: [Fact], to id: String) {
        guard let index = rules.firstIndex(where: { $0.rule.id == id }) else { return }
        current = PatternSet.RuleSet(rule: index)
        let rule = rules[index]
        let cues = claims.filter { !$0.cues.isEmpty }.map { claim in
            PhraseRule.Cue(
                find: find(claim.cues.compactMap { parts($0, claim.origin) }), with: PatternIDSet(), unless: PatternIDSet(),
                message: claim.reason, help: nil,
                replacement: nil, fact: claim.id
            )
        }
        rules[index] = PhraseRule(
            rule: rule.rule, cues: rule.cues + cues, exceptions: rule.exceptions, unless: rule.unless, explanations: rule.explanations,
            explanationsBehind: rule.explanationsBehind, corrections: rule.corrections, known: rule.known
        )
    }

    consuming func finish() -> (rules: [PhraseRule], patterns: PatternSet, lexicon: Lexicon) {
        let (patterns, lexicon) = compiler.finish()
        return (rules, patterns, lexicon)
    }

    // MARK: Patterns

    private func cue(_ entry: YAMLMapping) -> PhraseRule.Cue {
        let find = find(entry.locatedTexts("find").compactMap { parts($0.value, Origin(file: entry.origin.file, line: $0.line)) })
        if find.isEmpty { entry.error("find", "a cue needs \"find\": the patterns that it looks for") }
        return PhraseRule.Cue(
            find: find, with: patterns(entry, "with"), unless: patterns(entry, "unless"), message: entry.optionalText("message"),
            help: entry.optionalText("help"), replacement: entry.optionalText("replacement"), fact: nil
        )
    }

    private func find(_ parts: [[PatternID]]) -> [PatternID: [PhraseRule.Parts]] {
        Dictionary(parts.map { ($0[0], [Array($0.dropFirst())]) }, uniquingKeysWith: +)
    }

    /// The patterns of "this & that".
    private func parts(_ text: String, _ origin: Origin) -> [PatternID]? {
        var parts: [PatternID] = []
        for part in text.split(separator: " & ") {
            guard let pattern = pattern(String(part), origin, for: parts.isEmpty ? .finding : .judging) else { return nil }
            parts.append(pattern)
        }
        return parts.isEmpty ? nil : parts
    }

    private func patterns(_ entry: YAMLMapping, _ key: String, for purpose: PatternSet.Purpose = .judging) -> PatternIDSet {
        PatternIDSet(entry.locatedTexts(key).compactMap { pattern($0.value, Origin(file: entry.origin.file, line: $0.line), for: purpose) })
    }

    private func pattern(_ text: String, _ origin: Origin, for purpose: PatternSet.Purpose) -> PatternID? {
        do throws(PatternError) {
            return try compiler.add(try PatternSyntax(text), for: purpose, of: current)
        } catch {
            log.error(origin, "\"\(text)\" is no pattern: \(error.message)")
            return nil
        }
    }

    private func syntax(_ text: Located<String>, _ file: String) -> PatternSyntax? {
        do throws(PatternError) {
            return try PatternSyntax(text.value)
        } catch {
            log.error(file, text.line, "\"\(text.value)\" is no pattern: \(error.message)")
            return nil
        }
    }
}

extension Rule {
    init(_ entry: YAMLMapping) {
        self.init(
            id: entry.text("id"), severity: entry.choice("severity", Finding.Severity.self) ?? .error, title: entry.text("title"),
            rationale: entry.text("rationale"), message: entry.text("message"), help: entry.text("help"),
            bad: entry.texts("bad"), good: entry.texts("good"), origin: entry.origin
        )
    }
}
