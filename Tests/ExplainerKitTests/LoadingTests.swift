import ExplainerKit
import TestSupport
import Testing

/// What is wrong with a configuration, and what a content owner is told.
@Suite struct LoadingTests {
    @Test func `a topic that has nothing to do with the first one needs no line of code`() throws {
        let snapshot = try Snapshot(SmallTopic.files)
        let topic = try #require(snapshot.topic("tea"))
        #expect(topic.explainers.count == 2 * 2 * 3)
        #expect(snapshot.warnings.isEmpty)
        #expect(snapshot.digest.hasPrefix("sha256:") && snapshot.digest.count == 71)
    }

    @Test func `a second topic stands beside the shipped ones`() throws {
        var files = try ShippedConfig.files()
        for (path, text) in SmallTopic.files.texts { files.texts[path] = text }
        let snapshot = try Snapshot(files)
        #expect(snapshot.topics.map(\.id) == ["quantization", "tea"])
    }

    @Test func `an audience is a change of the configuration alone`() throws {
        var files = SmallTopic.files
        files.texts["topics/tea/audiences.yaml"]? += "\n- id: child\n  name: Children\n  needs: A small cup.\n  max_grade: 12\n"
        for (path, text) in SmallTopic.files.texts where path.contains("pieces/guest/") {
            files.texts[path.replacing("/guest/", with: "/child/")] = text.replacing("guest", with: "child")
        }
        let topic = try #require(Snapshot(files).topic("tea"))
        let piece = try #require(topic.explainer(ExplainerKey(audience: "child", trigger: "make-tea", length: .standard)))
        #expect(piece.title == "Tea for the child")
        #expect(topic.explainers.count == 3 * 2 * 3)
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        let what: String
        let files: ConfigFiles
        let file: String
        let line: Int?
        let message: String
        var testDescription: String { what }

        /// - Parameter line: text on the line that the message has to name; nil for none, "" for the first line of what was put in.
        init(_ what: String, in path: String, _ old: String, _ new: String, line text: String?, _ message: String) {
            let files = SmallTopic.files(replacing: old, with: new, in: path)
            let file = "topics/tea/" + path
            let wanted = text.map { $0.isEmpty ? String(new.split(separator: "\n")[0]) : $0 }
            let lines = files.texts[file]?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
            self.what = what
            self.files = files
            self.file = file
            line = wanted.flatMap { wanted in lines.firstIndex { $0.contains(wanted) }.map { $0 + 1 } }
            self.message = message
        }

        init(_ what: String, files: ConfigFiles, at path: String, line: Int? = nil, _ message: String) {
            self.what = what
            self.files = files
            file = "topics/tea/" + path
            self.line = line
            self.message = message
        }
    }

    static let guestPiece = "pieces/guest/make-tea.md"

