/// Dates as HTTP writes them (RFC 9110 §5.6.7): "Mon, 23 Nov 2026 00:00:00 GMT".
enum HTTPDate {
    /// Midnight at the beginning of a day given as `yyyy-mm-dd`.
    static func midnight(of day: String) -> String {
        let parts = day.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return "Thu, 01 Jan 1970 00:00:00 GMT" }
        let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
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
