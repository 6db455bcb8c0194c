import Testing

@testable import ExplainServer

@Suite struct DateTests {
    @Test(arguments: [
        ("2026-11-23", "Mon, 23 Nov 2026 00:00:00 GMT"), ("2024-02-29", "Thu, 29 Feb 2024 00:00:00 GMT"),
        ("2000-01-01", "Sat, 01 Jan 2000 00:00:00 GMT"),
        ("1999-12-31", "Fri, 31 Dec 1999 00:00:00 GMT"),
    ])
    func `a day is written as HTTP does`(day: String, expected: String) {
        #expect(HTTPDate.midnight(of: day) == expected)
    }
}
