import CNcurses
import Terminal
import Themes

/// What each role looks like, as ncurses names it.
struct CursesLooks {
  private var roles: [(attributes: attr_t, pair: Int16)] = []
  private let isReversed: [Bool]
  /// The colours of red, green and blue, and the numbers that ncurses has for them.
  let exact: ExactColors

  /// Starts colours, at most `wanted`, and returns how many there are.
  ///
  /// Any red, green and blue is used where `isTrueColored`, where the terminal's description says so, and where
  /// it is wanted and there is a palette.
  static func start(wanted: ColorDepth?, isTrueColored: Bool) -> ColorDepth {
    let count = Int(tigetnum("colors"))
    let depths: [ColorDepth] = [.palette, .sixteen, .eight]
    var most = depths.first { $0.rawValue <= count } ?? .mono
    if most == .palette, isTrueColored || wanted == .trueColor || CNcurses_hasExactColors() != 0 {
      most = .trueColor
    }
    let depth = min(most, wanted ?? most)
    guard depth > .mono, start_color() == OK else { return .mono }
    use_default_colors()
    return depth
  }

  /// A pair for each look of the theme's roles.
  init(theme: Theme, depth: ColorDepth) {
    let looks = Role.allCases.map { theme.look(of: $0, depth: depth) }
    exact = ExactColors(looks)
    isReversed = looks.map { $0.attributes.contains(.reverse) }
    // Pair 0 is the terminal's own; there are 64 where there are eight colours.
    for (index, look) in looks.enumerated() {
      var pair: Int16 = 0
      if depth > .mono, look.foreground != nil || look.background != nil {
        let number = Int16(index + 1)
        let (text, ground) = (exact.number(look.foreground), exact.number(look.background))
        if init_pair(number, text, ground) == OK { pair = number }
      }
      roles.append((Self.attributes(look.attributes), pair))
    }
  }

  /// Attributes and pair of a cell.
  ///
  /// A reverse cell of a reverse role is neither. What is reverse is not dim: that could not be read.
  subscript(cell: Cell) -> (attributes: attr_t, pair: Int16) {
    let index = Int(cell.role.rawValue)
    var (attributes, pair) = roles[index]
    if cell.flags.isEmpty { return (attributes, pair) }
    attributes |= Self.attributes(cell.flags)
    if isReversed[index], cell.flags.contains(.reverse) { attributes &= ~CNcurses_reverse }
    if cell.flags.contains(.reverse) { attributes &= ~CNcurses_dim }
    return (attributes, pair)
  }

  /// Gives what is blank the background of plain text.
  func setBackground(of window: UnsafeMutablePointer<WINDOW>) {
    var blank = cchar_t()
    CNcurses_set(&blank, 0x20, 0, roles[Int(Role.text.rawValue)].pair)
    wbkgrndset(window, &blank)
  }

  private static func attributes(_ flags: CellFlags) -> attr_t {
    var attributes: attr_t = 0
    if flags.contains(.bold) { attributes |= CNcurses_bold }
    if flags.contains(.dim) { attributes |= CNcurses_dim }
    if flags.contains(.reverse) { attributes |= CNcurses_reverse }
    if flags.contains(.underline) { attributes |= CNcurses_underline }
    return attributes
  }
}
