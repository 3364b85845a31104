import Feeds
import Model
import Settings
import System
import Testing

@testable import egtop

struct FleetMemoryTests {
  private static let wall: Int64 = 1_767_225_600_000_000_000

  private func settings(_ line: String) throws -> Settings {
    let words = line.split(separator: " ").map(String.init)
    let parsed = try Commands.parse(words, environment: [:], files: .system)
    guard case .dashboard(let settings) = parsed else {
      throw InvocationError(description: "no dashboard")
    }
    return settings
  }

  /// A fleet of some generators that were heard a while ago.
  private static func fleet(_ ids: [String], hoursAgo: Int64 = 2) -> (Fleet, Stamp) {
    var fleet = Fleet()
    let now = Stamp(monotonic: 1_000_000_000_000_000, wall: wall)
    fleet.apply(.names(generators: ids, regions: ["North"]), at: now)
    let known = ids.indices.map { place in
      var reading = Reading()
      reading[.fuel] = Double(place) + 0.5
      reading[.voltage] = 230
      return RememberedGenerator(
        generator: GeneratorIndex(place),
        name: place == 0 ? "Mill" : nil,
        region: RegionIndex(place % 2),
        heardAt: wall - hoursAgo * 3_600_000_000_000,
        session: place == 1 ? .lost : .unknown,
        reading: reading,
        burn: place == 0
          ? nil : LearntBurn(rate: 240, error: 12, isByPower: place == 2)
      )
    }
    fleet.apply(.remembered(known), at: now)
    return (fleet, now)
  }

  @Test func whatIsKeptIsThereTheNextTime() throws {
    let folder = try DisposableDirectory(prefix: "egtop-fleet")
    let environment = ["XDG_STATE_HOME": folder.path]
    let settings = try settings("--mqtt mqtt://broker")
    let memory = try #require(try FleetMemory(settings, isKept: true, environment: environment))
    #expect(memory.recall(at: Self.wall).isEmpty)
    let (fleet, now) = Self.fleet(["g1", "g2", "日本"])
    memory.keep(fleet, isNow: true, at: now)
    memory.close()
    #expect(memory.takeProblem() == nil)
    #expect(try !isOpenToOthers(memory.path))
    let again = try #require(try FleetMemory(settings, isKept: false, environment: environment))
    let kept = again.recall(at: Self.wall)
    #expect(kept.map(\.id) == ["g1", "g2", "日本"] && kept.map(\.region) == ["", "North", ""])
    #expect(kept.map(\.known.name) == ["Mill", nil, nil])
    #expect(kept.map(\.known.reading.fuel) == [0.5, 1.5, 2.5])
    let burns = kept.map(\.known.burn)
    #expect(burns.map { $0?.rate.rounded() } == [nil, 240, 240])
    #expect(burns.map { $0?.error.rounded() } == [nil, 12, 12])
    #expect(burns.map { $0?.isByPower } == [nil, false, true])
    #expect(kept[1].known.session == .lost && kept[1].known.reading[.voltage] == 230)
    #expect(kept[0].known.heardAt == Self.wall - 7_200_000_000_000)
    // Another fleet has a memory of its own.
    let others = try self.settings("--mqtt mqtt://other")
    let other = try FleetMemory(others, isKept: false, environment: environment)
    #expect(other?.recall(at: Self.wall).isEmpty == true)
    removeFlatDirectory(folder.path + "/egtop")
  }

