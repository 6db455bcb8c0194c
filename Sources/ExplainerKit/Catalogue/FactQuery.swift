/// A question to the catalogue: filters that all have to hold, an order, and a page.
package struct FactQuery: Sendable {
    /// For each filter the values of which a fact needs one, as slugs. Without an entry for `status`, only facts that hold.
    package var filters: [Filter: Set<String>] = [:]
    /// Words that the statement has to hold, each from its beginning.
    package var words: [String] = []
    package var sort: Sort = .id
    /// nil for all.
    package var limit: Int?
    /// Id of the last fact of the page before.
    package var cursor: String?
    package var facets: [Filter] = []

    package init() {}

    /// What facts can be filtered by.
    package enum Filter: String, Sendable, CaseIterable {
        case theme, method, model, hardware, bits, status, year, source
        case usedIn = "used_in"
    }

    /// In which order facts come; equal ones by id.
    package enum Sort: String, Sendable, CaseIterable {
        case id, year
        case newest = "-year"
        case value
    }

    /// The page, and what there is besides.
    package struct Answer: Sendable {
        package let facts: [Fact]
        /// How many facts the filters let through.
        package let count: Int
        /// How many facts the topic has.
        package let total: Int
        /// The cursor of the next page.
        package let next: String?
        /// Values and their counts under the current filters, most frequent first.
        package let facets: [(filter: Filter, values: [(value: String, count: Int)])]
    }

    /// Why a query cannot be answered.
    package enum Failure: Error, Equatable {
        case unknownCursor(String)
    }

    package func run(on topic: Topic) throws(Failure) -> Answer {
        let matches = sorted(topic.facts.filter { admits($0, in: topic) })
        var page = matches[...]
        if let cursor {
            guard let last = matches.firstIndex(where: { $0.id == cursor }) else { throw .unknownCursor(cursor) }
            page = matches[(last + 1)...]
        }
        let rest = page.count
        page = page.prefix(limit ?? .max)
        return Answer(
            facts: Array(page), count: matches.count, total: topic.facts.count, next: page.count < rest ? page.last?.id : nil,
            facets: facets.map { ($0, counts(of: $0, over: matches, in: topic)) }
        )
    }

    private func admits(_ fact: Fact, in topic: Topic) -> Bool {
        if filters[.status] == nil, !fact.status.holds { return false }
        for (filter, wanted) in filters where !filter.values(of: fact, in: topic).contains(where: { wanted.contains(slug($0)) }) {
            return false
        }
        guard !words.isEmpty else { return true }
        let statement = Self.words(fact.statement)
        return words.allSatisfy { word in statement.contains { $0.hasPrefix(word) } }
    }

    /// The words of a text in small letters, without the marks around them: "Qwen2-7B," is one word.
    package static func words(_ text: String) -> [String] {
        text.lowercased().split { $0.isWhitespace || $0 == "," || $0 == "/" }.compactMap { word in
            let scalars = word.unicodeScalars
            guard let start = scalars.firstIndex(where: \.isWordlike), let end = scalars.lastIndex(where: \.isWordlike) else { return nil }
            return String(scalars[start...end])
        }
    }

    private func sorted(_ facts: [Fact]) -> [Fact] {
        switch sort {
        case .id: facts.sorted { $0.id < $1.id }
        case .year: facts.sorted { ($0.year, $0.id) < ($1.year, $1.id) }
        case .newest: facts.sorted { ($1.year, $0.id) < ($0.year, $1.id) }
        // Facts without a figure come last.
        case .value: facts.sorted { ($0.quantity?.value.number ?? .infinity, $0.id) < ($1.quantity?.value.number ?? .infinity, $1.id) }
        }
    }

    private func counts(of filter: Filter, over facts: [Fact], in topic: Topic) -> [(value: String, count: Int)] {
        var counts: [String: Int] = [:]
        for fact in facts { for value in filter.values(of: fact, in: topic) { counts[value, default: 0] += 1 } }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }
}

extension FactQuery.Filter {
    /// What a fact has under this filter, as written in the catalogue.
    package func values(of fact: Fact, in topic: Topic) -> [String] {
        switch self {
        case .theme: [fact.theme]
        case .method: fact.conditions.methods
        case .model: fact.conditions.models
        case .hardware: fact.conditions.hardware
        case .bits: fact.conditions.bits.map { [$0.text] } ?? []
        case .status: [fact.status.rawValue]
        case .year: [String(fact.year)]
        case .source: topic.references(of: fact).map(\.id).uniqued()
        case .usedIn: topic.uses(of: fact.id).map(\.audience).uniqued()
        }
    }

    /// Every value that the topic knows, in a useful order.
    package func knownValues(in topic: Topic) -> [String] {
        switch self {
        case .theme: topic.themes.map(\.id)
        case .method: topic.methods.map(\.id)
        case .status: Fact.Status.allCases.map(\.rawValue)
        case .source: topic.sources.map(\.id)
        case .usedIn: topic.audiences.map(\.id)
        case .bits: topic.facts.compactMap(\.conditions.bits).sorted { $0.number < $1.number }.map(\.text).uniqued()
        case .model, .hardware, .year: topic.facts.flatMap { values(of: $0, in: topic) }.uniqued().sorted()
        }
    }
}

extension Unicode.Scalar {
    /// What a word may begin or end with.
    fileprivate var isWordlike: Bool { properties.isAlphabetic || properties.numericType != nil || self == "%" }
}
