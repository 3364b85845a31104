import Dashboard
import Model
import Terminal
import Testing

/// What filters say of a small fleet, and of themselves.
struct FleetFilterTests {
  /// Four generators: `g1` well and idle, `g2` low, `x-3` hot and on load, `é4` lost.
  private static func driver(_ filter: String, unit: String = "") -> Driver {
    var driver = Driver {
      $0.choices.filter = filter
      $0.choices.sort = SortOrder(column: .id)
      $0.policy.unit = unit
      $0.inventory = [
        InventoryEntry(id: "g1", name: "Royal Infirmary B"),
        InventoryEntry(id: "x-3", name: "Mast"),
      ]
    }
    let names = ["g1", "g2", "x-3", "É4"]
    driver.apply(.feed(.names(generators: names, regions: ["North-East", "Wales"])))
    driver.send([900, 60, 700, 400])
    driver.seconds += 1
    driver.hear(0, [.load: 0, .power: 0, .temperature: 20, .latitude: 54.98, .longitude: -1.61])
    driver.hear(2, [.load: 90, .power: 312, .temperature: 96.4, .latitude: 51.5, .longitude: -3.2])
    driver.presence(3, .lastWill)
    driver.apply(.frame)
    return driver
  }

  @Test(arguments: [
    ("", ["g1", "g2", "x-3", "É4"]), ("fuel<15%", ["g2"]), ("fuel < 15", ["g2"]),
    ("fuel>=400u", ["g1", "x-3", "É4"]), ("fuel=6%", ["g2"]), ("load>80", ["x-3"]),
    ("temp=96", ["x-3"]), ("temp=96.0", []), ("temp>=95C or fuel<10", ["g2", "x-3"]),
    ("power>=200kw", ["x-3"]), ("load=?", ["g2", "É4"]), ("load!=? region~north", ["g1", "x-3"]),
    ("alarm", ["g2", "É4"]), ("!1", ["g2"]), ("!2", ["É4"]), ("run", ["x-3"]), ("stby", ["g1"]),
    ("alarm -lost", ["g2"]), ("not (alarm or run)", ["g1"]), ("abnormal AND !1", ["g2"]),
    ("state:lost", ["É4"]), ("is!=live", ["É4"]), ("warning", ["É4"]), ("normal", ["g1", "x-3"]),
    ("region~wales", ["g2", "É4"]), ("region=north", []), ("region=\"north-east\"", ["g1", "x-3"]),
    ("region!~wales run", ["x-3"]), ("site:\"royal inf\"", ["g1"]), ("-site:mast g", ["g1", "g2"]),
    ("é", ["É4"]), ("name!=mast", ["g1", "g2", "É4"]), ("id=G2", ["g2"]), ("~rib", ["g1"]),
    ("/^g[12]$|mast/", ["g1", "g2", "x-3"]), ("/É.?\\d/", ["É4"]), ("id~/3$/", ["x-3"]),
    ("near:54.97,-1.61<25km", ["g1"]), ("near:54.97,-1.61 <500km", ["g1", "x-3"]),
    ("age>30s", []), ("tte<2h", []), ("tte=?", ["g1", "g2", "x-3", "É4"]), ("x-3", ["x-3"]),
    ("marked", []), ("-pinned run", ["x-3"]), ("royinf", ["g1"]), ("rib", ["g1"]),
    ("noea", ["g1", "x-3"]), ("x3", []), ("rmy", []), ("rinfx", []), ("\"royinf\"", []),
    ("-royinf g", ["g2"]), ("rma", ["g1"]),
  ])
  func understandsTheGrammar(text: String, expected: [String]) {
    #expect(Self.driver(text).ids == expected)
  }

