import ExplainerKit

/// One parameter as programs are told about it: the one table that OpenAPI and MCP tools read.
struct ParameterDescription: Sendable {
    let name: String
    /// Patterns of the resources where the name means this; empty where it means the same everywhere.
    let resources: [String]
    /// What it is and what leaving it out does, in at most 300 characters.
    let summary: String
    let values: Values
    /// What counts when it is left out; nil where nothing does, or where it depends on the topic.
    let standard: String?
    /// A value that works; nil where the first of the known values is as good as any.
    let example: String?
    let isRequired: Bool

    init(
        _ name: String, at resources: [String] = [], _ values: Values, standard: String? = nil, example: String? = nil,
        isRequired: Bool = false, _ summary: String
    ) {
        self.name = name
        self.resources = resources
        self.summary = summary
        self.values = values
        self.standard = standard
        self.example = example
        self.isRequired = isRequired
    }

    /// What may be given.
    enum Values: Sendable {
        /// One of these.
        case one(Known)
        /// Some of these; a query has commas between them.
        case some(Known)
        /// Any text that is not blank, of at most so many characters.
        case text(atMost: Int)
        /// A text that holds at least one word.
        case words(atMost: Int)
        /// Any text, also an empty one.
        case anything
        /// An id, as the catalogue writes it.
        case identifier
        case number(ClosedRange<Int>)
    }

    /// Values that are known beforehand, most useful first.
    typealias Known = @Sendable (Site, Topic) -> [String]

    /// The parameter that a name stands for at a resource.
    ///
    /// - Parameter resource: a route's pattern, such as "/facts/:id", or "body" for a member of what is sent to `/lint`.
    static func named(_ name: String, at resource: String = "") -> ParameterDescription? {
        all.first { $0.name == name && $0.resources.contains(resource) } ?? all.first { $0.name == name && $0.resources.isEmpty }
    }

    /// The values that work for a topic of the site; empty where any text or number does.
    func known(in site: Site, _ topic: Topic) -> [String] {
        switch values {
        case .one(let known), .some(let known): known(site, topic)
        case .text, .words, .anything, .identifier, .number: []
        }
    }

    /// A value that works for a topic.
    func example(in site: Site, _ topic: Topic) -> String? { example ?? known(in: site, topic).first }

    /// JSON Schema (2020-12) of the value, without its description.
    func schema(in site: Site, _ topic: Topic) -> JSON {
        var members: [(String, JSON)]
        switch values {
        case .one(let known):
            members = [("type", .string("string")), ("enum", .strings(known(site, topic)))]
            if let standard { members.append(("default", .string(standard))) }
        case .some(let known):
            let item = JSON.object([("type", .string("string")), ("enum", .strings(known(site, topic)))])
            members = [("type", .string("array")), ("items", item), ("minItems", .integer(1))]
            if let standard { members.append(("default", .strings(standard.split(separator: ",").map(String.init)))) }
        case .text(let limit): members = Self.text(atMost: limit, pattern: "^[^\(controls)]*[^\(controls)\\s][^\(controls)]*$")
        case .words(let limit): members = Self.text(atMost: limit, pattern: "^[^\(controls)]*[^\(controls)\\W_][^\(controls)]*$")
        case .anything: members = [("type", .string("string"))]
        case .identifier:
            members = [("type", .string("string")), ("pattern", .string("^[a-z0-9][a-z0-9.-]*$"))]
        case .number(let range):
            members = [
                ("type", .string("integer")), ("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound)),
            ]
            if let standard { members.append(("default", .digits(standard))) }
        }
        return .object(members)
    }
}

/// What no query may hold, within a class of a regular expression.
private let controls = #"\x00-\x08\x0B\x0C\x0E-\x1F\x7F"#

extension ParameterDescription {
    /// Any text that can stand in an address.
    static let printable = "^[^\(controls)]*$"

    private static func text(atMost limit: Int, pattern: String) -> [(String, JSON)] {
        [
            ("type", .string("string")), ("minLength", .integer(1)), ("maxLength", .integer(limit)),
            ("pattern", .string(pattern)),
        ]
    }

