import Dashboard
import Terminal
import Testing

@testable import Panes

struct HelpTests {
  private static let lines = HelpLine.all(.standard).joined().filter { !$0.isHeading }

  /// The keys that help shows: names parted by spaces, digits also without.
  private static let shown: [String] = lines.flatMap { line in
    let isDigits = line.keys.allSatisfy(\.isNumber)
    return isDigits ? line.keys.map(String.init) : line.keys.split(separator: " ").map(String.init)
  }

  private static let bound = KeyTable.standard.bindings.flatMap(\.keys)

  @Test func everyBoundKeyIsShownOnce() {
    #expect(Self.shown.sorted() == Self.bound.map(\.description).sorted())
  }

  @Test func everyShownKeyIsBound() {
    for name in Self.shown {
      let key = Key(name)
      #expect(key.flatMap { KeyTable.standard.command(for: $0) } != nil, "\(name)")
    }
  }

  @Test func noKeyIsBoundTwice() {
    #expect(Set(Self.bound).count == Self.bound.count)
  }

  @Test func allOfItIsOnTheScreenWithoutScrolling() {
    for size in [(120, 40), (200, 60)] {
      var fleet = SampleFleet(unheard: size)
      fleet.press(.character("?"))
      let text = fleet.canvas().text.joined(separator: "\n")
      for line in Self.lines { #expect(text.contains(line.text), "\(line.text) at \(size)") }
      for line in Self.lines { #expect(text.contains(line.keys), "\(line.keys) at \(size)") }
    }
  }

  @Test func itCanBeScrolledToItsEndWhereThereIsNoRoom() {
    var fleet = SampleFleet(unheard: (60, 12))
    fleet.press(.character("?"), .character("G"))
    #expect(fleet.canvas().text.joined().contains("stale, never heard"))
  }

  @Test func itIsSearchedByWordsAndKeys() {
    var fleet = SampleFleet(unheard: (80, 24))
    fleet.press(.character("?"), .character("/"))
    fleet.type("sort")
    let found = fleet.canvas().text.joined(separator: "\n")
    #expect(found.contains("sort menu") && found.contains("VIEW") && !found.contains("help"))
    fleet.press(.enter, .character("q"))
    #expect(fleet.state.overlay == nil)
    fleet.press(.character("?"), .character("/"), .character("E"))
    #expect(fleet.canvas().text.joined().contains("previous alarm"))
    fleet.press(.character("東"))
    #expect(fleet.canvas().text.joined().contains("no key and no help text"))
    fleet.press(.escape)
    #expect(fleet.canvas().text.joined().contains("this help"))
    fleet.press(.escape)
    #expect(fleet.state.overlay == nil)
  }

  @Test func hintsAreBoundKeys() {
    let fleet = SampleFleet(unheard: (200, 60))
    let last = fleet.canvas().text.last ?? ""
    for binding in KeyTable.standard.bindings {
      guard let hint = binding.hint, let key = binding.keys.first else { continue }
      #expect(last.contains("\(key) \(hint)"))
    }
  }
}
