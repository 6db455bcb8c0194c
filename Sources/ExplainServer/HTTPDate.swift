/// Dates as HTTP writes them (RFC 9110 §5.6.7): "Mon, 23 Nov 2026 00:00:00 GMT".
enum HTTPDate {
    /// Midnight at the beginning of a day given as `yyyy-mm-dd`.
    static func midnight(of day: String) -> String {
        let parts = day.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return "Thu, 01 Jan 1970 00:00:00 GMT" }
        let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let weekday = names[weekday(year: parts[0], month: parts[1], day: parts[2])]
        let padded = parts[2] < 10 ? "0\(parts[2])" : "\(parts[2])"
        return "\(weekday), \(padded) \(months[parts[1] - 1]) \(parts[0]) 00:00:00 GMT"
    }

    /// 0 for Sunday; Sakamoto's method.
    private static func weekday(year: Int, month: Int, day: Int) -> Int {
        let offsets = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
        let y = month < 3 ? year - 1 : year
        return (y + y / 4 - y / 100 + y / 400 + offsets[month - 1] + day) % 7
    }
}

extension HTTPDate {
    /// Seconds since 1970 of a date in one of the three forms that RFC 9110 wants understood; nil for anything else.
    ///
    /// By hand, because Foundation's formatters bring locales and calendars and take a thousand times as long.
    static func seconds(_ text: String) -> Int? {
        let parts = text.split { " ,-:".contains($0) }
        guard parts.count == 8 && parts[7] == "GMT" || parts.count == 7 else { return nil }
        // "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994".
        let isAsctime = parts.count == 7
        let (day, month, year) = isAsctime ? (parts[2], parts[1], parts[6]) : (parts[1], parts[2], parts[3])
        let clock = (isAsctime ? parts[3...5] : parts[4...6]).compactMap { Int($0) }
        guard let day = Int(day), (1...31).contains(day), let month = months.firstIndex(of: String(month)), var number = Int(year),
            clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2]), number >= 0,
            number <= 9999
        else { return nil }
        // Two digits are the year that is nearest to now, in a service that knows no date before 2000.
        if year.count == 2 { number += number < 70 ? 2000 : 1900 }
        return days(year: number, month: month + 1, day: day) * 86400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Since 1970-01-01, by the days in whole years from March to February.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468
    }
}
