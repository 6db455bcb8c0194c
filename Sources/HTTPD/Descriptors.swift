import Glibc

/// The process's share of open files and sockets.
///
/// A thread that cannot accept for want of a descriptor spins, so the limit is raised first and the connections stay below it.
enum Descriptors {
    /// How many connections there may be where `limit` files and sockets may be open: some are left for files, listeners and pipes.
    static func connections(within limit: Int) -> Int { limit - min(64, limit / 2) }

    /// Raises the soft limit to the hard one, and returns it.
    static func raiseLimit() -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = raised.rlim_max
            if unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }
}
