import Dashboard
import System
import Terminal
import Testing
import Themes

@testable import Settings
@testable import egtop

struct ThemeChooserTests {
  /// A folder of themes and what to do with it; it is gone afterwards.
  private func withFolder(_ body: (_ folder: String) throws -> Void) throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-themes")
    defer { removeFlatDirectory(folder) }
    try body(folder)
  }

  private func write(_ text: String, _ path: String) throws {
    try writeFileAtomically(path, Array(text.utf8))
  }

  @Test func theSettingsKnowTheThemesOfTheProgram() {
    #expect(SettingsTable.themes == Theme.names)
  }

  @Test func listsThoseOfTheProgramAndThoseInTheFolder() throws {
    try withFolder { folder in
      for name in ["b.yaml", "a.yaml", "paper.yaml", "note.txt", "e\u{1B}[31m.yaml", ".x.yaml"] {
        try write("", "\(folder)/\(name)")
      }
      let chooser = ThemeChooser(ThemeChoice(name: "iron", folder: folder))
      #expect(chooser.report().entries.isEmpty)
      chooser.list()
      let entries = chooser.report().entries
      #expect(entries.map(\.name) == Theme.names + ["a", "b"])
      #expect(entries[1].about == "yours" && entries[2].about == Theme.named("night")?.about)
    }
  }

  @Test func takesAChangedFileOnceItIsWhole() throws {
    try withFolder { folder in
      let file = folder + "/mine.yaml"
      try write("base: iron", file)
      let chooser = ThemeChooser(ThemeChoice(name: "mine", folder: folder))
      #expect(chooser.begin(with: nil)?.background == .standard)
      #expect(!chooser.look().hasChanged)
      try write("base: paper", file)
      #expect(!chooser.look().hasChanged)
      let (hasChanged, theme) = chooser.look()
      #expect(hasChanged && theme?.background == .index(231))
      #expect(!chooser.look().hasChanged)
    }
  }

  @Test func aBrokenFileIsToldWithItsPlaceAndChangesNothing() throws {
    try withFolder { folder in
      let file = folder + "/mine.yaml"
      try write("base: iron\nroles:\n  txt: {}\n", file)
      let chooser = ThemeChooser(ThemeChoice(name: "mine", folder: folder))
      #expect(chooser.begin(with: nil) == Theme.named("iron"))
      #expect(chooser.problem == "mine.yaml:3:3: there is no role \"txt\"")
      try write("base: iron\nroles: [\u{9B}", file)
      _ = chooser.look()
      let (hasChanged, theme) = chooser.look()
      #expect(hasChanged && theme == nil)
      #expect(
        chooser.problem?.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F } == true
      )
      removeFile(file)
      _ = chooser.look()
      #expect(chooser.look().hasChanged && chooser.problem?.contains("cannot open") == true)
      try write("base: night", file)
      _ = chooser.look()
      #expect(chooser.look().theme != nil && chooser.problem == nil)
    }
  }

  @Test func aThemeGivenByItsPathHasTheNameOfItsFile() throws {
    try withFolder { folder in
      let file = folder + "/paper.yaml"
      try write("base: night", file)
      let chooser = ThemeChooser(ThemeChoice(name: file))
      #expect(chooser.begin(with: nil)?.background == Theme.named("night")?.background)
      #expect(chooser.name == "paper")
      chooser.list()
      #expect(chooser.report().entries.count == Theme.names.count)
      #expect(chooser.use("iron") != nil && !chooser.look().hasChanged)
    }
  }

  @Test(arguments: ["../secret", "gone", ""])
  func aNameFromARecordingOpensNoFileElsewhere(name: String) {
    let chooser = ThemeChooser(ThemeChoice(name: "iron", folder: "/nowhere"))
    #expect(chooser.begin(with: name) == Theme.named("iron"))
    #expect(chooser.problem == "there is no theme \"\(name)\" here")
  }
}
