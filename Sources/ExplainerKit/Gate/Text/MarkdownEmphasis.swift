/// Runs of `*`, `_`, `~~` and `==`, and which of them belong together.
///
/// The algorithm of CommonMark's appendix; where a closer found no opener is remembered, so that no run is looked at again and again.
struct MarkdownEmphasis {
    /// Marks of one kind that stand together.
    struct Run {
        let byte: UInt8
        let length: Int
        let canOpen: Bool
        let canClose: Bool
        /// How many of its marks end emphasis, from its start, and begin emphasis, up to its end.
        var closed = 0
        var opened = 0
        fileprivate var previous = -1
        fileprivate var next = -1

        init(byte: UInt8, length: Int, canOpen: Bool, canClose: Bool) {
            self.byte = byte
            self.length = length
            self.canOpen = canOpen
            self.canClose = canClose
        }

        fileprivate var left: Int { length - closed - opened }
    }

    private var runs: [Run] = []
    /// The last run that may still have a partner, or -1.
    private(set) var last = -1

    /// How many runs there are.
    var count: Int { runs.count }

    /// In the order of the source.
    subscript(index: Int) -> Run { runs[index] }

    /// Forgets all runs: another leaf begins.
    mutating func removeAll() {
        runs.removeAll(keepingCapacity: true)
        last = -1
    }

    /// Says at which index it stands.
    mutating func add(_ run: Run) -> Int {
        let index = runs.count
        runs.append(run)
        runs[index].previous = last
        if last >= 0 { runs[last].next = index }
        last = index
        return index
    }

    /// Forgets runs at the end; `last` is the one that then may still have a partner.
    mutating func removeLast(_ count: Int, last: Int) {
        runs.removeLast(count)
        self.last = last
        if last >= 0 { runs[last].next = -1 }
    }

    /// Finds the partners of all runs behind the run `bottom`; then none of them has a partner any more.
    mutating func match(above bottom: Int) {
        var closer = first(above: bottom)
        guard closer >= 0 else { return }
        // For each kind of closer: no opener up to here.
        var openersBottom = [Int](repeating: bottom, count: 4 * 6)
        while closer >= 0 {
            guard runs[closer].canClose else {
                closer = runs[closer].next
                continue
            }
            let key = Self.key(of: runs[closer])
            if let opener = opener(for: closer, above: max(bottom, openersBottom[key])) {
                pair(opener, closer)
                if runs[closer].left == 0 { closer = remove(closer) }
            } else {
                openersBottom[key] = runs[closer].previous
                closer = runs[closer].canOpen ? runs[closer].next : remove(closer)
            }
        }
        last = bottom
        if bottom >= 0 { runs[bottom].next = -1 }
    }

    private func first(above bottom: Int) -> Int {
        if bottom >= 0 { return runs[bottom].next }
        var index = last
        while index >= 0, runs[index].previous >= 0 { index = runs[index].previous }
        return index
    }

    private func opener(for closer: Int, above bottom: Int) -> Int? {
        let closing = runs[closer]
        var index = closing.previous
        while index > bottom {
            let run = runs[index]
            if run.byte == closing.byte, run.canOpen {
                let isUneven =
                    (closing.canOpen || run.canClose) && closing.length % 3 != 0 && (run.length + closing.length) % 3 == 0
                if !isUneven || closing.byte == UInt8(ascii: "~") || closing.byte == UInt8(ascii: "=") { return index }
            }
            index = run.previous
        }
        return nil
    }

    private mutating func pair(_ opener: Int, _ closer: Int) {
        let count = runs[opener].left >= 2 && runs[closer].left >= 2 ? 2 : 1
        runs[opener].opened += count
        runs[closer].closed += count
        runs[opener].next = closer
        runs[closer].previous = opener
        if runs[opener].left == 0 { _ = remove(opener) }
    }

    /// Says which run comes next.
    private mutating func remove(_ index: Int) -> Int {
        let (previous, next) = (runs[index].previous, runs[index].next)
        if previous >= 0 { runs[previous].next = next }
        if next >= 0 { runs[next].previous = previous } else { last = previous }
        return next
    }

    private static func key(of run: Run) -> Int {
        let kind =
            switch run.byte {
            case UInt8(ascii: "*"): 0
            case UInt8(ascii: "_"): 1
            case UInt8(ascii: "~"): 2
            default: 3
            }
        return kind * 6 + (run.canOpen ? 3 : 0) + run.length % 3
    }
}
