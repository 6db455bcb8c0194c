/// The name that was most likely meant, or nil when none is near.
///
/// Distance is Damerau–Levenshtein in its optimal string alignment form: one step for a letter inserted, left out, changed, or swapped with its neighbour.
package func nearest(to given: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(slug(given).prefix(64).utf8)
    guard !wanted.isEmpty else { return nil }
    var best: (name: String, distance: Int)?
    for name in names {
        let candidate = Array(slug(name).utf8)
        let limit = max(1, max(wanted.count, candidate.count) / 3)
        guard abs(candidate.count - wanted.count) <= limit || candidate.starts(with: wanted) else { continue }
        // What was begun but not finished ("stud") counts as near.
        let edits = editDistance(wanted, candidate)
        let distance = wanted.count >= 3 && candidate.starts(with: wanted) ? min(limit, edits) : edits
        if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
}

func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i] + [Int](repeating: 0, count: b.count)
        for j in 1...b.count {
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                row[j] = min(row[j], beforeLast[j - 2] + 1)
            }
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
