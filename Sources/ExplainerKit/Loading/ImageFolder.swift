/// Reads the pictures of a topic: one PNG for each audience, which chats and wikis show beside a link.
struct ImageFolder {
    let folder: String
    let files: ConfigFiles
    let log: ProblemLog

    /// By audience. A picture of nobody, or of another size than the one that is announced, is an error.
    func images(of audiences: [String]) -> [String: [UInt8]] {
        var images: [String: [UInt8]] = [:]
        for (path, bytes) in files.images.sorted(by: { $0.key < $1.key }) where path.hasPrefix(folder + "/") {
            let name = String(path.dropFirst(folder.count + 1).dropLast(".png".count))
            guard audiences.contains(name) else {
                let hint = nearest(to: name, among: audiences).map { "; did you mean \($0).png?" } ?? ""
                log.error(path, nil, "there is no audience \"\(name)\"\(hint); valid: \(audiences.joined(separator: ", "))")
                continue
            }
            guard let size = PNGSize(bytes) else {
                log.error(path, nil, "is no PNG picture; run: make images")
                continue
            }
            guard size == .preview else {
                log.error(path, nil, "measures \(size); previews measure \(PNGSize.preview), so run: make images")
                continue
            }
            images[name] = bytes
        }
        return images
    }
}

/// How large a PNG says it is.
package struct PNGSize: Equatable, CustomStringConvertible {
    package let width: Int
    package let height: Int

    /// What Open Graph readers show whole.
    package static let preview = PNGSize(width: 1200, height: 630)

    private init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// nil for what does not begin as a PNG does: eight bytes of signature, then the header with width and height.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count > 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            bytes[12..<16].elementsEqual("IHDR".utf8)
        else { return nil }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 << 8 | Int($1) } }
        self.init(width: number(16..<20), height: number(20..<24))
    }

    package var description: String { "\(width)×\(height)" }
}
