import Dashboard
import Panes
import Terminal
import Testing

/// The keys that lead from the first screen to `view`.
func keys(to view: ViewID) -> [Key] {
  switch view {
  case .map: [.character("M")]
  case .ops, .alarms, .pipeline, .wall:
    Array(repeating: .character("p"), count: ViewID.presets.firstIndex(of: view) ?? 0)
  case .overview: [.character("O")]
  case .log: [.character("@")]
  case .detail: [.enter]
  }
}

struct LayoutTests {
  /// What can lie over the panes, as the keys that bring it there.
  static let views: [[Key]] =
    [
      [], [.character("?")], [.character("="), .pageDown], [.character("s")],
      [.character("r"), .character("n")], [.character("/"), .character("東"), .character("x")],
      [.character("z")], [.character("z"), .tab], [.character("z"), .tab, .tab],
      [.character("z"), .tab, .tab, .tab], [.character("z"), .tab, .tab, .tab, .tab],
      [.character("G")], [.character("1")], [.character("c"), .end],
      [.character("t"), .character("*")], [.character("t"), .character("m"), .end],
      [.character("f"), .character("r")], [.character("/"), .character("東"), .character("<")],
      [.character("!"), .character("m"), .character(" "), .character("e")],
      [.character("C"), .down],
    ] + ViewID.allCases.map { keys(to: $0) }

  @Test(arguments: views)
  func everySizeCanBeDrawn(keys: [Key]) {
    var heard = SampleFleet((80, 24))
    for key in keys { heard.send(.key(key)) }
    for (width, height) in sizes {
      heard.send(.resize(width: width, height: height))
      heard.send(.frame)
      let canvas = heard.canvas(width % 2 == 0 ? .unicode : .ascii)
      #expect(canvas.width == width && canvas.height == height)
    }
  }

  /// All widths and all heights, not all with all.
  private var sizes: [(Int, Int)] {
    (1...240).map { ($0, 1 + $0 * 31 % 80) } + (1...80).map { (1 + $0 * 47 % 240, $0) }
      + [(1, 1), (1, 80), (240, 1), (240, 80), (20, 5), (2, 2), (40, 10), (100, 30), (160, 40)]
  }
}
