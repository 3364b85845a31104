import Model
import Settings
import Testing

struct InventoryTests {
  private func read(_ name: String, _ text: String) throws -> [InventoryEntry] {
    try Start(words: "--inventory \(name)", texts: [name: text]).settings().fleet.inventory
  }

  private static var expected: [InventoryEntry] {
    var entry = InventoryEntry(id: "g1", name: "Hospital, \"north\" wing")
    (entry.region, entry.tank, entry.unit, entry.ratedPower) = ("north", 2000, "L", 250.5)
    return [entry, InventoryEntry(id: "g2")]
  }

  @Test(arguments: [
    "id,name,region,tank,unit,ratedPower\ng1,\"Hospital, \"\"north\"\" wing\",north,2000,L,250.5\ng2,,,,,\n",
    "\u{FEFF}Rated Power,TANK,unit,region,name,id\r\n250.5,2e3,L,north,\"Hospital, \"\"north\"\" wing\",g1\r\n"
      + "\r\n,,,,,g2",
    "unit , id,rated_power,name,region,tank\nL, g1 ,250.5,\"Hospital, \"\"north\"\" wing\",north,2000\n,g2,,,,",
  ])
  func readsCSVInAnyColumnOrder(text: String) throws {
    #expect(try read("/f/fleet.csv", text) == Self.expected)
  }

  @Test
  func readsYAML() throws {
    let text = """
      - {id: g1, name: 'Hospital, "north" wing', region: north, tank: 2000, unit: L, ratedPower: 250.5}
      - id: g2
        name:
      """
    #expect(try read("/f/fleet.yaml", text) == Self.expected)
    #expect(try read("/f/fleet.YML", text) == Self.expected)
  }

  @Test
  func aRefuelMarkIsAnAmountOrAShareOfTheTank() throws {
    let marks = try read("/f/fleet.csv", "id,refuel_mark\na,225\nb,25%\nc,\n").map(\.refuelMark)
    #expect(marks == [.units(225), .percent(25), nil])
  }

  @Test(arguments: ["", "\n\n", "id,name\n"])
  func anEmptyFileHasNoGenerators(text: String) throws {
    #expect(try read("/f/fleet.csv", text).isEmpty)
  }

  @Test(arguments: [
    ("f.csv", "id,nmae\n", "f.csv:1: unknown column \"nmae\"; did you mean name?"),
    ("f.csv", "id,name,ID\n", "f.csv:1: the column id appears twice"),
    ("f.csv", "id,name\na\n", "f.csv:2: there are 1 values for 2 columns"),
    (
      "f.csv", "id,name\na,b\n\n\"c\nd\",e\na,x\n",
      "f.csv:4: id has characters that cannot be shown"
    ),
    ("f.csv", "id,name\na,b\nc,\"d\ne\n", "f.csv:3: a quote is not closed"),
    (
      "f.csv", "id,name\na,b\"c\"\n",
      "f.csv:2: a quote stands inside a value that does not begin with one"
    ),
    ("f.csv", "id\n\"a\"b\n", "f.csv:2: there is text behind a closing quote"),
    ("f.csv", "id,tank\na,0\n", "f.csv:2: tank: \"0\" is not a number from 0.001 to 1000000000"),
    (
      "f.csv", "id,refuelMark\na,half\n",
      "f.csv:2: refuelMark: \"half\" is neither an amount of fuel nor a share of the tank, such as 25%"
    ),
    ("f.csv", "id,name\na,b\n,c\n", "f.csv:3: a generator needs an id"),
    ("f.csv", "id\na\nb\na\n", "f.csv:4: \"a\" is already in line 2"),
    ("f.csv", "id\na\u{1B}[0m\n", "f.csv:2: id has characters that cannot be shown"),
    (
      "f.csv", "id\n\(String(repeating: "a", count: 65))\n",
      "f.csv:2: id is longer than 64 characters"
    ),
    ("f.yaml", "- {id: a}\n- {id: a}\n", "f.yaml:2:3: \"a\" is already in line 1"),
    (
      "f.yaml", "- {id: a, regoin: b}\n",
      "f.yaml:1:11: unknown key \"regoin\"; did you mean region?"
    ),
    (
      "f.yaml", "- {id: a, tank: big}\n",
      "f.yaml:1:17: tank: \"big\" is not a number from 0.001 to 1000000000"
    ),
    ("f.yaml", "id: a\n", "f.yaml:1:1: a list is expected here, not a mapping"),
    ("f.yaml", "- a\n", "f.yaml:1:3: a mapping is expected here, not \"a\""),
    ("f.yaml", "- {name: a}\n", "f.yaml:1:3: a generator needs an id"),
  ])
  func namesTheLine(name: String, text: String, message: String) {
    let start = Start(words: "--inventory \(name)", texts: [name: text])
    #expect(start.failure() == message)
  }

  @Test
  func aMissingFileIsAnError() {
    #expect(
      Start(words: "--inventory f.csv").failure()
        == "--inventory: cannot open f.csv: No such file or directory"
    )
  }
}
