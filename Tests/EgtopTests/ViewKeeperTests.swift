import Dashboard
import Settings
import System
import Testing

@testable import egtop

struct ViewKeeperTests {
  @Test func keepsTheNewestViewOfEachContext() throws {
    let folder = try DisposableDirectory(prefix: "egtop-view")
    let path = folder.path + "/egtop/state.yaml"
    for (context, count) in [("a", 3), (nil, 1), ("a", 2)] as [(String?, Int)] {
      let keeper = try ViewKeeper(path: path, context: context)
      for number in 1...count {
        var view = ViewChoices()
        view.sort = SortOrder(column: .load, isInverted: true)
        view.pins = (1...number).map { "g\($0)" }
        keeper.keep(view)
      }
      keeper.close()
      #expect(keeper.failure == nil)
    }
    let views = try StateFile.views(at: path, like: StoredView.sample)
    #expect(views.map(\.context) == [nil, "a"])
    #expect(views.map { ViewChoices($0).pins } == [["g1"], ["g1", "g2"]])
    #expect(ViewChoices(views[1]).sort == SortOrder(column: .load, isInverted: true))
    removeFlatDirectory(folder.path + "/egtop")
  }

  @Test func aFolderThatCannotBeWrittenFailsNobody() throws {
    let keeper = try ViewKeeper(path: "/proc/nowhere/state.yaml", context: nil)
    keeper.keep(ViewChoices())
    keeper.close()
    #expect(keeper.failure?.contains("/proc/nowhere") == true)
  }

  @Test func whatAFileHoldsIsBoundedAndMadeSafe() {
    var stored = StoredView(context: nil)
    stored.values["sort"] = .text("beauty")
    stored.values["hiddenColumns"] = .texts(["load", "mark", "odd"])
    let long = String(repeating: "x", count: 200)
    stored.values["pins"] = .texts(Array(repeating: long, count: 300) + ["\u{1B}[2J"])
    stored.values["regions"] = .texts(["\u{1B}[2J"])
    stored.values["preset"] = .text("detail")
    let view = ViewChoices(stored)
    #expect(view.sort == SortOrder() && view.hiddenColumns == [.load] && view.preset == .ops)
    #expect(view.pins.count == ViewChoices.mostPins && view.pins.allSatisfy { $0.count <= 64 })
    #expect(view.regions == ["\\x1b[2J"])
    var options = DashboardOptions()
    options.choices = view
    #expect(DashboardState(options).hiddenColumns == [.load])
  }
}

/// Files as an egtop of before wrote them.
struct EarlierStateFileTests {
  private static let file = """
    # How egtop was left, which writes this file; delete it to begin anew.
    views:
      - context: null
        inverted: false
        grouped: false
        hiddenColumns: []
        pins: []
        filter: ""
        regions: []
        history: []
      - context: "plant"
        sort: "tte"
        inverted: true
        grouped: true
        hiddenColumns: ["load", "age"]
        pins: ["1e3", "no"]
        filter: "fuel<50 -/a|b/"
        regions: ["North-East", "unknown"]
        preset: "alarms"
        theme: "night"
        history: ["sort tte desc", "group on"]

    """

  @Test func stillOpen() throws {
    let folder = try DisposableDirectory(prefix: "egtop-view")
    let path = folder.path + "/state.yaml"
    try writeFileAtomically(path, Array(Self.file.utf8))
    let views = try StateFile.views(at: path, like: StoredView.sample)
    #expect(views.map(\.context) == [nil, "plant"])
    #expect(ViewChoices(views[0]) == ViewChoices())
    var plant = ViewChoices()
    plant.sort = SortOrder(column: .timeToEmpty, isInverted: true)
    plant.isGrouped = true
    plant.hiddenColumns = [.load, .age]
    plant.pins = ["1e3", "no"]
    plant.filter = "fuel<50 -/a|b/"
    plant.regions = ["North-East", "unknown"]
    plant.preset = .alarms
    plant.theme = "night"
    plant.history = ["sort tte desc", "group on"]
    #expect(ViewChoices(views[1]) == plant)
    // What is written now is read by that egtop: the same keys, and nothing that only lasts as long as the program.
    plant.usesMouse = true
    plant.times = .age
    let text = StateFile.text([StoredView(plant, context: "plant")])
    let lines = Self.file.split(separator: "\n").suffix(11).sorted()
    #expect(text.split(separator: "\n").dropFirst(2).sorted() == lines)
  }
}
