import Arguments
import Settings
import Testing

struct SettingsTableTests {
  @Test
  func everyDefaultIsOfItsKind() {
    for row in SettingsTable.rows {
      #expect(row.defaults.allSatisfy { row.kind.value(of: $0) != nil }, "\(row.id)")
      #expect(row.occurrence != .once || row.defaults.count < 2, "\(row.id)")
    }
  }

  @Test
  func namesAreThereOnce() {
    let rows = SettingsTable.rows
    #expect(Set(rows.map(\.id)).count == rows.count)
    let options = rows.compactMap(\.option)
    #expect(Set(options.map(\.name)).count == options.count)
    let letters = options.compactMap(\.letter)
    #expect(Set(letters).count == letters.count && !letters.contains("h"))
    let variables = rows.compactMap(\.environment)
    #expect(Set(variables).count == variables.count)
  }

  @Test
  func noSecretHasAnOption() {
    #expect(SettingsTable.rows.allSatisfy { !$0.isSecret || $0.option == nil })
  }

  @Test
  func everyRowCanBeSetInSomeWay() {
    for row in SettingsTable.rows {
      #expect(row.key != nil || row.option != nil)
      #expect(!row.help.isEmpty && !row.commands.isEmpty)
    }
  }
}
