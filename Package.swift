// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "egtop",
  targets: [
    // The C libraries: module maps and shims, nothing else.
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
    .systemLibrary(
      name: "CMosquitto",
      pkgConfig: "libmosquitto",
      providers: [.apt(["libmosquitto-dev"])],
    ),
    .systemLibrary(
      name: "CRdkafka",
      pkgConfig: "rdkafka",
      providers: [.apt(["librdkafka-dev"])],
    ),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(
      name: "CMicroHTTPD",
      pkgConfig: "libmicrohttpd",
      providers: [.apt(["libmicrohttpd-dev"])],
    ),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "CSimdjson",
      cxxSettings: [.unsafeFlags(["-O3", "-DNDEBUG"], .when(configuration: .debug))],
      linkerSettings: [.linkedLibrary("simdjson")],
    ),
    // Made by protoc-c from sparkplug.proto there.
    .target(
      name: "CSparkplug",
      exclude: ["sparkplug.proto"],
      linkerSettings: [.linkedLibrary("protobuf-c")],
    ),
    .target(name: "CSystem"),
    // From here on each target uses only those above it; see Tests/House.
    // How times, numbers and names are written for people: what even the log needs.
    .target(name: "Wording"),
    // Swift wrappers of C libraries: with Curses, below, the only targets that may hold unsafe code.
    .target(name: "System", dependencies: ["CSystem", "Wording"]),
    .target(name: "MQTT", dependencies: ["System", "Wording", "CMosquitto"]),
    .target(name: "Kafka", dependencies: ["System", "Wording", "CRdkafka"]),
    .target(name: "JSON", dependencies: ["CSimdjson"]),
    .target(name: "Sparkplug", dependencies: ["CSparkplug"]),
    .target(name: "YAML", dependencies: ["CYAML"]),
    .target(name: "SQLite", dependencies: ["CSQLite"]),
    .target(name: "Patterns", dependencies: ["CPCRE2"]),
    .target(name: "HTTPServer", dependencies: ["CMicroHTTPD", "System"]),
    // The program, in the direction data flows: feeds, model, state, panes, screen.
    .target(name: "Arguments", dependencies: ["Wording"]),
    .target(name: "Terminal"),
    .target(
      name: "Themes",
      dependencies: ["Terminal", "YAML"],
      path: "themes",
      resources: [
        "iron", "paper", "night", "contrast", "deutan", "tritan", "harbour", "orchard", "mono",
      ].map { .embedInCode("\($0).yaml") },
    ),
    .target(name: "Curses", dependencies: ["CNcurses", "System", "Terminal", "Themes"]),
    .target(name: "Model"),
    .target(name: "Decoding", dependencies: ["Model", "JSON", "Sparkplug", "System", "Wording"]),
    .target(
      name: "Settings",
      dependencies: ["Model", "Arguments", "Kafka", "MQTT", "System", "Wording", "YAML"],
      resources: [
        "article", "genmon", "genmon-homeassistant", "victron", "tasmota", "esphome",
        "zigbee2mqtt", "shelly", "homeassistant", "sparkplug", "deepsea-modbus", "telegraf",
        "thingsboard",
      ].map { .embedInCode("Profiles/\($0).yaml") },
    ),
    .target(
      name: "Feeds",
      dependencies: ["Model", "Decoding", "MQTT", "Kafka", "Settings", "System"],
    ),
    .target(name: "Maps", exclude: ["make-outlines"]),
    .target(name: "Dashboard", dependencies: ["Maps", "Model", "Terminal", "Wording"]),
    .target(name: "Panes", dependencies: ["Dashboard", "Maps", "Model", "Terminal", "Wording"]),
    .target(name: "Report", dependencies: ["Dashboard", "Model", "System", "Wording"]),
    .target(
      name: "Check",
      dependencies: [
        "Decoding", "Feeds", "Kafka", "MQTT", "Model", "Settings", "System", "Wording",
      ],
    ),
    .target(
      name: "Discovery",
      dependencies: ["Decoding", "MQTT", "Model", "Settings", "System", "Wording"],
    ),
    .target(name: "LocalBrokers", dependencies: ["MQTT", "Kafka", "System", "Wording"]),
    .target(name: "Buckets", dependencies: ["JSON", "Model", "SQLite", "System", "Wording"]),
    .target(
      name: "Pipeline",
      dependencies: [
        "Buckets", "Model", "Decoding", "JSON", "YAML", "MQTT", "Kafka", "LocalBrokers",
        "Patterns", "System", "Wording",
      ],
      resources: [.embedInCode("Regions/regions.yaml")],
    ),
    .target(
      name: "Simulator",
      dependencies: ["Buckets", "Model", "MQTT", "Pipeline", "System"],
    ),
    .executableTarget(
      name: "egtop",
      dependencies: [
        "Arguments", "Buckets", "Check", "Curses", "Dashboard", "Decoding", "Discovery", "Feeds",
        "Kafka", "LocalBrokers", "Model", "MQTT", "Panes", "Pipeline", "Report", "Settings",
        "Simulator",
        "System", "Terminal", "Themes", "Wording", "YAML",
      ],
    ),
    .executableTarget(
      name: "egpipe",
      dependencies: [
        "Arguments", "Buckets", "HTTPServer", "Kafka", "LocalBrokers", "Model", "MQTT", "Pipeline",
        "Settings", "Simulator", "System", "Wording",
      ],
    ),
    // Tests.
    .target(
      name: "TestSupport",
      dependencies: ["Terminal", "System"],
      path: "Tests/TestSupport",
    ),
    .target(
      name: "BucketSupport",
      dependencies: ["Buckets", "Model"],
      path: "Tests/BucketSupport",
    ),
    .executableTarget(
      name: "feeder",
      dependencies: ["Arguments", "Kafka", "LocalBrokers", "MQTT", "System", "Wording"],
      path: "Tests/Feeder",
    ),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "Buckets", "Curses", "Dashboard", "Decoding", "JSON", "MQTT", "Model", "Panes", "Patterns",
        "Pipeline", "Report", "Settings", "Simulator", "System", "Terminal", "YAML",
      ],
      path: "Tests/Fuzz",
      exclude: ["Corpus", "fuzz"],
    ),
    .executableTarget(name: "crasher", dependencies: ["System"], path: "Tests/Crasher"),
    .executableTarget(
      name: "databench",
      dependencies: [
        "Arguments", "Dashboard", "Decoding", "Feeds", "MQTT", "Model", "Panes", "System",
        "Terminal",
      ],
      path: "Tests/Bench/Data",
    ),
    .testTarget(
      name: "SmokeTests",
      dependencies: [
        "Kafka", "LocalBrokers", "MQTT", "System", "TestSupport", "egpipe", "egtop", "feeder",
      ],
    ),
    .testTarget(name: "WordingTests", dependencies: ["Wording"]),
    .testTarget(
      name: "HouseTests",
      dependencies: ["System", "TestSupport"],
      path: "Tests/House",
      exclude: ["drawing.py", "house"],
    ),
    .testTarget(
      name: "SystemTests",
      dependencies: ["System", "CSystem", "TestSupport", "crasher"],
    ),
    .testTarget(name: "ArgumentsTests", dependencies: ["Arguments", "TestSupport"]),
    .testTarget(name: "YAMLTests", dependencies: ["YAML"]),
    .testTarget(name: "JSONTests", dependencies: ["JSON"]),
    .testTarget(name: "PatternsTests", dependencies: ["Patterns"]),
    .testTarget(
      name: "HTTPServerTests",
      dependencies: ["HTTPServer", "System", "TestSupport"],
    ),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "System"]),
    .testTarget(
      name: "BucketsTests",
      dependencies: ["BucketSupport", "Buckets", "Model", "SQLite", "System", "TestSupport"],
      exclude: ["Files"],
    ),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "BucketSupport", "Buckets", "Dashboard", "Decoding", "JSON", "Kafka", "LocalBrokers",
        "MQTT", "Model", "Pipeline", "Report", "SQLite", "Simulator", "System", "Terminal",
        "TestSupport", "Wording", "egpipe",
      ],
      exclude: ["Programs"],
    ),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"]),
    .testTarget(name: "ThemesTests", dependencies: ["Themes", "Terminal", "YAML"]),
    .testTarget(
      name: "CursesTests",
      dependencies: ["Curses", "Terminal", "Themes", "System", "CNcurses", "TestSupport"],
    ),
    .testTarget(name: "ModelTests", dependencies: ["Model", "TestSupport"]),
    .testTarget(
      name: "MQTTTests",
      dependencies: ["MQTT", "LocalBrokers", "System", "TestSupport"],
    ),
    .testTarget(
      name: "KafkaTests",
      dependencies: ["Kafka", "LocalBrokers", "System", "TestSupport", "CRdkafka"],
    ),
    .testTarget(name: "DiscoveryTests", dependencies: ["Discovery"]),
    .testTarget(
      name: "DecodingTests",
      dependencies: ["Decoding", "JSON", "Model", "TestSupport"],
    ),
    .testTarget(name: "SparkplugTests", dependencies: ["Sparkplug", "TestSupport"]),
    .testTarget(
      name: "FeedsTests",
      dependencies: [
        "Feeds", "Decoding", "Model", "MQTT", "Kafka", "LocalBrokers", "Settings", "System",
        "TestSupport",
      ],
    ),
    .testTarget(
      name: "SettingsTests",
      dependencies: [
        "Settings", "Arguments", "Decoding", "MQTT", "Model", "System", "YAML", "TestSupport",
      ],
      exclude: ["Configurations"],
    ),
    .testTarget(
      name: "EgtopTests",
      dependencies: [
        "egtop", "Arguments", "Check", "Dashboard", "Feeds", "Kafka", "LocalBrokers", "MQTT",
        "Model", "Report", "Settings", "System", "Terminal", "Themes", "Wording",
      ],
    ),
    .testTarget(name: "MapsTests", dependencies: ["Maps"]),
    .testTarget(name: "DashboardTests", dependencies: ["Dashboard", "Maps", "Model", "Terminal"]),
    .testTarget(
      name: "PanesTests",
      dependencies: ["Panes", "Dashboard", "Model", "Terminal", "TestSupport", "Wording"],
      exclude: ["Snapshots"],
    ),
    .testTarget(
      name: "ReportTests",
      dependencies: [
        "Report", "Dashboard", "Model", "Panes", "System", "Terminal", "TestSupport", "Wording",
      ],
      exclude: ["Recordings", "Snapshots"],
    ),
  ],
  cxxLanguageStandard: .cxx17,
)

/// Only the wrappers of C libraries and of the system may touch unsafe memory, and what keeps an input through a crash.
let wrappers: Set = [
  "System", "MQTT", "Kafka", "JSON", "Sparkplug", "YAML", "Patterns", "HTTPServer", "SQLite",
  "Curses",
  "fuzz",
]

/// Only these speak Swift's settings.
let swiftTargets = package.targets.filter {
  $0.type != .system && !["CSimdjson", "CSparkplug", "CSystem"].contains($0.name)
}

for target in swiftTargets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
  ]
  if target.type == .regular || target.type == .executable, !wrappers.contains(target.name) {
    target.swiftSettings?.append(.strictMemorySafety())
  }
}