    @Test(arguments: [
        Broken("a missing file", files: SmallTopic.files(without: "units.yaml"), at: "units.yaml", "the file is missing"),
        Broken("a missing piece", files: SmallTopic.files(without: guestPiece), at: guestPiece, "the piece is missing"),
        Broken("broken YAML", in: "audiences.yaml", "  name: Guests", " name: Guests\n   x", line: "", "not valid YAML"),
        Broken("a key twice", in: "audiences.yaml", "name: Guests", "name: Guests\n  name: Again", line: "name: Guests", "twice"),
        Broken("an unknown key", in: "facts/heat.yaml", "caveat:", "caveta:", line: "", "unknown key \"caveta\"; did you mean \"caveat\"?"),
        Broken("a missing key", in: "facts/heat.yaml", "  theme: heat\n", "", line: "- id: boiling", "\"theme\" is missing"),
        Broken("an unknown fact", in: guestPiece, "{boiling}", "{boilin}", line: "", "unknown fact \"boilin\"; did you mean \"boiling\"?"),
        Broken(
            "a wording that is none", in: guestPiece, "20 degrees too hot", "very hot", line: "", "unknown wording of heat-gap \"very hot\""
        ),
        Broken("a figure typed into prose", in: guestPiece, "{boiling}", "100 °C", line: "", "\"100\" is a quantity typed into prose"),
        Broken(
            "a quantity word in prose", in: guestPiece, "The cup is bitter", "Half the cup is bitter", line: "",
            "\"Half\" is a quantity typed"),
        Broken("a figure in a title", in: guestPiece, "title: Tea", "title: 3 teas", line: "---", "\"3\" is a quantity typed"),
        Broken(
            "a figure in a definition", in: "methods.yaml", "for a while", "for 3 minutes", line: "- id: steeping",
            "\"3\" is a quantity typed"),
        Broken(
            "a refuted fact in prose", in: guestPiece, "{boiling}", "[milk]{myth-milk-first}", line: "", "\"myth-milk-first\" is refuted"),
        Broken(
            "words without their fact", in: guestPiece, "[Green tea wants cooler water]{green-tea-cooler}", "[Green tea]", line: "",
            "needs the fact"),
        Broken("a property used as a figure", in: guestPiece, "{boiling}", "{green-tea-cooler}", line: "", "has no quantity"),
        Broken("sections out of order", in: guestPiece, "## problem", "## idea", line: nil, "they have to be problem, idea"),
        Broken(
            "an unknown role", in: guestPiece, "## problem", "## probelm", line: "", "unknown role \"probelm\"; did you mean \"problem\"?"),
        Broken(
            "an unknown analogy", in: guestPiece, "central_analogy: bath", "central_analogy: bat", line: "---", "did you mean \"bath\"?"),
        Broken(
            "a stray piece", files: SmallTopic.files(adding: "x", as: "pieces/gest/make-tea.md"), at: "pieces/gest/make-tea.md",
            "did you mean topics/tea/pieces/guest/make-tea.md?"),
        Broken(
            "a duplicate fact", in: "facts/taste.yaml", "id: green-tea-cooler", "id: boiling", line: "",
            "duplicate fact \"boiling\"; it already stands at topics/tea/facts/heat.yaml:1"),
        Broken(
            "a lower bound above the value", in: "facts/heat.yaml", "lower: \"75\"", "lower: \"81\"", line: "",
            "lower 81 is greater than value 80"),
        Broken(
            "an upper bound below the value", in: "facts/heat.yaml", "upper: \"85\"", "upper: \"79\"", line: "",
            "upper 79 is less than value 80"),
        Broken(
            "one bound alone", in: "facts/heat.yaml", "      upper: \"85\"\n".replacing("      ", with: "    "), "", line: "lower:",
            "give both or neither"),
        Broken("a value that is no number", in: "facts/heat.yaml", "\"100\"", "\"1e2\"", line: "", "not a decimal number"),
        Broken("an unknown unit", in: "facts/heat.yaml", "unit: celsius", "unit: celsus", line: "", "did you mean \"celsius\"?"),
        Broken("an unknown theme", in: "facts/heat.yaml", "theme: heat", "theme: hot", line: "", "unknown theme \"hot\""),
        Broken(
            "an unknown status", in: "facts/heat.yaml", "status: verified", "status: sure", line: "",
            "valid: verified, derived, refuted, unsupported"),
        Broken("an unknown source", in: "facts/heat.yaml", "id: heat-table", "id: heat-tabel", line: "", "did you mean \"heat-table\"?"),
        Broken(
            "a fact without source", in: "facts/taste.yaml", "  sources:\n    - id: tea-book\n      locator: chapter 3\n", "",
            line: "- id: green-tea-cooler", "needs at least one source"),
        Broken(
            "a source without locator", in: "facts/heat.yaml", "      locator: row 1\n", "", line: "- id: heat-table",
            "\"locator\" is missing"),
        Broken("an unknown method", in: "facts/heat.yaml", "[steeping]", "[seeping]", line: "", "did you mean \"steeping\"?"),
        Broken(
            "a formula with another result", in: "facts/heat.yaml", "100 - 80", "100 - 81", line: "- id: heat-gap",
            "gives 19.0, which does not round to 20"),
        Broken(
            "a formula that forgets a fact", in: "facts/heat.yaml", "formula: 100 - 80", "formula: 120 - 100", line: "- id: heat-gap",
            "does not use 80, the value of green-water"),
        Broken("a formula that is none", in: "facts/heat.yaml", "100 - 80", "100 minus 80", line: "- id: heat-gap", "not plain arithmetic"),
        Broken(
            "a myth without a reason", in: "facts/taste.yaml", "  reason: Nobody could taste it.\n", "", line: "- id: myth-milk-first",
            "needs a \"reason\""),
        Broken(
            "a myth used as what holds", in: "facts/taste.yaml", "instead: [green-tea-cooler]", "instead: [myth-milk-first]",
            line: "- id: myth-milk-first", "only verified and derived"),
        Broken(
            "a change of nothing named", in: "facts/heat.yaml", "    baseline: water for green tea\n", "", line: "kind: change",
            "a change needs a \"baseline\""),
        Broken(
            "a quantity without context", in: "facts/heat.yaml", "    context: water as poured\n", "", line: "  model: [Sencha 2]",
            "needs conditions with a \"context\""),
        Broken(
            "a link that is not https", in: "sources/books.yaml", "https://example.org/heat", "http://example.org/heat", line: "",
            "begin with https://"),
        Broken("a day that is none", in: "facts/heat.yaml", "2025-01-01", "2025-02-30", line: "", "not a day such as"),
        Broken("an id that is none", in: "audiences.yaml", "id: host", "id: The Host", line: "", "cannot be an id"),
        Broken(
            "a piece that is too long", in: "topic.yaml", "max_words: 120", "max_words: 20", line: "title: Tea", "at most 20 are allowed"),
    ])
    func `is refused with file, line and what would have worked`(broken: Broken) throws {
        let errors = try #require(throws: LoadingErrors.self) { try Snapshot(broken.files) }
        let isPieceBar = broken.what.hasPrefix("a piece that")
        let fits = errors.problems.filter { problem in
            problem.severity == .error && (problem.file == broken.file || isPieceBar) && problem.line == broken.line
                && problem.message.contains(broken.message)
        }
        #expect(!fits.isEmpty, "\(errors)")
    }

