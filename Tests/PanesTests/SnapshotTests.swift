import Dashboard
import Model
import Terminal
import TestSupport
import Testing

/// Pictures of every view; `RECORD_SNAPSHOTS=1 swift test` takes them anew.
///
/// They are few, so that a reviewer reads what changes in them: each view at the two sizes that most have, in plain
/// characters and on the smallest screen once; what lies over the views once. At the other sizes all must be drawn.
struct SnapshotTests {
  /// The sizes that operators have.
  private static let sizes = [(40, 10), (80, 24), (120, 40), (200, 60)]

  @Test(arguments: [(20, 5), (8, 2)])
  func theSmallestScreens(width: Int, height: Int) throws {
    let fleet = SampleFleet((width, height))
    try expectSnapshot(fleet.canvas(), named: "dashboard-\(width)x\(height)")
    try expectSnapshot(fleet.canvas(.ascii), named: "dashboard-\(width)x\(height)-ascii")
  }

  @Test(arguments: ViewID.allCases)
  func theViews(view: ViewID) throws {
    for size in Self.sizes {
      var fleet = SampleFleet(size)
      for key in keys(to: view) { fleet.press(key) }
      #expect(fleet.state.view == view)
      fleet.send(.tick, at: 6)
      fleet.send(.frame, at: 6)
      let name = "view-\(view.rawValue)-\(size.0)x\(size.1)"
      let (canvas, plain) = (fleet.canvas(), fleet.canvas(.ascii))
      if size != (200, 60) { try expectSnapshot(canvas, named: name) }
      if size == (80, 24) { try expectSnapshot(plain, named: "\(name)-ascii") }
    }
  }

  /// Draws what keys lead to at all sizes, and compares the picture at one.
  private func expectPicture(
    _ name: String,
    press: (inout SampleFleet) -> Void
  ) throws {
    for size in Self.sizes {
      var fleet = SampleFleet(size)
      press(&fleet)
      let canvas = fleet.canvas()
      if size == (80, 24) { try expectSnapshot(canvas, named: "\(name)-80x24") }
    }
  }

  @Test(arguments: [
    ("help", [Key.character("?")]), ("status", [.character("=")]), ("sort", [.character("s")]),
    ("themes", [.character("C"), .down]), ("picker", [.character("r"), .down, .character(" ")]),
    ("filter", [.character("/"), .character("a"), .character("x"), .left]),
    ("region", [.character("3")]), ("abnormal", [.character("!"), .character("j")]),
    ("events", [.tab, .tab, .character("z"), .character("j"), .character("T"), .character("T")]),
    ("alarms", [.tab, .character("z"), .character("T")]),
    ("pipeline", [.tab, .tab, .tab, .character("z")]),
    ("regions", [.character("z"), .backTab]),
  ])
  func whatKeysShow(name: String, keys: [Key]) throws {
    try expectPicture(name) { fleet in
      for key in keys { fleet.press(key) }
    }
  }

  /// What finds, chooses and keeps generators.
  @Test(arguments: [
    ("columns", [Key.character("c"), .down, .character(" "), .down]),
    ("sortmenu", [.character("s"), .down, .down, .character("I")]),
    ("regionmarks", [.character("r"), .down, .character(" "), .character(" ")]),
    ("groups", [.character("t"), .character("j")]),
    ("folded", [.character("t"), .character("*"), .character("j"), .character("+")]),
    ("pins", [.character("j"), .character("m"), .end, .character("m"), .character(" ")]),
  ])
  func whatFindsAndKeeps(name: String, keys: [Key]) throws {
    try expectPicture(name) { fleet in
      for key in keys { fleet.press(key) }
    }
  }

  @Test(arguments: [
    ("find", [Key.character("f")], "roy"), ("typed", [.character("/")], "alarm -lost fuel<15%"),
    ("wrong", [.character("/")], "alarm fuel<15x"), ("guest", [.character("/")], "name:mast"),
    ("command", [.character(":")], "re"), ("commandregion", [.character(":")], "region n"),
    ("commandwrong", [.character(":")], "sort fule desc"),
    ("commandhelp", [.character(":")], "help"),
  ])
  func whatIsTyped(name: String, keys: [Key], text: String) throws {
    try expectPicture(name) { fleet in
      for key in keys { fleet.press(key) }
      fleet.type(text)
      if name == "guest" { fleet.press(.enter, .character("e")) }
      if name == "commandregion" { fleet.press(.tab) }
      if name == "commandwrong" || name == "commandhelp" { fleet.press(.enter) }
    }
  }

  @Test(arguments: [(80, 24), (20, 5)])
  func deadFeeds(width: Int, height: Int) throws {
    var fleet = SampleFleet((width, height))
    fleet.breakFeeds()
    try expectSnapshot(fleet.canvas(), named: "dead-\(width)x\(height)")
  }

  @Test func feedsThatAreNotThereYet() throws {
    var fleet = SampleFleet(unheard: (80, 24))
    fleet.send(.feed(.status(.mqtt, .live)))
    fleet.send(.feed(.status(.kafka, .connecting)))
    try expectSnapshot(fleet.canvas(), named: "beginning-80x24")
    let retrying = FeedStatus.retrying(
      reason: "kf-1.ops:9092 refuses the connection",
      nextTry: SampleFleet.stamp(4.2).monotonic,
      attempt: 3
    )
    fleet.send(.feed(.status(.kafka, retrying)))
    try expectSnapshot(fleet.canvas(), named: "unreachable-80x24")
  }
}

extension SampleFleet {
  /// Both feeds are lost: the raw one since 12 seconds, with the next try in 3.
  mutating func breakFeeds() {
    let mqtt = FeedStatus.retrying(
      reason: "connection refused",
      nextTry: Self.stamp(15).monotonic,
      attempt: 2
    )
    send(.feed(.status(.mqtt, mqtt)), at: 0.1)
    send(.feed(.status(.kafka, .connecting)), at: 9)
    for second in 1...12 { send(.tick, at: Double(second) + 0.2) }
    send(.frame, at: 12.2)
  }
}
