import ExplainerKit
import TestSupport
import Testing

/// Questions to the catalogue.
@Suite struct FactQueryTests {
    let topic: Topic

    init() throws { topic = try #require(Snapshot(SmallTopic.files).topic("tea")) }

    private func ids(_ edit: (inout FactQuery) -> Void) throws -> [String] {
        var query = FactQuery()
        edit(&query)
        return try query.run(on: topic).facts.map(\.id)
    }

    @Test func `leaves out what does not hold unless it is asked for`() throws {
        #expect(try ids { _ in } == ["boiling", "green-tea-cooler", "green-water", "heat-gap"])
        #expect(try ids { $0.filters[.status] = ["refuted"] } == ["myth-milk-first"])
    }

    @Test func `filters combine with AND, values of one with OR`() throws {
        #expect(try ids { $0.filters[.theme] = ["heat"] } == ["boiling", "green-water", "heat-gap"])
        #expect(try ids { $0.filters = [.theme: ["heat"], .year: ["1999"]] } == ["green-water"])
        #expect(try ids { $0.filters[.year] = ["1999", "2001"] }.count == 4)
    }

    @Test(arguments: [
        (FactQuery.Filter.method, "steeping", ["boiling"]), (.model, "sencha-2", ["green-water"]), (.hardware, "kettle", ["boiling"]),
        (.bits, "4", ["green-water"]), (.source, "heat-table", ["boiling", "heat-gap"]),
        (.usedIn, "host", ["boiling", "green-tea-cooler", "green-water", "heat-gap"]),
    ])
    func `every filter finds what it names`(filter: FactQuery.Filter, value: String, expected: [String]) throws {
        #expect(try ids { $0.filters[filter] = [value] } == expected)
    }

    @Test func `words of the statement match from their beginning`() throws {
        #expect(try ids { $0.words = ["green", "cool"] } == ["green-tea-cooler"])
        #expect(try ids { $0.words = ["oil"] } == [])
    }

    @Test(arguments: [
        (FactQuery.Sort.id, ["boiling", "green-tea-cooler", "green-water", "heat-gap"]),
        (.newest, ["boiling", "heat-gap", "green-tea-cooler", "green-water"]),
        (.year, ["green-tea-cooler", "green-water", "boiling", "heat-gap"]),
        (.value, ["heat-gap", "green-water", "boiling", "green-tea-cooler"]),
    ])
    func `sorts`(sort: FactQuery.Sort, expected: [String]) throws {
        #expect(try ids { $0.sort = sort } == expected)
    }

    @Test func `pages hold every fact once`() throws {
        var query = FactQuery()
        query.limit = 3
        let first = try query.run(on: topic)
        #expect((first.facts.count, first.count, first.total, first.next) == (3, 4, 5, "green-water"))
        query.cursor = first.next
        let second = try query.run(on: topic)
        #expect(second.facts.map(\.id) == ["heat-gap"])
        #expect(second.next == nil)
        query.cursor = "nonsense"
        #expect(throws: FactQuery.Failure.unknownCursor("nonsense")) { try query.run(on: topic) }
    }

    @Test func `facets count under the current filters`() throws {
        var query = FactQuery()
        query.filters[.theme] = ["heat"]
        query.facets = [.year, .status]
        let facets = try query.run(on: topic).facets
        #expect(facets.map(\.filter) == [.year, .status])
        #expect(facets[0].values.map(\.value) == ["2001", "1999"] && facets[0].values.map(\.count) == [2, 1])
        #expect(facets[1].values.map(\.value) == ["verified", "derived"])
    }
}
