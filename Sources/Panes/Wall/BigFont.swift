/// Letters and figures of five rows of points, to be drawn large.
///
/// Drawn for egtop; most are three points wide.
enum BigFont {
  /// How many rows of points each character has.
  static let height = 5

  /// The rows of a character from the top, `#` for a point; a character without a shape is a blank.
  static func rows(of character: Character) -> [Substring] {
    let shape = shapes[character] ?? character.uppercased().first.flatMap { shapes[$0] } ?? blank
    return shape.split(separator: "/")
  }

  /// Whether every character of `text` has a shape.
  static func has(_ text: String) -> Bool {
    text.allSatisfy { $0 == " " || shapes[$0.uppercased().first ?? $0] != nil }
  }

  /// Columns of points of `text`, one between two characters.
  static func width(of text: String) -> Int {
    max(0, text.reduce(0) { $0 + (rows(of: $1).first?.count ?? 0) + 1 } - 1)
  }

  private static let blank = "../../../../.."

  private static let shapes: [Character: String] = [
    "0": "###/#.#/#.#/#.#/###", "1": ".#./##./.#./.#./###", "2": "###/..#/###/#../###",
    "3": "###/..#/.##/..#/###", "4": "#.#/#.#/###/..#/..#", "5": "###/#../###/..#/###",
    "6": "###/#../###/#.#/###", "7": "###/..#/..#/.#./.#.", "8": "###/#.#/###/#.#/###",
    "9": "###/#.#/###/..#/###", ":": "./#/./#/.", "!": "#/#/#/./#", ".": "././././#",
    "-": ".../.../###/.../...", "+": ".../.#./###/.#./...", "%": "#.#/..#/.#./#../#.#",
    "/": "..#/..#/.#./#../#..", "?": "###/..#/.##/.../.#.", "_": ".../.../.../.../###",
    ">": "#../.#./..#/.#./#..", "<": "..#/.#./#../.#./..#", "~": "..../..../.#.#/#.#./....",
    "A": "###/#.#/###/#.#/#.#", "B": "##./#.#/##./#.#/##.", "C": "###/#../#../#../###",
    "D": "##./#.#/#.#/#.#/##.", "E": "###/#../##./#../###", "F": "###/#../##./#../#..",
    "G": "###/#../#.#/#.#/###", "H": "#.#/#.#/###/#.#/#.#", "I": "###/.#./.#./.#./###",
    "J": "..#/..#/..#/#.#/###", "K": "#.#/#.#/##./#.#/#.#", "L": "#../#../#../#../###",
    "M": "#...#/##.##/#.#.#/#...#/#...#", "N": "#..#/##.#/#.##/#..#/#..#",
    "O": "###/#.#/#.#/#.#/###", "P": "###/#.#/###/#../#..", "Q": "###/#.#/#.#/###/..#",
    "R": "##./#.#/##./#.#/#.#", "S": ".##/#../###/..#/##.", "T": "###/.#./.#./.#./.#.",
    "U": "#.#/#.#/#.#/#.#/###", "V": "#.#/#.#/#.#/#.#/.#.",
    "W": "#...#/#...#/#.#.#/##.##/#...#", "X": "#.#/#.#/.#./#.#/#.#", "Y": "#.#/#.#/.#./.#./.#.",
    "Z": "###/..#/.#./#../###",
  ]
}
