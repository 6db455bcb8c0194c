/// Reads what the style gate of a topic needs: the language's words, the topic's rules, and the cues of claims that do not hold.
struct GateReader {
    let files: ConfigFiles
    let log: ProblemLog

    /// What is wrong with the rules goes to the log.
    func gate(for topic: Topic, folder: String) -> Gate {
        let language = "language/\(topic.language)"
        var lexicon = Lexicon(
            commonWords: files.texts["\(language)/common-words.txt"] ?? "", firstNames: files.texts["\(language)/first-names.txt"] ?? ""
        )
        let words = lists("\(language)/grammar.yaml")
        let grammar = Grammar(
            conjunctions: words["conjunctions"] ?? [], abbreviations: words["abbreviations"] ?? [], lexicon: &lexicon
        )
        let paths = files.files(in: "\(folder)/rules", suffix: ".yaml")
        let shared = "\(folder)/rules/words.yaml"
        let structureFile = "\(folder)/rules/structure.yaml"
        let entries = paths.filter { $0 != shared && $0 != structureFile }.compactMap { file($0)?.mapping(RuleReader.keys) }
        // Before the patterns, which know every word that has a number when they are compiled.
        let quantities = quantities(topic, entries, file("\(language)/numbers.yaml"), grammar, &lexicon)
        let inflection = Inflection(irregular: lists("\(language)/irregular-forms.yaml"))
        var reader = RuleReader(log: log, compiler: PatternCompiler(lexicon: lexicon, inflection: inflection), names: names(of: topic))
        reader.define(file(shared)?.lists() ?? [])
        // Every class before the first pattern, so that any rule may use it.
        for entry in entries { reader.define(entry.lists("classes")) }
        for entry in entries { reader.read(entry) }
        reader.addClaims(topic.facts.filter { !$0.status.holds }, to: "refuted-claim")
        let (rules, patterns, complete) = reader.finish()
        let compiler = PatternCompiler(lexicon: complete, inflection: inflection)
        let structureReader = StructureReader(log: log, compiler: compiler, inflection: inflection, names: names(of: topic))
        let required = topic.bars.standard.methods.compactMap { id in topic.methods.first { $0.id == id } }
        let (structure, all) = file(structureFile).map { structureReader.check($0, methods: required) } ?? (StructureCheck(), complete)
        let gate = Gate(
            language: Language(lexicon: all, grammar: grammar), phrases: PhraseCheck(rules: rules, patterns: patterns),
            quantities: quantities, structure: structure
        )
        checkExamples(of: gate)
        return gate
    }

    /// The rule on numbers, if the topic has one: the one with "quantities".
    private func quantities(
        _ topic: Topic, _ rules: [YAMLMapping], _ numbers: YAMLFile?, _ grammar: Grammar, _ lexicon: inout Lexicon
    ) -> QuantityRule? {
        guard let rule = rules.first(where: { $0.has("quantities") }) else { return nil }
        guard let numbers = numbers?.mapping(QuantityWords.keys) else {
            rule.error("quantities", "needs language/\(topic.language)/numbers.yaml: the words that make a quantity")
            return nil
        }
        return QuantityRule(facts: topic.facts, methods: topic.methods, rule: rule, numbers: numbers, grammar: grammar, lexicon: &lexicon)
    }

    /// A rule's own examples have to show what it finds and what it does not.
    private func checkExamples(of gate: Gate) {
        for rule in gate.phraseRules {
            func findings(_ example: String) -> [Finding] { gate.lint(Array(example.utf8)).findings.filter { $0.rule == rule.id } }
            for example in rule.bad where findings(example).isEmpty {
                log.error(rule.origin, "the rule \"\(rule.id)\" finds nothing in its bad example \"\(example)\"")
            }
            for example in rule.good {
                guard let finding = findings(example).first else { continue }
                log.error(rule.origin, "the rule \"\(rule.id)\" has a finding in its good example \"\(example)\": \(finding.message)")
            }
        }
    }

    private func file(_ path: String) -> YAMLFile? {
        files.texts[path].map { YAMLFile(path: path, text: $0, log: log) }
    }

    /// The lists of a file of `name: [texts]`.
    private func lists(_ path: String) -> [String: [String]] {
        Dictionary((file(path)?.lists() ?? []).map { ($0.name, $0.texts.map(\.value)) }, uniquingKeysWith: +)
    }

    /// Names that rules may refer to as classes.
    private func names(of topic: Topic) -> [String: [String]] {
        [
            "method": topic.methods.flatMap { [$0.name] + $0.aliases },
            "model": topic.facts.flatMap(\.conditions.models).uniqued(),
            "hardware": topic.facts.flatMap(\.conditions.hardware).uniqued(),
            "term": topic.terms.flatMap { [$0.name] + $0.aliases },
        ]
    }
}
