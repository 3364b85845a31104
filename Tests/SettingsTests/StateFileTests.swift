import Settings
import Testing

struct StateFileTests {
  private static let path = "/s/egtop/state.yaml"
  private static let sample: [String: StoredValue] = [
    "sort": .text(""), "inverted": .flag(false), "pins": .texts([]), "filter": .text(""),
    "history": .texts([]),
  ]

  private func views(_ texts: [String: String]) throws -> [StoredView] {
    try StateFile.views(at: Self.path, like: Self.sample, files: files(texts))
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let plant = StoredView(
      context: "plant: \"north\" \u{1B}[31m",
      values: [
        "sort": .text("tte"), "inverted": .flag(true),
        "pins": .texts(["no", "1e3", "null", "東京", "a, b] # c"]),
        "filter": .text("site:\"royal inf\" -/a|b/"),
        "history": .texts(["filter site:\"royal inf\"", "export csv ~/a b.csv"]),
      ]
    )
    let none = StoredView(context: nil, values: ["inverted": .flag(false), "pins": .texts([])])
    let text = StateFile.text([plant, none])
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(try views([Self.path: text]) == [plant, none])
  }

  @Test func noFileIsNoViews() throws {
    #expect(try views([:]).isEmpty)
    #expect(try views([Self.path: ""]).isEmpty)
    let newer = "views:\n  - {context: a, colours: [many]}\nother: 1\n"
    #expect(try views([Self.path: newer]) == [StoredView(context: "a")])
  }

  @Test(arguments: [
    ("views: 3", "/s/egtop/state.yaml:1:8: a list is expected here, not \"3\""),
    ("views:\n  - inverted: perhaps\n", "/s/egtop/state.yaml:2:15: true or false is expected"),
    ("views: [", "/s/egtop/state.yaml:"), ("views:\n  - pins: {a: 1}\n", "/s/egtop/state.yaml:2:"),
  ])
  func saysWhatIsWrongInIt(text: String, message: String) throws {
    let error = try #require(throws: SettingsError.self) {
      try views([Self.path: text])
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
