import Dashboard
import Foundation
import Model
import Report
import System
import Terminal
import Testing

/// README and the pages beside the code, against the program they describe.
struct DocumentationTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

  private func lines(_ file: String) throws -> [Substring] {
    let text = String(decoding: try readFile("\(Self.root)/\(file)", limit: 1 << 20), as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private func page(_ name: String) throws -> [Substring] {
    try lines("Sources/egtop/egtop.docc/\(name).md")
  }

  /// What stands in backquotes in the first cell of the rows of all tables.
  private func terms(_ lines: [Substring]) -> [String] {
    lines.filter { $0.hasPrefix("| `") }.flatMap { line in
      let cell = line.dropFirst().prefix { $0 != "|" }
      return cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
  }

  @Test func readmeIsShort() throws {
    #expect(try lines("README.md").count <= 130)
  }

  @Test func theKeysOfReadmeAreThoseOfTheProgram() throws {
    let rows = try lines("README.md").drop { $0 != "| key | what it does |" }.prefix { $0 != "" }
    let names = terms(Array(rows))
    #expect(names.count >= 12)
    for name in names {
      let key = Key(name)
      #expect(key.flatMap { KeyTable.standard.command(for: $0) } != nil, "\(name)")
    }
  }

  @Test func everyStateOfTheFilterIsExplained() throws {
    let terms = Set(terms(try page("Using")))
    for state in FilterState.all {
      #expect(terms.contains(state.row.word), "\(state.row.word)")
      if let alias = state.row.alias { #expect(terms.contains(alias), "\(alias)") }
    }
  }

  @Test func everyNumberThatAFilterComparesIsExplained() throws {
    let text = try page("Using").joined(separator: "\n")
    for metric in Metric.allCases {
      guard let word = metric.row.filter?.words.first else { continue }
      #expect(text.contains("`\(word)`"), "\(word)")
    }
  }

  @Test func everyViewIsExplained() throws {
    let text = try page("Using").joined(separator: "\n")
    for view in ViewID.allCases {
      #expect(
        text.contains("`\(view.rawValue)`") || text.contains("**\(view.rawValue)**"),
        "\(view)"
      )
    }
  }

  @Test func everyFieldOfTheReportIsListed() throws {
    let text = try page("Scripts").joined(separator: "\n")
    let report = FleetReport(DashboardState(DashboardOptions()))
    let fields = report.csv().split(separator: "\r\n")[0].split(separator: ",")
    #expect(fields.count > 10)
    for field in fields { #expect(text.contains("\"\(field)\""), "\(field)") }
  }

  /// So that a page about the code does not outlive what it tells of.
  @Test func theFilesThatThePageOfTheHouseNamesAreThere() throws {
    let words = try page("House").joined(separator: "\n").split(separator: "`")
    var count = 0
    for word in words {
      let parts = word.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isInName) })
      else { continue }
      count += 1
      let path =
        "\(Self.root)/" + (word.hasPrefix("Sources/") || word.hasPrefix("Tests/") ? "" : "Sources/")
      let isThere = [path + word, "\(path)\(word).swift"].contains {
        FileManager.default.fileExists(atPath: $0)
      }
      #expect(isThere, "\(word)")
    }
    #expect(count > 20)
  }

  private static func isInName(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character == "+" || character == ".")
  }
}
