import Dashboard
import Terminal
import Testing

struct DashboardLayoutTests {
  @Test func nothingOverlapsOrLeavesTheScreenAtAnySize() {
    for width in 0...240 {
      for height in 0...80 {
        let layouts =
          ViewID.allCases.map { DashboardLayout(width: width, height: height, view: $0) }
          + [PaneID.fleet, .pipeline].map {
            DashboardLayout(width: width, height: height, zoomed: $0)
          }
        for layout in layouts {
          let areas = [layout.header, layout.strip, layout.hints] + layout.places.map(\.area)
          let isInside = areas.allSatisfy {
            $0.x >= 0 && $0.y >= 0 && $0.right <= width && $0.bottom <= height
          }
          let isApart = areas.indices.allSatisfy { place in
            areas[(place + 1)...].allSatisfy { areas[place].intersection($0).isEmpty }
          }
          if !isInside || !isApart { Issue.record("\(width)x\(height) \(areas)") }
        }
      }
    }
  }

  @Test(arguments: [
    (80, 24, DashboardLayout.Style.ruled, 4), (120, 40, .boxed, 4), (200, 60, .boxed, 5),
    (40, 10, .ruled, 1), (20, 5, .minimal, 1),
  ])
  func hasAPlaceForWhatMattersAtEachSize(
    width: Int,
    height: Int,
    style: DashboardLayout.Style,
    panes: Int
  ) {
    let layout = DashboardLayout(width: width, height: height)
    #expect(layout.style == style)
    #expect(layout.places.count == panes)
    #expect(layout.listRows(of: .fleet) >= height / 5)
  }

  @Test(arguments: ViewID.allCases)
  func placesOnlyPanesOfTheView(view: ViewID) {
    for (width, height) in [(20, 5), (40, 10), (80, 24), (120, 40), (200, 60)] {
      let layout = DashboardLayout(width: width, height: height, view: view)
      #expect(!layout.places.isEmpty)
      #expect(layout.places.allSatisfy { view.panes.contains($0.pane) })
    }
  }

  @Test func findsTheNeighbourOnEachSide() {
    let layout = DashboardLayout(width: 120, height: 40)
    #expect(layout.neighbour(of: .fleet, .down) == .alarms)
    #expect(layout.neighbour(of: .alarms, .right) == .events)
    #expect(layout.neighbour(of: .events, .left) == .alarms)
    #expect(layout.neighbour(of: .pipeline, .up) == .alarms)
    #expect(layout.neighbour(of: .fleet, .up) == nil)
    #expect(layout.neighbour(of: .regions, .left) == nil)
  }
}
