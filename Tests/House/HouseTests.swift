import System
import TestSupport
import Testing

/// The rules of the house, which `Tests/House/house check` holds the package against.
@Suite(.timeLimit(.minutes(20)))
struct HouseTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

  private func check(_ package: String, logs: String) throws -> ToolResult {
    try runTool(
      "\(Self.root)/Tests/House/house",
      ["check", package],
      folder: logs,
      seconds: 120,
    )
  }

  @Test func theHouseIsInOrder() throws {
    try withFolder { folder in
      let result = try check(Self.root, logs: folder)
      #expect(result.code == 0)
      #expect(result.text == "the house is in order\n")
    }
  }

  /// A package of the targets `Model` and `Kafka`, with what `Model` depends on and imports.
  private func faults(
    dependencies: [String],
    imports: [String],
    modelIsFirst: Bool = false,
    lines: Int = 1,
  ) throws -> String {
    let list = dependencies.map { "\"\($0)\"" }.joined(separator: ", ")
    let model = ".target(name: \"Model\", dependencies: [\(list)])"
    let kafka = ".target(name: \"Kafka\"), .target(name: \"Wording\")"
    let targets = modelIsFirst ? "\(model), \(kafka)" : "\(kafka), \(model)"
    let manifest = """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(name: "House", targets: [\(targets)])

      """
    let package = try DisposableDirectory(prefix: "egtop-house")
    defer { withExtendedLifetime(package) {} }
    let path = package.path
    func write(_ text: String, _ file: String) throws {
      try writeNewFile("\(path)/\(file)", Array(text.utf8))
    }
    for name in ["Kafka", "Wording", "Model"] { try makeDirectories("\(path)/Sources/\(name)") }
    try write(manifest, "Package.swift")
    try write("\n", "Sources/Kafka/Kafka.swift")
    try write("\n", "Sources/Wording/Wording.swift")
    let code = imports.map { "import \($0)\n" }.joined() + String(repeating: "\n", count: lines)
    try write(code, "Sources/Model/Model.swift")
    return try withFolder { try check(path, logs: $0).text }
  }

  @Test func whatIsRightIsNoFault() throws {
    #expect(
      try faults(dependencies: ["Wording"], imports: ["Wording"]) == "the house is in order\n"
    )
  }

  @Test func anUndeclaredImportIsAFault() throws {
    #expect(
      try faults(dependencies: [], imports: ["Wording"])
        == """
        Sources/Model/Model.swift imports Wording, which Model does not declare in Package.swift

        """
    )
  }

  @Test func aDependencyThatNobodyImportsIsAFault() throws {
    #expect(
      try faults(dependencies: ["Wording"], imports: [])
        == "Model declares Wording in Package.swift, and none of its files imports it\n"
    )
  }

  @Test func anImportAgainstTheDirectionIsAFault() throws {
    #expect(
      try faults(dependencies: ["Wording"], imports: ["Wording"], modelIsFirst: true)
        == "Model uses Wording, which stands below it in Package.swift\n"
    )
  }

  @Test func whatDecidesReachesNothingOutside() throws {
    #expect(
      try faults(dependencies: ["Kafka"], imports: ["Kafka"])
        == "Model reaches Kafka: what decides and what draws is given everything\n"
    )
  }

  @Test func aFileThatIsTooLongIsAFault() throws {
    #expect(
      try faults(dependencies: [], imports: [], lines: 351)
        == "Sources/Model/Model.swift has 351 lines; 350 are the most\n"
    )
  }
}
