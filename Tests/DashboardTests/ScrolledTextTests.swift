import Terminal
import Testing

@testable import Dashboard

/// Texts over the panes: what draws them tells how far they go.
struct ScrolledTextTests {
  private func scroll(_ driver: Driver) -> Int? {
    driver.state.overlay.map { _ in driver.state.overlayScroll }
  }

  private func status(lines: Int, rows: Int) -> Driver {
    var driver = Driver()
    driver.press(.character("="))
    driver.apply(.drawn([.status: Extent(lines: lines, rows: rows)]))
    return driver
  }

  @Test func goesToItsEndAndNoFurther() {
    var driver = status(lines: 50, rows: 22)
    driver.press(.character("G"))
    #expect(scroll(driver) == 28)
    driver.press(.character("j"))
    #expect(scroll(driver) == 28)
    driver.press(.character("k"))
    #expect(scroll(driver) == 27)
    driver.press(.character("g"), .pageDown)
    #expect(scroll(driver) == 21)
  }

  @Test func isBroughtBackWhereTheNextFrameIsShorter() {
    var driver = status(lines: 50, rows: 22)
    driver.press(.character("G"))
    driver.apply(.drawn([.status: Extent(lines: 40, rows: 22)]))
    #expect(scroll(driver) == 18)
    driver.apply(.drawn([.status: Extent(lines: 10, rows: 22)]))
    #expect(scroll(driver) == 0)
  }

  @Test func aKeyThatCameBeforeTheFirstFrameIsNotLost() {
    var driver = Driver()
    driver.press(.character("="), .character("G"))
    driver.apply(.drawn([.status: Extent(lines: 50, rows: 22)]))
    #expect(scroll(driver) == 28)
  }

  @Test func whatOneTextHadMeansNothingForAnother() {
    var driver = status(lines: 10, rows: 22)
    driver.press(.escape, .character("?"), .character("j"))
    #expect(scroll(driver) == 1)
  }
}
