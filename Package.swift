// swift-tools-version: 6.3
import PackageDescription

/// Every check the compiler has: strict memory safety, warnings as errors, and the features that are on their way into the language.
let house: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
]

let package = Package(
    name: "explain-server",
    products: [.executable(name: "explain-server", targets: ["ExplainServer"])],
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        .systemLibrary(name: "CHTTPD", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CCompression", providers: [.apt(["zlib1g-dev", "libbrotli-dev"])]),
        .target(
            name: "HTTPD", dependencies: ["CHTTPD"], swiftSettings: house,
            // Where libmicrohttpd looks for it: see ListenerRace.swift.
            linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic-symbol=epoll_ctl"])]
        ),
        .target(name: "Compression", dependencies: ["CCompression"], swiftSettings: house),
        .target(
            name: "ExplainerKit",
            dependencies: ["Yams", .product(name: "Crypto", package: "swift-crypto")],
            // Optimized in debug builds too: tests judge thousands of texts and load the whole configuration again and again.
            swiftSettings: house + [.unsafeFlags(["-O"], .when(configuration: .debug))]
        ),
        .executableTarget(
            name: "ExplainServer",
            dependencies: [
                "Compression", "ExplainerKit", "HTTPD",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.embedInCode("Templates"), .embedInCode("Contract/contract.json")],
            swiftSettings: house
        ),
        .executableTarget(
            name: "LintTrials",
            dependencies: ["ExplainerKit", "TestSupport", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Tests/LintTrials",
            swiftSettings: house
        ),
        .executableTarget(
            name: "ServerTrials",
            dependencies: ["TestSupport", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Tests/ServerTrials",
            swiftSettings: house
        ),
        .systemLibrary(name: "CDecompression", path: "Tests/CDecompression", providers: [.apt(["zlib1g-dev", "libbrotli-dev"])]),
        .target(name: "TestSupport", dependencies: ["CDecompression", "ExplainerKit"], path: "Tests/TestSupport", swiftSettings: house),
        .testTarget(name: "HTTPDTests", dependencies: ["HTTPD", "TestSupport"], swiftSettings: house),
        .testTarget(name: "ExplainerKitTests", dependencies: ["ExplainerKit", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "ExplainServerTests",
            dependencies: ["ExplainServer", "HTTPD", "TestSupport", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: house
        ),
    ]
)
