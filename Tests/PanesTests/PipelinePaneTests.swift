import Dashboard
import Model
import Terminal
import Testing

struct PipelinePaneTests {
  /// A sink whose backlog grows for five minutes.
  private func falling(behind size: (width: Int, height: Int)) -> SampleFleet {
    var fleet = SampleFleet(size)
    for second in stride(from: 5.0, through: 300, by: 5) {
      let lag = GroupLag(recordsBehind: 1_900 + Int(second) * 5, secondsBehind: 48 + second)
      fleet.send(.feed(.groupLag(lag)), at: second)
      fleet.send(.tick, at: second)
    }
    fleet.send(.frame, at: 300)
    return fleet
  }

  @Test func theSlowestHopIsNamedInWords() throws {
    let text = SampleFleet((120, 40)).canvas().text
    #expect(
      text.contains { $0.contains("slowest hop: sink, 48 s behind, the group does not keep up") }
    )
    #expect(text.contains { $0.contains("sink SLOWEST") })
    let small = SampleFleet((80, 24)).canvas().text
    #expect(small.contains { $0.contains("slowest hop: sink") })
  }

  @Test(arguments: [(120, 40), (200, 60), (80, 24)])
  func aGrowingBacklogIsForecast(width: Int, height: Int) {
    var fleet = falling(behind: (width, height))
    fleet.press(.character("p"), .character("p"), at: 300)
    let text = fleet.canvas().text
    #expect(text.contains { $0.contains("rising 300/min,") })
    #expect(text.contains { $0.contains("slowest hop: sink, ") })
  }

  @Test func aLatePipelineHasAChartThatRises() throws {
    var fleet = falling(behind: (200, 60))
    fleet.press(.character("p"), .character("p"), at: 300)
    let canvas = fleet.canvas()
    let row = try #require(canvas.text.firstIndex { $0.contains("sink SLOWEST") })
    // Below its name, the column of the sink has cells of a chart in the colour of what is wrong.
    let name = try #require(canvas.text[row].firstRange(of: "sink SLOWEST"))
    let x = TextWidth.of(canvas.text[row][..<name.lowerBound])
    let heights = (x..<x + 20).map { column in
      (row..<row + 26).filter { canvas[column, $0].role == .gaugeCritical }.count
    }.filter { $0 > 0 }
    #expect(heights.count > 5)
    #expect(heights == heights.sorted())
  }
}