    @Test func `all errors of a load are reported together, by file and line`() throws {
        var files = SmallTopic.files(replacing: "{boiling}", with: "{boilin}", in: Self.guestPiece)
        files.texts["topics/tea/facts/heat.yaml"]?.replace("theme: heat", with: "theme: hot")
        files.texts["topics/tea/units.yaml"]?.replace("symbol:", with: "sign:")
        let errors = try #require(throws: LoadingErrors.self) { try Snapshot(files) }
        #expect(
            Set(errors.problems.map(\.file)).isSuperset(of: [
                "topics/tea/units.yaml", "topics/tea/facts/heat.yaml", "topics/tea/" + Self.guestPiece,
            ]))
        let places = errors.problems.map { ($0.file, $0.line ?? 0) }
        #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func `a source that nobody uses is a warning, not an error`() throws {
        let files = SmallTopic.files(
            replacing: "- id: heat-table",
            with:
                "- id: spare\n  title: Spare\n  publisher: Spare\n  year: 2000\n  kind: blog\n  url: https://example.org/spare\n- id: heat-table",
            in: "sources/books.yaml"
        )
        let warnings = try Snapshot(files).warnings
        #expect(
            warnings.map(\.description) == [
                "topics/tea/sources/books.yaml:7: warning: nobody uses the source \"spare\"; remove it or refer to it"
            ])
    }

    @Test func `line ends and marks of Windows change nothing`() throws {
        var files = SmallTopic.files
        for (path, text) in files.texts { files.texts[path] = text.replacing("\n", with: "\r\n") }
        let windows = try #require(Snapshot(files).topic("tea"))
        let unix = try #require(Snapshot(SmallTopic.files).topic("tea"))
        #expect(windows.explainers.map { TextRenderer().render($0) } == unix.explainers.map { TextRenderer().render($0) })
    }

    @Test func `a missing file of units does not drown in what follows from it`() throws {
        let errors = try #require(throws: LoadingErrors.self) { try Snapshot(SmallTopic.files(without: "units.yaml")) }
        #expect(errors.problems.first?.message.hasPrefix("the file is missing") == true)
        #expect(!errors.description.contains("unknown"), "\(errors)")
    }

    @Test func `facts that are derived in a circle are refused`() throws {
        let files = SmallTopic.files(
            replacing: "derived_from: [boiling, green-water]", with: "derived_from: [heat-gap]", in: "facts/heat.yaml")
        let errors = try #require(throws: LoadingErrors.self) { try Snapshot(files) }
        #expect(errors.description.contains("heat-gap is derived from itself"))
    }

    @Test func `the same files have the same digest, other files another`() throws {
        #expect(SmallTopic.files.digest == SmallTopic.files.digest)
        #expect(SmallTopic.files.digest != SmallTopic.files(replacing: "Kettle", with: "Pot", in: "sources/books.yaml").digest)
    }

    @Test func `a folder that is not there is named`() throws {
        let errors = try #require(throws: LoadingErrors.self) { try ConfigFiles(folder: "/nowhere/config") }
        #expect(errors.description.contains("/nowhere/config: error: no such folder"))
    }
}
