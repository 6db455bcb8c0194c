import HTTPD

/// The place of one finite answer, in one form and all codings; empty until somebody has made it.
///
/// Whoever comes first fills it, a request or the preparation: the bytes are the same, so it makes no difference. Reading takes no lock.
final class AnswerSlot: Sendable {
    private let identity = LazyReference<PreparedAnswer>()
    private let gzip = LazyReference<PreparedAnswer>()
    private let brotli = LazyReference<PreparedAnswer>()

    /// The answer as it is; nil while there is none.
    var plain: PreparedAnswer? { identity.load() }

    /// Keeps an answer; if another thread was faster, that one's.
    func keep(_ answer: PreparedAnswer) -> PreparedAnswer { identity.storeIfNil(answer) }

    /// The kept answer in a coding, made now if it is the first time.
    func answer(_ plain: PreparedAnswer, in coding: Coding) -> PreparedAnswer {
        switch coding {
        case .identity: plain
        case .gzip: gzip.load() ?? gzip.storeIfNil(plain.coded(.gzip))
        case .brotli: brotli.load() ?? brotli.storeIfNil(plain.coded(.brotli))
        }
    }
}
