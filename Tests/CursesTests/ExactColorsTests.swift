import Testing
import Themes

@testable import Curses

struct ExactColorsTests {
  private func replacing(_ text: String, _ looks: [Look]) -> String {
    String(decoding: ExactColors(looks).replacing(Array(text.utf8)), as: UTF8.self)
  }

  private let looks = [
    Look(foreground: Look.exact | 0x0A141E, background: 255),
    Look(foreground: 7, background: Look.exact),
  ]

  @Test func onlyNumbersThatStandForAColourAreReplaced() {
    let colors = ExactColors(looks)
    // 255 is the theme's own.
    #expect(colors.number(Look.exact | 0x0A141E) == 254 && colors.number(Look.exact) == 253)
    #expect(colors.number(255) == 255 && colors.number(7) == 7 && colors.number(nil) == -1)
    let before = "a\u{1B}[38;5;254mb\u{1B}[48;5;253m\u{1B}[38;5;255m\u{1B}[37m38;5;254m"
    let after = "a\u{1B}[38;2;10;20;30mb\u{1B}[48;2;0;0;0m\u{1B}[38;5;255m\u{1B}[37m38;5;254m"
    #expect(replacing(before, looks) == after)
    #expect(replacing("\u{1B}[38:5:254m", looks) == "\u{1B}[38;2;10;20;30m")
  }

  @Test(arguments: [
    "", "\u{1B}", "\u{1B}[38;5;", "\u{1B}[38;5;254", "\u{1B}[38;5;2544m", "\u{1B}[38;5;25x",
    "\u{1B}[38;5:254m", "\u{1B}[254;5;38H",
  ])
  func whatIsNoWholeSequenceStays(text: String) {
    #expect(replacing(text, looks) == text)
  }
}
