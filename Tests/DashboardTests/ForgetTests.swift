import Model
import Terminal
import Testing

@testable import Dashboard

/// `:forget`, for generators that egtop only remembers.
struct ForgetTests {
  @Test func theForgottenLeaveTheListAndWhatIsKept() throws {
    var driver = Driver()
    driver.apply(.feed(.names(generators: ["a", "b", "c"], regions: [])))
    let known = (0..<3 as Range<GeneratorIndex>).map {
      RememberedGenerator(generator: $0, heardAt: 1, reading: Reading())
    }
    driver.apply(.feed(.remembered(known)))
    let sample = Sample(
      generator: 1,
      source: .mqtt,
      receivedAt: driver.stamp.monotonic,
      reading: Reading()
    )
    driver.apply(.feed(.samples([sample])))
    driver.apply(.frame)
    #expect(driver.state.visible.count == 3 && driver.state.fleet.onlyRemembered == [0, 2])
    driver.type(":forget b")
    driver.press(.enter)
    #expect(driver.effects.isEmpty && driver.state.visible.count == 3)
    driver.press(.escape)
    driver.type(":forget a")
    driver.press(.enter)
    #expect(driver.effects == [.keepFleet] && driver.state.visible.sorted() == [1, 2])
    #expect(driver.state.hiddenGenerators == 0)
    driver.type(":forget all")
    driver.press(.enter)
    #expect(driver.effects.count == 2 && Array(driver.state.visible) == [1])
    #expect(driver.state.fleet.counts.total == 1)
    #expect(driver.state.notice?.text == "1 generator forgotten")
  }
}
