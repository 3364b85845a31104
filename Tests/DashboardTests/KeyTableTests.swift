import Dashboard
import Terminal
import Testing

struct KeyTableTests {
  private let keys = KeyTable.standard.binding([
    .pin: [.character("v")], .commandLine: [.character(";")], .down: [.character("ö"), .down],
    .find: [],
  ])

  @Test func otherKeysDoTheSame() {
    var driver = Driver {
      $0.keys = keys
      $0.choices.sort = SortOrder(column: .id)
    }
    driver.add(fuels: [900, 900, 900])
    driver.press(.character("ö"), .character("v"))
    #expect(driver.state.pinned == [1])
    driver.press(.character("m"))
    #expect(driver.state.notice?.text == "m is not bound; ? shows the keys")
    driver.press(.character(";"))
    #expect(driver.state.prompt?.purpose == .command)
  }

  @Test func aSentenceNamesTheKeysInForce() {
    #expect(keys.name(of: .pin) == "v" && keys.name(of: .find) == "find")
    var driver = Driver { $0.keys = KeyTable.standard.binding([.find: [.character("v")]]) }
    driver.press(.character("n"))
    #expect(driver.state.notice?.text == "nothing searched for yet; v finds")
  }
}
