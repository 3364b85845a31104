/// The characters that drawings are made of, each one column wide.
public struct Glyphs: Equatable, Sendable {
  public let topLeft: Unicode.Scalar
  public let topRight: Unicode.Scalar
  public let bottomLeft: Unicode.Scalar
  public let bottomRight: Unicode.Scalar
  public let horizontal: Unicode.Scalar
  public let vertical: Unicode.Scalar
  /// What parts columns or words: thinner than ``vertical`` where there is such a thing.
  public let separator: Unicode.Scalar
  /// A line for what is forecast or unsure.
  public let dashed: Unicode.Scalar
  /// The frame of a pane whose feed is dead.
  public let hatch: Unicode.Scalar
  /// A gauge's cell that is filled from 1/8 to 8/8: eight characters.
  public let eighths: [Unicode.Scalar]
  public let gaugeEmpty: Unicode.Scalar
  public let gaugeMark: Unicode.Scalar
  /// Heights from the lowest that is seen to the full cell: eight characters.
  public let bars: [Unicode.Scalar]
  /// Whether charts may use braille patterns: two values in each column.
  public private(set) var usesBraille: Bool
  public let scrollTrack: Unicode.Scalar
  public let scrollThumb: Unicode.Scalar
  public let ellipsis: Unicode.Scalar
  public let bullet: Unicode.Scalar
  public let arrowUp: Unicode.Scalar
  public let arrowDown: Unicode.Scalar
  public let arrowLeft: Unicode.Scalar
  public let arrowRight: Unicode.Scalar
  /// The mark before the selected row.
  public let pointer: Unicode.Scalar
  /// What stands for a value that cannot be measured.
  public let absent: Unicode.Scalar

  /// Box and block characters with rounded corners; charts of eight heights in each row.
  public static let unicode = Glyphs(
    topLeft: "╭",
    topRight: "╮",
    bottomLeft: "╰",
    bottomRight: "╯",
    horizontal: "─",
    vertical: "│",
    separator: "│",
    dashed: "╌",
    hatch: "╱",
    eighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    gaugeEmpty: "·",
    gaugeMark: "╎",
    bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    usesBraille: false,
    scrollTrack: "│",
    scrollThumb: "█",
    ellipsis: "…",
    bullet: "•",
    arrowUp: "↑",
    arrowDown: "↓",
    arrowLeft: "←",
    arrowRight: "→",
    pointer: ">",
    absent: "–",
  )

  /// As ``unicode``, but with charts of braille patterns.
  public static let braille: Glyphs = {
    var glyphs = unicode
    glyphs.usesBraille = true
    return glyphs
  }()

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
    hatch: "/",
    eighths: ["-", "-", "-", "#", "#", "#", "#", "#"],
    gaugeEmpty: "-",
    gaugeMark: "|",
    bars: ["_", ".", ".", "-", "-", "=", "#", "#"],
    usesBraille: false,
    scrollTrack: "|",
    scrollThumb: "#",
    ellipsis: "~",
    bullet: "*",
    arrowUp: "^",
    arrowDown: "v",
    arrowLeft: "<",
    arrowRight: ">",
    pointer: ">",
    absent: "-",
  )
}
