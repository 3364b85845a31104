import Dashboard
import Model
import Terminal
import TestSupport
import Testing

/// Pictures of every view; `RECORD_SNAPSHOTS=1 swift test` takes them anew.
///
/// They are few and small, so that a reviewer reads what changes in them: each view at the two sizes that most have, in
/// plain characters and on the smallest screen once; else only the pane, the overlay or the line that is meant. At the
/// other sizes all must be drawn.
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

  /// What of a picture is compared.
  enum Part {
    case pane(PaneID)
    /// The smallest rectangle of all characters that Esc takes away again.
    case overlay
    /// The last two rows, where the operator types.
    case prompt
  }

  /// Draws what keys lead to at all sizes, and compares a part of the picture at one.
  private func expectPicture(
    _ name: String,
    _ part: Part,
    press: (inout SampleFleet) -> Void
  ) throws {
    for size in Self.sizes {
      var fleet = SampleFleet(size)
      press(&fleet)
      let canvas = fleet.canvas()
      guard size == (80, 24) else { continue }
      let area =
        switch part {
        case .pane(let pane): try #require(fleet.state.layout.area(of: pane))
        case .overlay: try overlay(of: fleet)
        case .prompt: canvas.bounds.split(bottom: 2).bottom
        }
      try expectSnapshot(canvas, of: area, named: name)
    }
  }

  private func overlay(of fleet: SampleFleet) throws -> Rect {
    let canvas = fleet.canvas()
    var closed = fleet
    closed.press(.escape)
    let cells = closed.canvas().cells
    // The last row has the hints of the keys, unless something is typed there.
    let end = fleet.state.prompt == nil ? cells.count - canvas.width : cells.count
    let places = (0..<end).filter { canvas.cells[$0].scalar != cells[$0].scalar }
    let rows = places.map { $0 / canvas.width }
    let columns = places.map { $0 % canvas.width }
    let (left, right) = (try #require(columns.min()), try #require(columns.max()))
    let (top, bottom) = (try #require(rows.min()), try #require(rows.max()))
    return Rect(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }

  @Test(arguments: [
    ("help", Part.overlay, [Key.character("?")]), ("status", .overlay, [.character("=")]),
    ("sort", .overlay, [.character("s")]), ("themes", .overlay, [.character("C"), .down]),
    ("picker", .overlay, [.character("r"), .down, .character(" ")]),
    ("filter", .prompt, [.character("/"), .character("a"), .character("x"), .left]),
    ("region", .pane(.fleet), [.character("3")]),
    ("abnormal", .pane(.fleet), [.character("!"), .character("j")]),
    (
      "events", .pane(.events),
      [.tab, .tab, .character("z"), .character("j"), .character("T"), .character("T")]
    ),
    ("alarms", .pane(.alarms), [.tab, .character("z"), .character("T")]),
    ("pipeline", .pane(.pipeline), [.tab, .tab, .tab, .character("z")]),
    ("differences", .pane(.differences), [.character("D")]),
    ("regions", .pane(.regions), [.character("z"), .backTab]),
  ])
  func whatKeysShow(name: String, part: Part, keys: [Key]) throws {
    try expectPicture(name, part) { fleet in
      for key in keys { fleet.press(key) }
    }
  }

  /// What finds, chooses and keeps generators.
  @Test(arguments: [
    ("columns", Part.overlay, [Key.character("c"), .down, .character(" "), .down]),
    ("sortmenu", .overlay, [.character("s"), .down, .down, .character("I")]),
    ("regionmarks", .overlay, [.character("r"), .down, .character(" "), .character(" ")]),
    ("groups", .pane(.fleet), [.character("t"), .character("j")]),
    (
      "folded", .pane(.fleet), [.character("t"), .character("*"), .character("j"), .character("+")]
    ),
    (
      "pins", .pane(.fleet),
      [.character("j"), .character("m"), .end, .character("m"), .character(" ")]
    ),
  ])
  func whatFindsAndKeeps(name: String, part: Part, keys: [Key]) throws {
    try expectPicture(name, part) { fleet in
      for key in keys { fleet.press(key) }
    }
  }

  @Test(arguments: [
    ("find", Part.prompt, [Key.character("f")], "roy"),
    ("typed", .pane(.fleet), [.character("/")], "alarm -lost fuel<15%"),
    ("wrong", .prompt, [.character("/")], "alarm fuel<15x"),
    ("guest", .pane(.fleet), [.character("/")], "name:mast"),
    ("command", .overlay, [.character(":")], "re"),
    ("commandregion", .overlay, [.character(":")], "region n"),
    ("commandwrong", .prompt, [.character(":")], "sort fule desc"),
    ("commandhelp", .overlay, [.character(":")], "help"),
  ])
  func whatIsTyped(name: String, part: Part, keys: [Key], text: String) throws {
    try expectPicture(name, part) { fleet in
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
