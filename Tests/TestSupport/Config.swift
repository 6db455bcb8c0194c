package import ExplainerKit

/// The configuration that the repository ships.
package enum ShippedConfig {
    /// `config/` beside `Package.swift`.
    package static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/config"

    package static func files() throws -> ConfigFiles { try ConfigFiles(folder: folder) }
}
