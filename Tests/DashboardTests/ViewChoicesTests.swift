import Model
import Foundation
import Testing

@testable import Dashboard

struct ViewChoicesTests {
  /// Choices of which none is as it is by itself.
  private var choices: ViewChoices {
    var choices = ViewChoices()
    choices.sort = SortOrder(column: .load, isInverted: true)
    choices.isGrouped = true
    choices.hiddenColumns = [.load, .age]
    choices.shownColumns = [.metric(.voltage)]
    choices.pins = ["g1", "g2"]
    choices.filter = "fuel<50"
    choices.regions = ["North"]
    choices.preset = .alarms
    choices.theme = "night"
    choices.history = ["sort load"]
    choices.view = .map
    choices.times = .utc
    choices.usesMouse = true
    choices.abnormalOnly = true
    choices.payloadForm = .hex
    return choices
  }

  private var rows: [Choice] { ViewChoices.lasting + ViewChoices.recorded }

  @Test func everyChoiceHasOneRowAndIsReadBack() throws {
    let data = try JSONEncoder().encode(choices)
    #expect(try JSONDecoder().decode(ViewChoices.self, from: data) == choices)
    #expect(Set(rows.map(\.name)).count == rows.count)
    #expect(rows.allSatisfy { !$0.isSame(choices, ViewChoices()) })
    // The sort has two rows.
    #expect(Mirror(reflecting: choices).children.count == rows.count - 1)
  }

  @Test func whatIsMissingOrOfNoUseIsAsItIsByItself() throws {
    let text = #"{"sort":"beauty","grouped":true,"pins":3,"hiddenColumns":["load","odd"],"new":1}"#
    var expected = ViewChoices()
    expected.isGrouped = true
    expected.hiddenColumns = [.load]
    #expect(try JSONDecoder().decode(ViewChoices.self, from: Data(text.utf8)) == expected)
  }

  @Test func onlyWhatLastsIsTakenFromTheLastTime() {
    var begun = ViewChoices()
    begun.times = .age
    #expect(!begun.lastsLike(choices))
    begun.copyLasting(from: choices)
    #expect(begun.lastsLike(choices))
    #expect(begun.sort == choices.sort && begun.pins == choices.pins && begun.theme == "night")
    #expect(begun.times == .age && !begun.usesMouse && begun.view == nil)
  }

  @Test func whatAFileHoldsIsBounded() {
    var odd = choices
    odd.hiddenColumns = [.mark, .id, .load]
    odd.pins = (0..<300).map { "\($0)" + String(repeating: "x", count: 100) }
    odd.history = (0..<300).map(String.init)
    odd.regions = odd.history
    odd.preset = .map
    let bounded = odd.bounded
    #expect(bounded.hiddenColumns == [.load] && bounded.preset == .ops)
    #expect(bounded.pins.count == 100 && bounded.pins.allSatisfy { $0.count == 64 })
    #expect(bounded.history.count == 100 && bounded.history.last == "299")
    #expect(bounded.regions.count == 200)
  }

  @Test func aLineIsInTheHistoryOnce() {
    var choices = ViewChoices()
    for line in ["a", "b", "a"] { choices.addToHistory(line) }
    #expect(choices.history == ["b", "a"])
  }

  @Test func remindsOfWhatIsHiddenAsItWasLeft() {
    let left = choices
    #expect(
      choices.reminder(of: left) == "restored: region North, filter fuel<50; Esc clears"
    )
    var told = choices
    told.regions = ["South"]
    told.filter = ""
    #expect(told.reminder(of: left) == nil)
  }

  /// The options of a recording of version 1.
  @Test func openAsEarlierRecordingsHaveThem() throws {
    let text = #"""
      {"sort":{"column":"load","isInverted":true},"filter":"fuel<50","regions":["North"],
      "times":"utc","usesMouse":true,"abnormalOnly":true,"view":"map","remembered":{"isGrouped":
      true,"hiddenColumns":["load","age"],"pins":["g1","g2"],"filter":"","regions":[],"preset":
      "alarms","theme":"night","history":["sort load"],"sort":{"column":"id","isInverted":false}}}
      """#
    var expected = choices
    expected.payloadForm = .table
    expected.shownColumns = []
    let read = try JSONDecoder().decode(EarlierChoices.self, from: Data(text.utf8))
    #expect(read.choices == expected)
    let first = #"""
      {"sort":{"column":"fuel","isInverted":false},"filter":"","regions":[],"times":"local",
      "hiddenColumns":["load"],"isGrouped":true}
      """#
    let early = try JSONDecoder().decode(EarlierChoices.self, from: Data(first.utf8)).choices
    #expect(early.sort.column == .fuel && early.hiddenColumns == [.load] && early.isGrouped)
  }
}
