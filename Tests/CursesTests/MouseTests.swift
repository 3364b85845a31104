import Terminal
import Testing

@testable import Curses

/// Reports of the mouse, as they are told and as they may be made up.
struct MouseTests {
  static let reports: [(String, [Key])] = [
    ("\u{1B}[<0;10;5M", [.mouse(MouseReport(.press, x: 9, y: 4))]),
    ("\u{1B}[<0;1;1M\u{1B}[<0;1;1m", [.mouse(MouseReport(.press, x: 0, y: 0))]),
    ("\u{1B}[<64;300;200M", [.mouse(MouseReport(.wheelUp, x: 299, y: 199))]),
    ("\u{1B}[<65;2;2Mq", [.mouse(MouseReport(.wheelDown, x: 1, y: 1)), .character("q")]),
    // With Shift, Alt and Ctrl.
    ("\u{1B}[<28;3;4M", [.mouse(MouseReport(.press, x: 2, y: 3))]),
    ("\u{1B}[M !!d", [.mouse(MouseReport(.press, x: 0, y: 0)), .character("d")]),
    ("\u{1B}[M`*%", [.mouse(MouseReport(.wheelUp, x: 9, y: 4))]),
    ("\u{1B}[M#!!", []),
  ]

  @Test(arguments: reports)
  func readsPressesAndTheWheel(text: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.decode(text.utf8) == keys)
    #expect(decoder.pending.isEmpty)
  }

  @Test(arguments: reports)
  func readsThemInAnyParts(text: String, keys: [Key]) {
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var decoder = KeyDecoder()
      #expect(decoder.decode(bytes[..<cut]) + decoder.decode(bytes[cut...]) == keys)
    }
  }

  @Test(arguments: [
    "<1;1;1M", "<2;1;1M", "<3;1;1M", "<32;5;5M", "<35;5;5M", "<66;5;5M", "<128;1;1M",
    "<0;0;1M", "<0;1;0M", "<0;1001;1M", "<0;99999999999999999999;1M", "<0;-5;1M", "<;;M", "<0;1M",
    "<0;1;1;1M", "<0;1;M", "<M", "<0;1;1X", "<0:1:1M", "<+0;1;1M", "< 0;1;1M", "<0;1?;1M",
  ])
  func whatMeansNothingIsSwallowed(report: String) {
    var decoder = KeyDecoder()
    #expect(decoder.decode("\u{1B}[\(report)k".utf8) == [.character("k")])
  }

  @Test func theRestOfASlowReportIsNotTakenForKeys() {
    var decoder = KeyDecoder()
    #expect(decoder.decode("\u{1B}[<0;".utf8) == [])
    #expect(decoder.patienceMilliseconds == 1000)
    #expect(decoder.decode("5;5M".utf8) == [.mouse(MouseReport(.press, x: 4, y: 4))])
  }

  @Test func aReportThatIsNeverEndedIsForgotten() {
    var decoder = KeyDecoder()
    #expect(decoder.decode("\u{1B}[<0;".utf8) == [])
    #expect(decoder.expire() == [])
    #expect(decoder.decode("j".utf8) == [.character("j")])
  }

  @Test func aReportHasANameAsKeysHave() {
    let key = Key.mouse(MouseReport(.wheelDown, x: 12, y: 3))
    #expect(key.description == "Mouse wheelDown 12 3")
    #expect(Key(key.description) == key)
    #expect(Key("Mouse press 1") == nil)
  }
}
