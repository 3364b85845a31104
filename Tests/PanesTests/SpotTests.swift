import Dashboard
import Model
import Terminal
import Testing

@testable import Panes

/// What can be clicked is where it is drawn.
struct SpotTests {
  private struct Shown {
    var canvas: Canvas
    var spots: [Spot]

    /// What is under the first letter of `text`, in the row that begins to hold `row`.
    func target(_ text: String, inRowWith row: String? = nil) throws -> PointerTarget? {
      let y = try #require(canvas.text.firstIndex { $0.contains(row ?? text) })
      let line = canvas.text[y]
      let place = try #require(line.firstRange(of: text))
      return spots.target(x: TextWidth.of(line[..<place.lowerBound]), y: y)
    }
  }

  private func shown(_ width: Int, _ height: Int, _ keys: Key...) -> Shown {
    var fleet = SampleFleet((width, height))
    for key in keys { fleet.press(key) }
    let drawing = drawDashboard(fleet.state, glyphs: .unicode)
    return Shown(canvas: drawing.canvas, spots: drawing.spots)
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60)])
  func hintsAreTheirKeys(width: Int, height: Int) throws {
    let shown = shown(width, height)
    #expect(try shown.target("? help") == .key(.character("?")))
    #expect(try shown.target("region", inRowWith: "? help") == .key(.character("r")))
    #expect(try shown.target("q quit") == .key(.character("q")))
  }

  @Test func theFleetIsItsGeneratorsUnderNamesOfColumns() throws {
    let shown = shown(120, 40)
    #expect(try shown.target("EG-417") == .generator(0))
    #expect(try shown.target("LOAD%") == .column(.load))
    #expect(try shown.target("FUEL ", inRowWith: "LOAD%") == .column(.fuel))
    #expect(try shown.target("FLEET") == .pane(.fleet))
    #expect(try shown.target("PIPELINE") == .pane(.pipeline))
    #expect(shown.spots.target(x: 0, y: 0) == nil)
  }

  @Test func regionsAreThose() throws {
    let strip = shown(120, 40)
    #expect(try strip.target("All") == .region(nil))
    #expect(try strip.target("Wales", inRowWith: "All") == .region(2))
    let pane = shown(200, 60)
    #expect(try pane.target("Wales", inRowWith: "4 Wales") == .row(.regions, line: 3))
  }

  @Test func listsBesideTheFleetAreTheirLines() throws {
    let shown = shown(120, 40)
    let y = try #require(shown.canvas.text.firstIndex { $0.contains("REFUEL ALARMS") })
    #expect(shown.spots.target(x: 4, y: y + 1) == .row(.alarms, line: 0))
    #expect(shown.spots.target(x: 4, y: y + 3) == .row(.alarms, line: 2))
  }

  @Test func groupsHaveASign() throws {
    let shown = shown(120, 40, .character("t"))
    let target = try shown.target("- London")
    #expect(target == .sign(.region(3)))
    #expect(try shown.target("ndon", inRowWith: "- London") == .heading(.region(3)))
  }

  @Test(arguments: ["s", "c", "r", "C", "?", "="])
  func aClickBesideAnOverlayClosesIt(key: Character) {
    let shown = shown(120, 40, .character(key))
    #expect(shown.spots.target(x: 0, y: 39) == .key(.escape))
    #expect(shown.spots.target(x: 60, y: 0) == .key(.escape))
    #expect(shown.spots.contains { $0.target == .nothing })
  }

  @Test func menusAreTheirLines() throws {
    let sort = shown(80, 24, .character("s"))
    let place = SortColumn.allCases.firstIndex(of: .load) ?? 0
    #expect(try sort.target("l  load") == .choice(place))
    #expect(try sort.target("I reverses") == .key(.character("I")))
    let themes = shown(80, 24, .character("C"))
    #expect(try themes.target("paper") == .choice(1))
    let regions = shown(80, 24, .character("r"))
    #expect(try regions.target("4 Wales") == .choice(4))
  }

  @Test func nothingButItsKeysTakesClicksWhileTyping() throws {
    let shown = shown(120, 40, .character("/"), .character("e"))
    #expect(shown.spots.target(x: 20, y: 10) == .nothing)
    #expect(try shown.target("Enter") == .key(.enter))
  }

  @Test func anySizeHasSpots() {
    for width in [1, 2, 7, 29, 41, 100, 127] {
      for height in [1, 3, 9, 24, 41] {
        for key in ["s", "c", "r", "C", "?", "=", "/", "t"] {
          let shown = shown(width, height, .character(Character(key)))
          #expect(shown.spots.allSatisfy { !$0.area.isEmpty })
        }
      }
    }
  }
}