    /// Every parameter, of the query, of paths (`id`) and of bodies (`text`).
    static let all: [ParameterDescription] =
        [
            ParameterDescription(
                "audience", .one { $1.audiences.map(\.id) },
                "Who reads. Names and aliases such as \"students\" or \"pm\" count, too. Left out: the first one."
            ),
            ParameterDescription(
                "trigger", .one { $1.triggers.map(\.id) + $1.triggers.flatMap { [$0.phrase] + $0.phrases }.uniqued() },
                """
                What was asked for; it decides the shape of the piece. An id or a phrase; a free sentence, too, is matched by its words. \
                Left out: the first one.
                """
            ),
            ParameterDescription(
                "length", .one { _, _ in Length.allCases.map(\.rawValue) }, standard: "standard",
                "brief for chat (at most 120 words), standard (300 to 700 words), or full (standard with its evidence table)."
            ),
            ParameterDescription(
                "topic", .one { site, _ in site.snapshot.topics.map(\.id) },
                "The topic, by its id. Left out: the service's default topic; /topics lists them."
            ),
            ParameterDescription(
                "heading", .number(1...4), standard: "1", "Level of the title; goes with the formats markdown and fragment."),
            ParameterDescription(
                "q", at: ["/match"], .text(atMost: 500), example: "explain quantization to students", isRequired: true, "A free sentence."),
            ParameterDescription(
                "q", .words(atMost: 200), example: "memory", "Words that the statement has to hold, each from its beginning."),
        ]
        + FactQuery.Filter.allCases.map { filter in
            ParameterDescription(
                filter.rawValue, .some { filter.knownValues(in: $1) }, standard: filter == .status ? "verified,derived" : nil,
                summary(of: filter))
        } + [
            ParameterDescription(
                "sort", .one { _, _ in FactQuery.Sort.allCases.map(\.rawValue) }, standard: "id",
                "Order: by id, by year, newest first (-year), or by the figure."),
            ParameterDescription("limit", .number(1...1000), example: "10", "At most so many facts in one answer. Left out: all."),
            ParameterDescription(
                "cursor", .identifier, "Where the next page begins: taken from the next link of the page before."),
            ParameterDescription(
                "fields", .some { _, _ in Site.factFields }, example: "id,statement,quantity",
                "Only these members of each fact; goes with the formats json and ndjson."),
            ParameterDescription(
                "facets", .some { _, _ in FactQuery.Filter.allCases.map(\.rawValue) },
                "Adds how many facts each value of these filters would leave."),
            ParameterDescription("id", .identifier, isRequired: true, "The entry's id, as its list names it."),
            ParameterDescription(
                "text", at: ["body"], .anything, example: "Quantization delivers a 75% reduction in size.", isRequired: true,
                "The text to check, as it will be published."),
            ParameterDescription(
                "format", at: ["body"], .one { _, _ in LintRequest.textFormats.names }, standard: "plain",
                "What markup the text is written in."),
            ParameterDescription(
                "scope", .one { _, _ in LintRequest.scopes.names }, standard: "fragment",
                "fragment checks sentences, whatever they are part of; explainer also asks for every part that a whole piece has."),
            ParameterDescription(
                "fail_on", .one { _, _ in LintRequest.failOns.names }, standard: "never", example: "never",
                "From which severity on the status is 422 instead of 200, for shells."),
            ParameterDescription(
                "path", .text(atMost: 1024), example: "docs/quantization.md", "What the findings call the text, such as its file."),
            ParameterDescription(
                "command", at: [SlackCommand.path], .anything, example: "/explain", "The command as it was typed."),
            ParameterDescription(
                "text", at: [SlackCommand.path], .anything, example: "student with an analogy",
                "What was typed behind the command."),
            ParameterDescription(
                "X-Slack-Signature", .anything, isRequired: true,
                "v0= and the HMAC-SHA256 of version, time and body, in hexadecimal."),
            ParameterDescription("X-Slack-Request-Timestamp", .anything, isRequired: true, "Seconds since 1970."),
            ParameterDescription(
                "text", at: [LanguageTool.checkPath], .anything, example: "Quantization delivers a 75% reduction in size.",
                isRequired: true, "The text to check."),
            ParameterDescription(
                "data", at: [LanguageTool.checkPath], .anything,
                "The text with its markup as JSON, instead of text: see LanguageTool."),
            ParameterDescription(
                "language", at: [LanguageTool.checkPath],
                .one { _, topic in LanguageTool.languages(of: topic.language).map(\.code) + ["auto"] }, isRequired: true,
                "The text's language."),
            ParameterDescription("disabledRules", .anything, "Rules, separated by commas, whose findings are not wanted."),
            ParameterDescription("enabledRules", .anything, "Rules, separated by commas, whose findings are wanted."),
            ParameterDescription("disabledCategories", .anything, "Categories, separated by commas, that are not wanted."),
            ParameterDescription("enabledCategories", .anything, "Categories, separated by commas, that are wanted."),
            ParameterDescription("enabledOnly", .anything, "true: only what is enabled by name."),
            ParameterDescription(
                "url", .text(atMost: 4096), example: "/explain?audience=student", isRequired: true,
                "The address of an explainer of this service, as a browser shows it."),
            ParameterDescription("maxwidth", .number(1...100_000), example: "600", "Pixels that the frame may be wide."),
            ParameterDescription("maxheight", .number(1...100_000), example: "400", "Pixels that the frame may be high."),
            ParameterDescription(
                "query", .text(atMost: 200), example: "memory of 4-bit weights", isRequired: true, "What to look for, in words."),
        ]

    private static func summary(of filter: FactQuery.Filter) -> String {
        let what =
            switch filter {
            case .theme: "What the fact is about."
            case .method: "A technique, format or tool that the fact speaks of."
            case .model: "A model that it was found for."
            case .hardware: "Hardware that it was found on."
            case .bits: "Bits to a weight."
            case .status:
                "Whether the fact holds: verified and derived ones do, refuted and unsupported ones do not. Left out: those that hold."
            case .year: "Year of the measurement or publication."
            case .source: "A document that it rests on."
            case .usedIn: "An audience whose pieces use it."
            }
        return "\(what) Several mean: one of them."
    }
}
