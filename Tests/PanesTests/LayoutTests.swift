import Dashboard
import Foundation
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
  case .differences: [.character("D")]
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

  /// Fleets to look at: their names, and how they come to be.
  static let fleets: [(String, @Sendable () -> SampleFleet)] = [
    ("heard", { SampleFleet((80, 24)) }),
    ("unheard", { SampleFleet(unheard: (80, 24)) }),
    (
      "broken",
      {
        var fleet = SampleFleet((80, 24))
        fleet.breakFeeds()
        return fleet
      }
    ),
  ]

  /// Draws a view at many sizes, at every one up to 300 by 100 for `make soak`: no size traps, and no border is broken.
  @Test(arguments: views)
  func everySizeCanBeDrawn(keys: [Key]) {
    for (place, (name, fleet)) in Self.fleets.enumerated() {
      var fleet = fleet()
      for key in keys { fleet.send(.key(key)) }
      for (width, height) in place == 0 ? Self.sizes : Self.edges {
        fleet.send(.resize(width: width, height: height))
        fleet.send(.frame)
        let isPlain = (width + height) % 4 == 0
        let canvas = fleet.canvas(isPlain ? .ascii : .unicode)
        #expect(canvas.width == width && canvas.height == height)
        if isPlain { continue }
        let flaws = fleet.brokenBorders(of: canvas)
        guard !flaws.isEmpty else { continue }
        let picture = canvas.text.joined(separator: "\n")
        // One is enough: others of the view may be hundreds.
        Issue.record("\(name) at \(width)x\(height): \(flaws.prefix(3))\n\(picture)")
        return
      }
    }
  }

  /// Without `EGTOP_SOAK` every fourth width and every other height, not all with all, and the edges.
  private static let sizes: [(Int, Int)] = {
    if ProcessInfo.processInfo.environment["EGTOP_SOAK"] != nil {
      return (1...100).flatMap { height in (1...300).map { ($0, height) } }
    }
    return stride(from: 1, through: 300, by: 4).map { ($0, 1 + $0 * 31 % 100) }
      + stride(from: 2, through: 100, by: 2).map { (1 + $0 * 47 % 300, $0) } + edges
  }()

  /// Sizes around which the layout changes, and the extremes.
  private static let edges: [(Int, Int)] =
    zip([39, 40, 40, 80, 99, 100, 100, 101, 159, 160], [10, 9, 10, 24, 30, 29, 30, 31, 40, 39])
    .map { ($0, $1) } + [(1, 1), (1, 100), (300, 1), (300, 100), (20, 5), (2, 2), (160, 40)]
}

extension SampleFleet {
  /// The borders that do not join, in words.
  func brokenBorders(of canvas: Canvas) -> [String] {
    Borders(
      canvas,
      partedRows: state.layout.strip.rows,
      typedRows: state.prompt == nil ? 0..<0 : (state.height - 2)..<state.height,
      hasOverlay: state.overlay != nil
    ).flaws
  }
}
