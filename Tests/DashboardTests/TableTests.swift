import Testing

@testable import Dashboard

/// What the compiler cannot ask of the tables of commands, views and panes.
struct TableTests {
  @Test func everyTypedCommandHasAPlaceOfItsOwnInHelp() {
    let orders = Command.allCases.compactMap { $0.row.typed?.order }
    #expect(Set(orders).count == orders.count)
  }

  @Test func everyCommandHasARow() {
    for command in Command.allCases {
      #expect(command.row.key != nil || command.row.typed != nil, "\(command)")
    }
  }

  @Test func helpOfAPairStandsInItsFirstRow() {
    for group in KeyBinding.Group.allCases {
      let first = KeyTable.standard.bindings.first { $0.group == group }
      #expect(first?.help.isEmpty == false, "\(group)")
    }
  }

  @Test func everyPaneBelongsToAView() {
    #expect(Set(ViewID.allCases.flatMap(\.panes)) == Set(PaneID.allCases))
  }

  @Test func columnsAndWhatSortsByThemAreToldApart() {
    #expect(Set(FleetColumn.allCases).count == FleetColumn.allCases.count)
    #expect(Set(FleetColumn.allCases.map(\.rawValue)).count == FleetColumn.allCases.count)
    // The menu of sorts takes some letters for itself.
    let letters = SortColumn.allCases.map(\.letter) + "IjkgG"
    #expect(Set(letters).count == letters.count)
  }

  @Test(arguments: ViewID.allCases)
  func aViewHasPanesAndHintsThatLeadAway(view: ViewID) {
    #expect(!view.panes.isEmpty && Set(view.panes).count == view.panes.count && !view.help.isEmpty)
    guard !view.isPreset else { return }
    #expect(view.hints?.first?.command == .back)
    for hint in view.hints ?? [] { #expect(Command.bindable.contains(hint.command)) }
  }
}
