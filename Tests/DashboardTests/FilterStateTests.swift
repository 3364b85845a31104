import Model
import Testing

@testable import Dashboard

struct FilterStateTests {
  @Test func everyWordAndAliasNamesOneState() {
    let rows = FilterState.all.map(\.row)
    let words = rows.map(\.word) + rows.compactMap(\.alias)
    #expect(Set(words).count == words.count)
    for state in FilterState.all {
      for word in [state.row.word, state.row.alias].compactMap({ $0 }) {
        #expect(FilterState(word: word) == state)
        #expect(FilterState(word: word.uppercased()) == state)
      }
    }
    #expect(FilterState(word: "broken") == nil)
  }

  @Test func everyKindOfAlarmCanBeLookedFor() {
    for kind in AlarmKind.allCases { #expect(FilterState(word: kind.row.name) == .kind(kind)) }
  }
}
