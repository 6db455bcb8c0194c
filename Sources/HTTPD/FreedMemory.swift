import CHTTPD

/// The memory that the process has freed, and that the C library keeps for later.
package enum FreedMemory {
    /// Gives it back to the system; worth it after work that is not soon done again.
    package static func giveBack() { _ = malloc_trim(0) }
}
