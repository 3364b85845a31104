import Dashboard
import Terminal
import Testing

struct DashboardLayoutTests {
  @Test func nothingOverlapsOrLeavesTheScreenAtAnySize() {
    for width in 0...240 {
      for height in 0...80 {
        for zoomed in [nil, PaneID.fleet, .pipeline] {
          let layout = DashboardLayout(width: width, height: height, zoomed: zoomed)
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
}
