import Model
import Settings
import System
import Testing

/// A file from before egpipe had a section of its own still opens, in both programs.
struct OldConfigurationTests {
  private static let folder = #filePath.prefix(
    #filePath.count - "OldConfigurationTests.swift".count
  )

  private func text(_ name: String) throws -> String {
    let path = "\(Self.folder)Configurations/\(name)"
    return String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
  }

  @Test(arguments: [CommandSet.fleets, .sink, .egpipe])
  func whatEgtopPrintedOpens(commands: CommandSet) throws {
    let start = Start(config: try text("printed-before-egpipe.yaml"), commands: commands)
    let settings = try start.settings()
    #expect(settings.warnings.isEmpty)
    #expect(settings.mqtt?.address == MQTTAddress(host: "h", usesTLS: true, user: "u"))
    #expect(settings.mqtt?.topics == ["x/#"] && settings.mqtt?.presence?.deadTexts == ["a", "b"])
    #expect(settings.kafka?.brokers == ["h:1", "b"] && settings.kafka?.topics == .pattern("^EG"))
    #expect(settings.kafka?.rawTopicName == "x" && settings.kafka?.history == .seconds(5400))
    #expect(settings.kafka?.properties == ["debug": "all", "x.y": "1"])
    #expect(settings.fleet.policy.tank == 1.5 && settings.fleet.policy.refuelMark == 3)
    #expect(settings.screen.columns == ["units"] && settings.screen.times == "utc")
    #expect(settings.screen.order == .descending && settings.screen.isGrouped == true)
    #expect(settings.theme.name == "mono" && settings.run.failOn == [.lag, .lost])
    #expect(settings.screen.framesPerSecond == 7)
    #expect(settings.keys.map(\.command) == ["pin"])
  }

  /// The lines of a printed file before its keys, without what explains them and the places that values come from.
  private func said(_ text: String) -> [Substring] {
    let lines = text.split(separator: "\n").prefix { $0 != "keys:" }.map { $0.drop { $0 == " " } }
    return lines.filter { !$0.hasPrefix("#") }.map { line in
      line[..<(line.firstRange(of: "  # ")?.lowerBound ?? line.endIndex)]
    }
  }

  @Test
  func whatItPrintsOfThatFileHasNotChanged() throws {
    let old = try text("printed-before-egpipe.yaml")
    let keys = [(command: "pin", keys: ["p"])]
    let new = try Start(config: old).effective().printed(keys: keys)
    // What there is since then has its line as well.
    let since = ["profile:", "maximumPacketSize:", "drySoon:", "unknownValues:"]
    #expect(said(new).filter { line in !since.contains { line.hasPrefix($0) } } == said(old))
    #expect(said(new).count >= 50)
  }
}