  @Test(arguments: [
    ("fuel<", 5, 5, "something to compare with, as in fuel<15%"),
    ("fuel<abc", 5, 8, "a number is needed, as in fuel<15%"),
    ("lost fuel", 5, 9, "compare it, as in fuel<15%"),
    ("fuel<500", 5, 8, "over 100%: for units write 500u"),
    ("fuel<5m", 5, 7, "no such unit here; as in fuel<15%"),
    ("tte<2", 4, 5, "a time has s, m, h or d, as in tte<2h"),
    ("feul<5", 0, 4, "no such field; there are fuel tte load power temp age id name region state"),
    ("(lost", 0, 1, "this bracket is not closed"), ("lost)", 4, 5, "this bracket closes nothing"),
    ("lost or", 7, 7, "something is missing here"), ("-", 1, 1, "something is missing here"),
    ("site:\"royal", 5, 11, "the quote is not closed"), ("/ab", 0, 3, "the pattern is not closed"),
    ("/a(b/", 2, 3, "this bracket is not closed in the pattern"),
    ("x /*/", 3, 4, "nothing to repeat here"), ("id<5", 3, 4, "texts are compared by ~ or ="),
    ("state:odd", 6, 9, ""), ("near:1<2km", 5, 6, ""), ("<5", 0, 1, ""), ("()", 1, 2, ""),
    ("fuel<1e3", 5, 8, ""), ("fuel<nan", 5, 8, ""), ("load>--5", 5, 8, ""), ("\"\"", 0, 2, ""),
    ("/a{2}/", 2, 3, ""), ("~", 0, 1, ""), ("near:999,0<2km", 5, 10, ""),
  ])
  func saysWhatIsWrongAndWhere(text: String, start: Int, end: Int, reason: String) throws {
    let error = try #require(throws: LineError.self) { try FleetFilter(text) }
    #expect(error.range == start..<end)
    if !reason.isEmpty { #expect(error.reason == reason) }
  }

  @Test func knowsTheUnitOfTheFleet() {
    #expect(Self.driver("fuel<100gal", unit: "gal").ids == ["g2"])
    #expect(throws: LineError.self) { try FleetFilter("fuel<100l", unit: "gal") }
    #expect(throws: Never.self) { try FleetFilter("fuel<100L") }
  }

  @Test func whateverIsTypedNeverTraps() {
    let parts = Array("fuel<>=!~:-()\"/\\[]^$.*+?|{}, 0159%hgé東\u{301}🚨ornotandnear")
    var numbers = Numbers(state: 7)
    for _ in 0..<20_000 {
      let length = Int(numbers.next() % 14)
      let text = String((0..<length).map { _ in parts[Int(numbers.next() % UInt64(parts.count))] })
      do throws(LineError) {
        _ = try FleetFilter(text)
      } catch {
        let isInside = error.range.upperBound <= text.count && error.range.lowerBound >= 0
        #expect(isInside, "\(text)")
      }
    }
    let deep = String(repeating: "(", count: 399)
    #expect(throws: LineError.self) { try FleetFilter(deep) }
    #expect(throws: LineError.self) { try FleetFilter("/" + deep.dropLast() + "/") }
    #expect(throws: LineError.self) { try FleetFilter(String(repeating: "a", count: 401)) }
  }

  @Test func aPatternThatWouldTakeForEverIsQuick() {
    let driver = Self.driver("/^(a*)*(a|a)*(.*.*.*)x$/")
    #expect(driver.state.visible.isEmpty)
    #expect(throws: LineError.self) {
      try FleetFilter("/" + String(repeating: "(a|b).*", count: 40) + "/")
    }
  }

  @Test func filtersByTimeFollowTheClock() {
    var driver = Self.driver("age>30s")
    #expect(driver.ids.isEmpty)
    driver.wait(40)
    #expect(driver.ids == ["g1", "g2", "x-3", "É4"])
  }
}

extension Driver {
  /// A live sample of one generator, without an enriched record.
  mutating func hear(_ generator: GeneratorIndex, _ values: [Metric: Double]) {
    var reading = Reading()
    for (metric, value) in values { reading[metric] = value }
    let sample = Sample(
      generator: generator,
      source: .mqtt,
      receivedAt: stamp.monotonic,
      reading: reading
    )
    apply(.feed(.samples([sample])))
  }
}
