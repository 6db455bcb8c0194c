/// The version of the program, as `--version` and `/version` tell it.
enum Version {
    static let text = "0.1.0"

    /// Of the Swift with which the program was built; the compiler can only be asked whether it is at least so new.
    static let swift: String = {
        #if compiler(>=6.5)
            "6.5 or later"
        #elseif compiler(>=6.4)
            "6.4"
        #else
            "6.3"
        #endif
    }()
}
