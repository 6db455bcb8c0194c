import ExplainerKit

/// A text of which the client has told what is markup. What is checked is the text without it; what is reported are places in the whole.
struct AnnotatedText {
    enum Piece: Equatable {
        case text(String)
        /// What stands in the text, and what it counts as.
        case markup(String, interpretAs: String)
    }

    /// What is checked, as UTF-8.
    let checked: [UInt8]
    /// What the client sees.
    let whole: String
    /// Places in `checked`, for counting UTF-16.
    private let positions: SourcePositions
    private var segments: [Segment] = []

    private struct Segment {
        /// In `checked`, in bytes.
        let start: Int
        /// In the whole, in UTF-16, and how long it is there.
        let place: Int
        let count: Int
        let isMarkup: Bool
    }

    init(_ pieces: [Piece]) {
        var checked: [UInt8] = []
        var whole = ""
        var place = 0
        for piece in pieces {
            let shown: String
            let isMarkup: Bool
            let start = checked.count
            switch piece {
            case .text(let text):
                (shown, isMarkup) = (text, false)
                checked += text.utf8
            case .markup(let markup, let interpretAs):
                (shown, isMarkup) = (markup, true)
                checked += interpretAs.utf8
            }
            let count = shown.utf16.count
            if checked.count > start { segments.append(Segment(start: start, place: place, count: count, isMarkup: isMarkup)) }
            whole += shown
            place += count
        }
        self.checked = checked
        self.whole = whole
        positions = SourcePositions(checked)
    }

    /// - Parameter data: `{"annotation": [{"text": "A "}, {"markup": "<b>", "interpretAs": ""}]}`
    init(data: String) throws(HTTPProblem) {
        let value: JSON
        do throws(JSONReader.Failure) {
            value = try JSONReader.value(of: Array(data.utf8))
        } catch {
            throw HTTPProblem(400, "\"data\" is not valid JSON: at byte \(error.offset), \(error.reason).")
        }
        guard case .array(let annotations)? = value["annotation"] else {
            throw HTTPProblem(400, "\"data\" has to hold a list \"annotation\".")
        }
        var pieces: [Piece] = []
        for annotation in annotations {
            switch (annotation["text"], annotation["markup"], annotation["interpretAs"]) {
            case (.string(let text)?, nil, nil): pieces.append(.text(text))
            case (nil, .string(let markup)?, nil): pieces.append(.markup(markup, interpretAs: ""))
            case (nil, .string(let markup)?, .string(let interpretAs)?): pieces.append(.markup(markup, interpretAs: interpretAs))
            default: throw HTTPProblem(400, "Each annotation has either a \"text\" or a \"markup\", which may have an \"interpretAs\".")
            }
        }
        self.init(pieces)
    }

    /// Where a stretch of `checked` stands in the whole, in UTF-16. What markup counts as stands where the markup does.
    func place(of range: Range<Int>) -> Range<Int> {
        let start = place(of: range.lowerBound, isEnd: false)
        return start..<max(start, place(of: range.upperBound, isEnd: true))
    }

    private func place(of offset: Int, isEnd: Bool) -> Int {
        // An end belongs to the byte before it.
        guard let index = segments.lastIndex(startingAtMost: isEnd ? offset - 1 : offset, by: \.start) else { return 0 }
        let segment = segments[index]
        if segment.isMarkup { return segment.place + (isEnd ? segment.count : 0) }
        return segment.place + positions.position(at: offset).utf16 - positions.position(at: segment.start).utf16
    }
}

extension Array {
    /// The last element whose key is at most `bound`; the elements are in the order of their keys.
    fileprivate func lastIndex(startingAtMost bound: Int, by key: (Element) -> Int) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if key(self[middle]) <= bound { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}
