import Terminal

/// Looks for borders that do not join in what was drawn with ``Glyphs/unicode``.
///
/// A frame has four corners and what joins them, cut only by its caption and by what lies over it; a rule goes across
/// the whole canvas.
struct Borders {
  /// What a cell is to a border.
  private enum Part {
    case none, caption, across, upright, thumb, topLeft, topRight, bottomLeft, bottomRight

    init(_ scalar: Unicode.Scalar) {
      switch scalar {
      case "─": self = .across
      case "│": self = .upright
      case "█": self = .thumb
      case "╭": self = .topLeft
      case "╮": self = .topRight
      case "╰": self = .bottomLeft
      case "╯": self = .bottomRight
      default: self = .none
      }
    }

    var isSide: Bool { self == .upright || self == .thumb }
    var isRight: Bool { self == .topRight || self == .bottomRight }
  }

  private(set) var flaws: [String] = []
  private let width: Int
  private let height: Int
  private var parts: [Part]
  /// The cells of borders, row by row; and of them those of a frame that has the focus.
  private var borders: [Int] = []
  private var focused: Set<Int> = []
  /// Rows at the bottom where something is typed over what is there.
  private let typedRows: Range<Int>
  /// Where an overlay hides what is under it; empty without one.
  private var overlay = Rect(x: 0, y: 0, width: 0, height: 0)
  /// Cells that belong to the side of a frame.
  private var sides: Set<Int> = []

  /// Looks at all of `canvas`.
  ///
  /// - Parameters:
  ///   - canvas: what was drawn.
  ///   - partedRows: rows in which lines part words and are no borders.
  ///   - typedRows: rows in which something is typed over the panes.
  ///   - hasOverlay: whether the frame that has the focus lies over the others.
  init(_ canvas: Canvas, partedRows: Range<Int>, typedRows: Range<Int>, hasOverlay: Bool) {
    (width, height, self.typedRows) = (canvas.width, canvas.height, typedRows)
    parts = Array(repeating: .none, count: canvas.cells.count)
    for (place, cell) in canvas.cells.enumerated() {
      switch cell.role {
      case .frame, .frameFocused:
        parts[place] = Part(cell.scalar)
        if parts[place] != .none { borders.append(place) }
        if cell.role == .frameFocused { focused.insert(place) }
      case .title, .titleFocused, .label, .banner: parts[place] = .caption
      default: break
      }
    }
    if hasOverlay { findOverlay() }
    checkRows()
    for place in borders { checkColumn(place) }
    for place in borders where parts[place].isSide && !sides.contains(place) {
      if !partedRows.contains(place / width) { checkLoose(place) }
    }
  }

  private mutating func findOverlay() {
    let corners = focused.filter { parts[$0] == .topLeft || parts[$0] == .bottomRight }.sorted()
    guard let first = corners.first, let last = corners.last, corners.count == 2 else { return }
    let (x, y) = (first % width, first / width)
    overlay = Rect(x: x, y: y, width: last % width - x + 1, height: last / width - y + 1)
  }

  /// Whether something lies over what would be a border there.
  private func isHidden(_ place: Int, isFocused: Bool) -> Bool {
    let (y, x) = place.quotientAndRemainder(dividingBy: width)
    return typedRows.contains(y) || !isFocused && overlay.contains(x: x, y: y)
  }

  private mutating func complain(_ what: String, _ place: Int) {
    flaws.append("\(what) at column \(place % width) of row \(place / width)")
  }

  // MARK: - Rows

  /// Every horizontal stretch has two corners that match, or reaches from edge to edge.
  private mutating func checkRows() {
    var done = 0
    for start in borders where start >= done && !parts[start].isSide {
      if typedRows.contains(start / width) { break }
      let isFocused = focused.contains(start)
      let (end, isEnded) = follow(from: start, isFocused)
      done = end + 1
      let isCornered =
        parts[start] == .topLeft && parts[end] == .topRight
        || parts[start] == .bottomLeft && parts[end] == .bottomRight
      let isRule =
        parts[start] == .across && parts[end] == .across && start % width == 0
        && end % width == width - 1
      let isCut = comesFromOverlay(start, isFocused) || isEnded && !parts[start].isRight
      if !isCornered && !isRule && !isCut { complain("a line that does not join", start) }
    }
  }

  /// Whether a stretch is the rest of one that an overlay lies over, but for a caption between.
  private func comesFromOverlay(_ start: Int, _ isFocused: Bool) -> Bool {
    for place in stride(from: start - 1, through: start / width * width, by: -1) {
      if isHidden(place, isFocused: isFocused) { return true }
      guard parts[place] == .caption else { return false }
    }
    return false
  }

  /// The last cell of a stretch, and whether an overlay hides its end.
  private func follow(from start: Int, _ isFocused: Bool) -> (end: Int, isHidden: Bool) {
    var (end, isHidden) = (start, false)
    if parts[start].isRight { return (end, false) }
    for place in (start + 1)..<max(start + 1, (start / width + 1) * width) {
      if self.isHidden(place, isFocused: isFocused) {
        isHidden = true
      } else if parts[place] == .across || parts[place].isRight,
        focused.contains(place) == isFocused
      {
        (end, isHidden) = (place, false)
        if parts[place].isRight { break }
      } else if parts[place] != .caption {
        break
      }
    }
    return (end, isHidden)
  }

  // MARK: - Columns

  /// Under every upper corner there is a side down to a lower one, and the other way round.
  private mutating func checkColumn(_ place: Int) {
    switch parts[place] {
    case .topLeft: followSide(place, step: width, until: .bottomLeft)
    case .topRight: followSide(place, step: width, until: .bottomRight)
    case .bottomLeft: followSide(place, step: -width, until: .topLeft)
    case .bottomRight: followSide(place, step: -width, until: .topRight)
    case .none, .caption, .across, .upright, .thumb: break
    }
  }

  private mutating func followSide(_ start: Int, step: Int, until corner: Part) {
    let isFocused = focused.contains(start)
    var wasHidden = false
    var place = start + step
    while parts.indices.contains(place) {
      if isHidden(place, isFocused: isFocused) {
        wasHidden = true
      } else {
        if parts[place] == corner { return }
        guard parts[place].isSide else { break }
        sides.insert(place)
      }
      place += step
    }
    // The corner itself may be what is hidden.
    if !wasHidden { complain("the side of a corner without its other one", start) }
  }

  /// A line that is no side is a scroll bar, which has a thumb.
  private mutating func checkLoose(_ place: Int) {
    for step in [-width, width] {
      var other = place
      while parts.indices.contains(other) {
        if parts[other] == .thumb || isHidden(other, isFocused: false) { return }
        guard parts[other].isSide else { break }
        other += step
      }
    }
    complain("a line that is no border", place)
  }
}
