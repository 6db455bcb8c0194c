// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that the service does not depend on what it is compared with. Its folder may not be called as its dependency is.
let package = Package(
    name: "hummingbird-bench",
    platforms: [.macOS(.v14)],
    dependencies: [.package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1")],
    targets: [
        .executableTarget(name: "HummingbirdBench", dependencies: [.product(name: "Hummingbird", package: "hummingbird")])
    ]
)
