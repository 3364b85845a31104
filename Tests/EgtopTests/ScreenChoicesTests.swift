import Model
import Dashboard
import System
import Testing

@testable import Settings
@testable import egtop

/// What the screen is told to begin with, and what it was left like.
struct ScreenChoicesTests {
  private static let noFiles = SettingsFiles(
    read: { (path, _) throws(SystemError) in throw SystemError(action: "open \(path)", code: 2) },
    isOpenToOthers: { (_) throws(SystemError) in false },
  )

  private func settings(_ line: String) throws -> Settings {
    let words = line.split(separator: " ").map(String.init)
    let parsed = try Commands.parse(words, environment: [:], files: Self.noFiles)
    guard case .dashboard(let settings) = parsed else { throw SettingsError("no dashboard") }
    return settings
  }

  private func state(_ line: String, left view: ViewChoices? = nil) throws -> DashboardState {
    let settings = try settings("--mqtt h " + line)
    var options = DashboardOptions(settings, atWall: 0)
    if let view { options.begin(asLeft: view, settings) }
    return DashboardState(options)
  }

  private var left: ViewChoices {
    var view = ViewChoices()
    view.sort = SortOrder(column: .load, isInverted: true)
    view.isGrouped = true
    view.hiddenColumns = [.age]
    view.preset = .alarms
    return view
  }

  @Test func beginsAsItIsTold() throws {
    let state = try state("--sort fuel --order desc --columns region,tte --group --view alarms")
    #expect(state.sort == SortOrder(column: .fuel, isInverted: true))
    let shown = FleetColumn.choosable.filter { state.shows($0) }
    #expect(shown == [.region, .timeToEmpty] && state.isGrouped && state.view == .alarms)
    #expect(try self.state("--time age").times == .age)
  }

  @Test func beginsAsItWasLeftWhereItIsToldNothing() throws {
    let state = try state("", left: left)
    #expect(state.sort == left.sort && state.isGrouped && state.view == .alarms)
    #expect(state.hiddenColumns == [.age])
  }

  @Test func whatItIsToldWins() throws {
    let state = try state("--order asc --no-group --columns load --view ops", left: left)
    #expect(state.sort == SortOrder(column: .load) && !state.isGrouped && state.view == .ops)
    #expect(state.shows(.metric(.load)) && !state.shows(.age))
  }

  @Test(arguments: [
    ("--columns region,laod", "--columns: there is no column \"laod\"; did you mean load?"),
    ("--columns id", "--columns: there is no column \"id\""),
    ("--view alrams", "--view: there is no view \"alrams\"; did you mean alarms?"),
    ("--order up", "Error"),
  ])
  func refusesNamesThatNothingHas(line: String, message: String) throws {
    let error = try #require(throws: InvocationError.self) { try settings("--mqtt h " + line) }
    #expect(message == "Error" || error.description.hasPrefix(message), "\(error)")
  }

  @Test func aThemeAndAHistoryAreKeptInTheFile() throws {
    let folder = try DisposableDirectory(prefix: "egtop-view")
    let path = folder.path + "/state.yaml"
    var view = left
    view.theme = "night"
    view.history = ["sort fuel", "region \"North\", é"]
    let keeper = try ViewKeeper(path: path, context: "plant")
    keeper.keep(view)
    keeper.close()
    let stored = try #require(try StateFile.views(at: path, like: StoredView.sample).first)
    #expect(ViewChoices(stored) == view)
  }
}
