/// The characters that drawings are made of, each one column wide.
public struct Glyphs: Equatable, Sendable {
  public private(set) var topLeft: Unicode.Scalar = "╭"
  public private(set) var topRight: Unicode.Scalar = "╮"
  public private(set) var bottomLeft: Unicode.Scalar = "╰"
  public private(set) var bottomRight: Unicode.Scalar = "╯"
  public private(set) var horizontal: Unicode.Scalar = "─"
  public private(set) var vertical: Unicode.Scalar = "│"
  /// What parts columns or words: thinner than ``vertical`` where there is such a thing.
  public private(set) var separator: Unicode.Scalar = "│"
  /// A line for what is forecast or unsure.
  public private(set) var dashed: Unicode.Scalar = "╌"
  /// A gauge's cell that is filled from 1/8 to 8/8: eight characters.
  public private(set) var eighths: [Unicode.Scalar] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
  public private(set) var gaugeEmpty: Unicode.Scalar = "·"
  public private(set) var gaugeMark: Unicode.Scalar = "╎"
  /// Heights from the lowest that is seen to the full cell: eight characters.
  public private(set) var bars: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  /// Whether charts may use braille patterns: two values in each column.
  public private(set) var usesBraille = false
  public var valuesPerColumn: Int { usesBraille ? 2 : 1 }
  public private(set) var scrollTrack: Unicode.Scalar = "│"
  public private(set) var scrollThumb: Unicode.Scalar = "█"
  public private(set) var ellipsis: Unicode.Scalar = "…"
  public private(set) var bullet: Unicode.Scalar = "•"
  public private(set) var arrowUp: Unicode.Scalar = "↑"
  public private(set) var arrowDown: Unicode.Scalar = "↓"
  public private(set) var arrowRight: Unicode.Scalar = "→"
  /// The mark before the selected row.
  public private(set) var pointer: Unicode.Scalar = ">"
  /// What stands for a value that cannot be measured.
  public private(set) var absent: Unicode.Scalar = "–"

  /// Box and block characters with rounded corners; charts of eight heights in each row.
  public static let unicode = Glyphs()

  /// As ``unicode``, but with charts of braille patterns.
  public static let braille = Glyphs(usesBraille: true)

  /// ASCII alone, for terminals and locales without UTF-8.
  public static let ascii = Glyphs(
    topLeft: "+",
    topRight: "+",
    bottomLeft: "+",
    bottomRight: "+",
    horizontal: "-",
    vertical: "|",
    separator: "|",
    dashed: "-",
    eighths: ["-", "-", "-", "#", "#", "#", "#", "#"],
    gaugeEmpty: "-",
    gaugeMark: "|",
    bars: ["_", ".", ".", "-", "-", "=", "#", "#"],
    scrollTrack: "|",
    scrollThumb: "#",
    ellipsis: "~",
    bullet: "*",
    arrowUp: "^",
    arrowDown: "v",
    arrowRight: ">",
    absent: "-",
  )

  /// As much of `text` as fits `width` columns, with an ellipsis at its end if something is cut off.
  public func cut(_ text: String, to width: Int) -> String {
    TextWidth.truncate(text, to: width, ellipsis: ellipsis)
  }
}
