// swift-tools-version: 6.2

import PackageDescription

/// Upcoming language features, switched on for every target of ours. `FLOWBOOK_WARNINGS=error` (as
/// in CI) turns our own warnings, and only those, into errors.
let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["FLOWBOOK_WARNINGS"] == "error" ? [.treatAllWarnings(as: .error)] : [])

/// Tests run in debug, where numerics at `-Onone` would take minutes. The messages of preconditions stay in optimised
/// code too: a cell that hands a library what it cannot compute is told so.
let numeric: [SwiftSetting] =
  settings + [
    .unsafeFlags(["-O"], .when(configuration: .debug)), .unsafeFlags(["-assert-config", "Debug"]),
  ]

let numerics = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

func shim(_ name: String, link libraries: String...) -> Target {
  .target(name: name, linkerSettings: libraries.map { .linkedLibrary($0) })
}

let package = Package(
  name: "Flowbook",
  products: [
    .library(name: "Diffusion", targets: ["Diffusion"]),
    .library(name: "Verification", targets: ["Verification"]),
    .library(name: "Plotting", targets: ["Plotting"]),
    .executable(name: "notebook", targets: ["notebook"]),
    .executable(name: "kernel", targets: ["kernel"]),
    .executable(name: "benchmark", targets: ["benchmark"]),
    .executable(name: "mutation", targets: ["mutation"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/swiftlang/swift-syntax", exact: "603.0.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
  ],
  targets: [
    // The libraries: mathematics, verdicts, figures. None of them knows of notebooks.
    .target(name: "Diffusion", dependencies: [numerics, "COpenBLAS", "CVectorMath"], swiftSettings: numeric),
    .target(name: "Verification", dependencies: ["Diffusion", "CRounding"], swiftSettings: numeric),
    .target(name: "Plotting", dependencies: ["CGD"], swiftSettings: numeric),

    // What runs cells.
    .target(name: "NotebookEvents", swiftSettings: settings),
    .target(
      name: "NotebookCells",
      dependencies: ["Diffusion", "Verification", "Plotting", "NotebookEvents", numerics],
      swiftSettings: settings),
    .executableTarget(
      name: "kernel", dependencies: ["NotebookCells", "NotebookEvents", "CDescriptors", "CKernel"],
      swiftSettings: settings, linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic"])]),

    // What reads notebooks, has them run, and writes pages.
    .target(name: "Digests", swiftSettings: numeric),
    .target(
      name: "NotebookModel",
      dependencies: ["NotebookEvents", "Digests", .product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    .target(
      name: "NotebookEngine",
      dependencies: [
        "NotebookModel", "NotebookEvents", "Digests", "CDescriptors", "CProcess",
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "SwiftDiagnostics", package: "swift-syntax"),
        .product(name: "SwiftParserDiagnostics", package: "swift-syntax"),
      ],
      swiftSettings: settings),
    .target(
      name: "NotebookReport",
      dependencies: [
        "NotebookModel", "NotebookEvents", "Digests", "CCmark", "CDuktape",
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "SwiftIDEUtils", package: "swift-syntax"),
      ],
      resources: [.embedInCode("Assets")],
      swiftSettings: settings),
    .target(
      name: "NotebookServer",
      dependencies: [
        "NotebookEngine", "NotebookReport", "NotebookModel", "NotebookEvents",
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      resources: [.embedInCode("Assets")],
      swiftSettings: settings),
    .executableTarget(
      name: "notebook",
      dependencies: ["NotebookModel", "NotebookEngine", "NotebookReport", "NotebookServer", arguments],
      swiftSettings: settings),
    .executableTarget(
      name: "mutation", dependencies: ["Diffusion", "Verification", arguments], swiftSettings: numeric),
    .executableTarget(
      name: "benchmark", dependencies: ["Diffusion", "Plotting", "CProcess", arguments],
      exclude: ["README.md"], resources: [.embedInCode("Resources")], swiftSettings: settings),

    // C libraries and the few lines of C that Swift cannot say.
    shim("CGD", link: "gd"),
    shim("CCmark", link: "cmark-gfm", "cmark-gfm-extensions"),
    shim("CDuktape", link: "duktape"),
    .systemLibrary(name: "COpenBLAS"),
    .target(name: "CVectorMath", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
    .target(name: "CRounding"),
    .target(name: "CDescriptors"),
    .target(name: "CKernel"),
    .target(name: "CProcess"),

    .target(name: "CAllocations", path: "Tests/CAllocations"),
    .testTarget(
      name: "DiffusionTests", dependencies: ["Diffusion", "CAllocations"], exclude: ["oracles"],
      swiftSettings: numeric),
    .testTarget(
      name: "MutationTests", dependencies: ["mutation", "Verification"], exclude: ["oracle"],
      swiftSettings: numeric),
    .testTarget(
      name: "VerificationTests", dependencies: ["Verification", "Diffusion"], swiftSettings: numeric),
    .testTarget(
      name: "PlottingTests", dependencies: ["Plotting", "CGD"], exclude: ["References"],
      swiftSettings: settings),
    .testTarget(name: "DigestsTests", dependencies: ["Digests"], swiftSettings: settings),
    .testTarget(name: "NotebookEventsTests", dependencies: ["NotebookEvents"], swiftSettings: settings),
    .testTarget(
      name: "NotebookModelTests", dependencies: ["NotebookModel", "NotebookEvents", "Digests"],
      swiftSettings: settings),
    .testTarget(
      name: "NotebookEngineTests", dependencies: ["NotebookEngine", "NotebookModel", "NotebookEvents"],
      swiftSettings: settings),
    .testTarget(
      name: "NotebookReportTests",
      dependencies: ["NotebookReport", "NotebookModel", "NotebookEvents", "Digests"],
      exclude: ["Fixtures", "check_page.py", "check_formats.py"],
      swiftSettings: settings),
    .testTarget(
      name: "NotebookServerTests",
      dependencies: [
        "notebook", "NotebookServer", "NotebookReport", "NotebookEngine", "NotebookModel", "NotebookEvents",
      ],
      exclude: ["check_preview.py"], swiftSettings: settings),
    .testTarget(name: "NotebookTests", dependencies: ["notebook"], swiftSettings: settings),
  ]
)
