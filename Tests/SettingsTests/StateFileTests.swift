import Settings
import Testing

struct StateFileTests {
  private static let path = "/s/egtop/state.yaml"

  @Test func whatIsWrittenIsReadAgain() throws {
    var plant = StoredView(context: "plant: \"north\" \u{1B}[31m")
    plant.sort = "tte"
    plant.isInverted = true
    plant.hiddenColumns = ["load", "age"]
    plant.pins = ["no", "1e3", "null", "東京", "a, b] # c"]
    plant.filter = "site:\"royal inf\" -/a|b/"
    plant.theme = "mine"
    plant.history = ["filter site:\"royal inf\"", "export csv ~/a b.csv"]
    var none = StoredView(context: nil)
    none.isGrouped = true
    none.regions = ["North-East"]
    none.preset = "alarms"
    let text = StateFile.text([plant, none])
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(try StateFile.views(at: Self.path, files: files([Self.path: text])) == [plant, none])
  }

  @Test func noFileIsNoViews() throws {
    #expect(try StateFile.views(at: Self.path, files: files([:])).isEmpty)
    #expect(try StateFile.views(at: Self.path, files: files([Self.path: ""])).isEmpty)
    let newer = "views:\n  - {context: a, colours: [many]}\nother: 1\n"
    let views = try StateFile.views(at: Self.path, files: files([Self.path: newer]))
    #expect(views == [StoredView(context: "a")])
  }

  @Test(arguments: [
    ("views: 3", "/s/egtop/state.yaml:1:8: a list is expected here, not \"3\""),
    ("views:\n  - inverted: perhaps\n", "/s/egtop/state.yaml:2:15: true or false is expected"),
    ("views: [", "/s/egtop/state.yaml:"), ("views:\n  - pins: {a: 1}\n", "/s/egtop/state.yaml:2:"),
  ])
  func saysWhatIsWrongInIt(text: String, message: String) throws {
    let error = try #require(throws: SettingsError.self) {
      try StateFile.views(at: Self.path, files: files([Self.path: text]))
    }
    #expect(error.description.hasPrefix(message))
  }

  @Test(arguments: [
    (["XDG_STATE_HOME": "/x", "HOME": "/h"], "/x/egtop/state.yaml"),
    (["XDG_STATE_HOME": "x", "HOME": "/h"], "/h/.local/state/egtop/state.yaml"), ([:], nil),
    (["HOME": ""], nil),
  ])
  func liesWhereOthersLookForIt(environment: [String: String], path: String?) {
    #expect(StateFile.path(environment: environment) == path)
  }
}
