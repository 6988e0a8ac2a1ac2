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
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .systemLibrary(name: "COneDNN"),
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CZlib"),
    .target(name: "Kernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-ffp-contract=off"])]),
    .target(name: "Engine", dependencies: ["Kernels", "COneDNN", "CZlib"], swiftSettings: optimised),
    .target(name: "Terminal", swiftSettings: optimised),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
