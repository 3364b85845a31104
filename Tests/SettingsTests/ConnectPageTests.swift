import System
import Testing

@testable import Settings

/// The page "Connect your generators", tried as it stands.
struct ConnectPageTests {
  /// A configuration of the page, and the messages below it.
  struct Recipe: Sendable, CustomTestStringConvertible {
    var line: Int
    var yaml: String
    var example: String?

    var testDescription: String { "line \(line)" }
  }

  private static let page: String = {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    let bytes = try? readFile("\(root)/Sources/egtop/egtop.docc/Connect.md", limit: 1 << 20)
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }()

  /// All of them, in their order.
  static let recipes: [Recipe] = {
    var recipes: [Recipe] = []
    var open: (kind: Substring, line: Int, lines: [Substring])?
    for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard line.hasPrefix("```") else {
        open?.lines.append(line)
        continue
      }
      guard let block = open else {
        open = (line.dropFirst(3), index + 2, [])
        continue
      }
      let text = block.lines.joined(separator: "\n")
      if block.kind == "yaml" { recipes.append(Recipe(line: block.line, yaml: text)) }
      if block.kind == "text", !recipes.isEmpty { recipes[recipes.count - 1].example = text }
      open = nil
    }
    return recipes
  }()

  @Test func everyRecipeHasMessages() {
    #expect(Self.recipes.count > 15)
    for recipe in Self.recipes { #expect(recipe.example != nil, "line \(recipe.line)") }
  }

  @Test(arguments: recipes)
  func itReadsTheMessagesBelowIt(_ recipe: Recipe) throws {
    let sources = try Start(config: recipe.yaml).settings().sources
    let example = SourceExample(recipe.example ?? "")
    #expect(!sources.isEmpty && !example.isEmpty)
    #expect(example.found(by: sources) == example.expected)
  }

  @Test func everyProfileIsListed() {
    for name in Profile.names { #expect(Self.page.contains("\n| `\(name)` |"), "\(name)") }
  }

  @Test func everyKeyIsExplained() {
    let rows = Self.page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    let terms = rows.flatMap { row in
      row.dropFirst().prefix { $0 != "|" }.split(separator: "`").map(String.init)
    }
    let keys = SourceKeys.source.map(\.name) + SourceKeys.outside + MetricKeys.keys.map(\.name)
    for key in keys {
      #expect(terms.contains(key), "\(key)")
    }
  }
}