  @Test func theMailboxHasThemBeforeAnyFeed() throws {
    let folder = try DisposableDirectory(prefix: "egtop-fleet")
    let environment = ["XDG_STATE_HOME": folder.path]
    let memory = try #require(
      try FleetMemory(settings("--mqtt m"), isKept: true, environment: environment)
    )
    let (fleet, now) = Self.fleet(["g1", "g2"])
    memory.keep(fleet, isNow: true, at: now)
    memory.close()
    let mailbox = Mailbox {}
    mailbox.register(generators: ["g2"], regions: ["South"])
    mailbox.put(memory)
    var other = Fleet()
    for event in mailbox.takeEvents() { other.apply(event, at: now) }
    #expect(other.ids == ["g2", "g1"] && other.regions == ["unknown", "South", "North"])
    #expect(other.onlyRemembered == [0, 1] && other.generators[0].region == 2)
    #expect(other.names == [nil, "Mill"])
    removeFlatDirectory(folder.path + "/egtop")
  }

  @Test func nothingIsKeptForThirtyDaysWithoutAWord() throws {
    let folder = try DisposableDirectory(prefix: "egtop-fleet")
    let environment = ["XDG_STATE_HOME": folder.path]
    let memory = try #require(
      try FleetMemory(settings("--mqtt m"), isKept: true, environment: environment)
    )
    let (fleet, now) = Self.fleet(["g1"], hoursAgo: 721)
    memory.keep(fleet, isNow: true, at: now)
    memory.close()
    #expect(memory.recall(at: Self.wall).isEmpty)
    removeFlatDirectory(folder.path + "/egtop")
  }

  @Test func whatOthersWroteIsReadWithCareAndNotWrittenOver() throws {
    let lines = [
      "# egtop fleet 1 broker", "g1\tNorth\t\t1767220000\to\tfuel=12.5\tload=nan\todd=1\tx",
      "\u{1B}[2J\t\u{7}\tA\t1767220000\t-", "", "g2\t\t\t9999999999\t-", "g3\t\t\tsoon\t-",
      "g4\t\t\t1767220000\t?", "g5", "\t\t\t1767220000\t-", "g6\t\t\t1767220000\td\tfuel=1e999",
    ]
    let kept = try #require(KeptGenerator.all(in: lines.joined(separator: "\n"), at: Self.wall))
    #expect(kept.map(\.id) == ["g1", "\\x1b[2J", "g6"])
    #expect(kept.map(\.known.reading.fuel) == [12.5, nil, nil])
    #expect(kept[0].known.reading.load == nil && kept[1].region == "\\x07")
    for text in ["", "# egtop fleet 2 x\n", "views:\n"] {
      #expect(KeptGenerator.all(in: text, at: Self.wall) == nil)
    }
    let folder = try DisposableDirectory(prefix: "egtop-fleet")
    let environment = ["XDG_STATE_HOME": folder.path]
    let memory = try #require(
      try FleetMemory(settings("--mqtt m"), isKept: true, environment: environment)
    )
    try makeDirectories(folder.path + "/egtop")
    try writeFileAtomically(memory.path, Array("# egtop fleet 2 x\n".utf8))
    #expect(memory.recall(at: Self.wall).isEmpty)
    let (fleet, now) = Self.fleet(["g1"])
    memory.keep(fleet, isNow: true, at: now)
    memory.close()
    #expect(try readFile(memory.path, limit: 99) == Array("# egtop fleet 2 x\n".utf8))
    #expect(memory.takeProblem()?.contains("another version") == true)
    #expect(memory.takeProblem() == nil)
    removeFlatDirectory(folder.path + "/egtop")
  }

  @Test func aHundredThousandTakeAFewMegabytesAndTheLongestSilentGoFirst() throws {
    let ids = (0..<100_010).map { "generator\($0)" }
    var (fleet, now) = Self.fleet(ids)
    var late: [RememberedGenerator] = []
    for index in 0..<10 as Range<GeneratorIndex> {
      let heardAt = Self.wall - 8 * 3_600_000_000_000
      late.append(RememberedGenerator(generator: index, heardAt: heardAt, reading: Reading()))
    }
    fleet.apply(.remembered(late), at: now)
    now.monotonic += 1
    let folder = try DisposableDirectory(prefix: "egtop-fleet")
    let environment = ["XDG_STATE_HOME": folder.path]
    let memory = try #require(
      try FleetMemory(settings("--mqtt m"), isKept: true, environment: environment)
    )
    memory.keep(fleet, isNow: true, at: now)
    // Closing waits half a second, which may be too short here.
    var kept: [KeptGenerator] = []
    while kept.isEmpty, memory.takeProblem() == nil {
      memory.close()
      kept = memory.recall(at: Self.wall)
    }
    #expect(kept.count == FleetMemory.most && kept.allSatisfy { $0.known.reading.fuel != nil })
    #expect(try readFile(memory.path, limit: 1 << 30).count < 8_000_000)
    removeFlatDirectory(folder.path + "/egtop")
  }
}
