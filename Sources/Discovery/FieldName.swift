/// A name as fleets spell it, without case, accents and what stands between its words.
struct FieldName {
  /// Its words: `engineCoolantTempF` has four.
  let words: [String]
  /// All of them together.
  let text: String

  init(_ name: String) { self.init([name]) }

  init(_ names: [String]) {
    var words: [String] = []
    for name in names {
      var word = ""
      var wasSmall = false
      for character in name {
        let isCapital = character.isUppercase
        if !(character.isLetter || character.isNumber || character == "%") || isCapital && wasSmall
        {
          if !word.isEmpty { words.append(word) }
          word = ""
        }
        wasSmall = character.isLowercase || character.isNumber
        guard character.isLetter || character.isNumber || character == "%" else { continue }
        for plain in character.lowercased() { word += Self.plain[plain] ?? String(plain) }
      }
      if !word.isEmpty { words.append(word) }
    }
    self.words = words
    text = words.joined()
  }

  func has(_ parts: [String]) -> Bool { parts.contains { text.contains($0) } }

  func hasWord(_ parts: [String]) -> Bool { words.contains { parts.contains($0) } }

  private static let plain: [Character: String] = {
    var table: [Character: String] = ["ß": "ss", "ł": "l", "ø": "o", "æ": "ae"]
    for (letter, forms) in [
      ("a", "äáàâãåą"), ("e", "éèêëę"), ("i", "íìîï"), ("o", "öóòôõ"), ("u", "üúùû"), ("n", "ñń"),
      ("c", "çć"), ("s", "ś"), ("z", "żź"),
    ] {
      for form in forms { table[form] = letter }
    }
    return table
  }()
}
