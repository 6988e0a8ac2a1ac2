// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: strict from the first commit.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// The engine's loops are optimised in debug builds too, so that the tests train real networks.
let optimised: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "interspike",
  products: [
    .executable(name: "interspike", targets: ["interspike"]),
    .executable(name: "bench", targets: ["bench"]),
    .library(name: "Engine", targets: ["Engine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "COneDNN"),
    .systemLibrary(name: "CHDF5"),
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "COpenSSL"),
    .target(name: "Checksums", dependencies: ["COpenSSL"], swiftSettings: strict),
    .target(
      name: "Kernels",
      cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-ffp-contract=off"])]),
    .target(
      name: "EmbeddedData",
      exclude: ["digits.csv.gz", "digits.LICENCE.txt", "mnist-orders.txt"]),
    .target(
      name: "Engine", dependencies: ["Kernels", "CHDF5", "COneDNN", "CZlib", "EmbeddedData"],
      swiftSettings: optimised),
    .target(name: "Terminal", swiftSettings: optimised),
    .target(
      name: "TerminalScreen", dependencies: ["Terminal", "CNcurses", "ProgramSupport"],
      swiftSettings: optimised),
    .target(
      name: "TOMLParser",
      cxxSettings: [.define("TOML_HEADER_ONLY", to: "0"), .define("TOML_SHARED_LIB", to: "1")],
      linkerSettings: [.linkedLibrary("tomlplusplus")]),
    .target(name: "Documents", dependencies: ["TOMLParser"], swiftSettings: strict),
    .target(
      name: "Themes", dependencies: ["Documents", "EmbeddedData", "Terminal"],
      swiftSettings: strict),
    .target(name: "Experiments", dependencies: ["Documents", "Engine"], swiftSettings: strict),
    .target(
      name: "Runs",
      dependencies: ["Checksums", "Engine", "Experiments"],
      swiftSettings: strict),
    .target(
      name: "RunStore",
      dependencies: [
        "Documents", "Engine", "Experiments", "Runs",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .target(
      name: "Exports", dependencies: ["CHDF5", "Engine", "Experiments", "Runs"],
      swiftSettings: strict),
    .target(
      name: "Golden",
      dependencies: ["Checksums", "Engine", "Kernels"],
      swiftSettings: optimised),
    .target(
      name: "Dashboard", dependencies: ["Engine", "Runs", "Terminal"], swiftSettings: optimised),
    .target(
      name: "Downloads",
      dependencies: ["Checksums", "Engine"],
      swiftSettings: strict),
    .executableTarget(
      name: "interspike",
      dependencies: [
        "Documents", "Engine", "Experiments", "Runs", "RunStore", "Exports", "Terminal",
        "TerminalScreen",
        "Themes", "Dashboard", "Downloads", "ProgramSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(name: "ProgramSupport"),
    .target(name: "CPseudoTerminal", linkerSettings: [.linkedLibrary("util")]),
    .testTarget(
      name: "ProgramTests",
      dependencies: ["interspike", "CPseudoTerminal", "Terminal", "TestSupport"],
      swiftSettings: strict),
    .target(name: "AllocationCounter"),
    .executableTarget(
      name: "bench",
      dependencies: [
        "AllocationCounter", "CPseudoTerminal", "Engine", "Experiments", "Runs", "RunStore",
        "Golden", "Terminal", "TerminalScreen", "Themes", "Dashboard",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Engine"], path: "Tests/TestSupport",
      swiftSettings: optimised),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "Checksums", "CHDF5", "CZlib", "Engine", "Golden", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "GoldenTests", dependencies: ["Golden", "Engine", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "DownloadsTests",
      dependencies: ["Checksums", "Downloads", "Engine"],
      swiftSettings: strict),
    .testTarget(
      name: "DocumentsTests", dependencies: ["Documents"], swiftSettings: strict),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: ["Documents", "Experiments", "Engine", "TestSupport"],
      exclude: ["Invalid"], swiftSettings: strict),
    .testTarget(
      name: "RunsTests", dependencies: ["Experiments", "Runs", "Engine", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ExportsTests", dependencies: ["Exports", "Engine", "Runs", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RunStoreTests",
      dependencies: ["Documents", "Experiments", "RunStore", "Runs", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalScreenTests",
      dependencies: ["TerminalScreen", "CPseudoTerminal", "Terminal", "Themes"],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalTests", dependencies: ["Terminal", "TestSupport", "Themes"],
      swiftSettings: strict),
    .testTarget(
      name: "ThemesTests", dependencies: ["Terminal", "TestSupport", "Themes"],
      exclude: ["Invalid"], swiftSettings: strict),
    .testTarget(
      name: "DashboardTests",
      dependencies: ["Dashboard", "Engine", "Experiments", "Runs", "Terminal", "TestSupport"],
      exclude: ["Drawings"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
