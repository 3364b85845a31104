import Foundation
import Terminal
import Testing

struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("EG-0417", 7), ("Müller", 6), ("e\u{301}", 1), ("中文", 4), ("ｱ", 1), ("Ａ", 2),
    ("⣿", 1), ("╭─╮", 3), ("한국", 4), ("🚒", 2), ("\u{200B}", 0), ("\u{202E}", 0),
  ])
  func countsColumns(text: String, columns: Int) {
    #expect(TextWidth.of(text) == columns)
  }

  @Test(arguments: [
    ("Royal", 5, "Royal"), ("Royal", 4, "Roy…"), ("Royal", 1, "…"), ("Royal", 0, ""),
    ("Royal", -3, ""), ("中文字", 5, "中文…"), ("中文字", 4, "中…"), ("中文字", 6, "中文字"), ("", 3, ""),
    ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
  ])
  func truncates(text: String, width: Int, expected: String) {
    #expect(TextWidth.truncate(text, to: width) == expected)
  }
}

struct GlyphsTests {
  @Test(arguments: [Glyphs.unicode, .ascii, .braille])
  func everyGlyphIsOneColumnWide(glyphs: Glyphs) {
    let scalars = Mirror(reflecting: glyphs).children.flatMap { child -> [Unicode.Scalar] in
      (child.value as? [Unicode.Scalar]) ?? (child.value as? Unicode.Scalar).map { [$0] } ?? []
    }
    #expect(scalars.count > 30)
    #expect(scalars.allSatisfy { TextWidth.of($0) == 1 })
    #expect(glyphs.eighths.count == 8)
    #expect(glyphs.bars.count == 8)
  }

  @Test func asciiIsASCII() {
    for child in Mirror(reflecting: Glyphs.ascii).children {
      let scalars =
        (child.value as? [Unicode.Scalar]) ?? (child.value as? Unicode.Scalar).map { [$0] }
      #expect(scalars?.allSatisfy(\.isASCII) ?? true)
    }
  }
}

struct RoleTests {
  @Test func codesAndNamesAreUnique() {
    #expect(Set(Role.allCases.map(\.code)).count == Role.allCases.count)
    #expect(Role.allCases.map(\.name) == Role.allCases.map { "\($0)" })
    #expect(Role.frameFocused.name == "frameFocused")
  }
}

struct KeyTests {
  static let keys: [(Key, String)] = [
    (.character("q"), "q"), (.character("Q"), "Q"), (.character("é"), "é"),
    (.character(" "), "Space"), (.character("F"), "F"), (.enter, "Enter"), (.escape, "Esc"),
    (.tab, "Tab"), (.backTab, "Shift-Tab"), (.pageDown, "PgDn"), (.function(10), "F10"),
    (.control("d"), "Ctrl-d"), (.backspace, "Backspace"), (.delete, "Del"), (.home, "Home"),
  ]

  @Test(arguments: keys)
  func hasANameAndIsFoundByIt(key: Key, name: String) {
    #expect(key.description == name)
    #expect(Key(name) == key)
  }

  @Test(arguments: ["", "Ctrl-", "Ctrl-dd", "Fx", "PageDown"])
  func refusesOtherNames(name: String) {
    #expect(Key(name) == nil)
  }

  @Test func isCodedAsItsName() throws {
    let keys = Self.keys.map(\.0)
    let data = try JSONEncoder().encode(keys)
    #expect(String(decoding: data, as: UTF8.self).hasPrefix(#"["q","Q","é","Space""#))
    #expect(try JSONDecoder().decode([Key].self, from: data) == keys)
  }

  @Test func anUnknownNameIsAnError() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Key].self, from: Data(#"["Hyper-x"]"#.utf8))
    }
  }
}
