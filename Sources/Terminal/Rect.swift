/// A rectangle of cells.
///
/// Its size is never negative, and its arithmetic never traps.
public struct Rect: Equatable, Hashable, Sendable {
  /// The first column, counted from 0 at the left.
  public let x: Int
  /// The first row, counted from 0 at the top.
  public let y: Int
  public let width: Int
  public let height: Int

  /// Coordinates are clamped to a million, sizes to 0...1,000,000.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = Self.clamp(x)
    self.y = Self.clamp(y)
    self.width = max(0, Self.clamp(width))
    self.height = max(0, Self.clamp(height))
  }

  /// A number that can be added to another such number without overflow.
  static func clamp(_ number: Int) -> Int { min(max(number, -1_000_000), 1_000_000) }

  public var isEmpty: Bool { width == 0 || height == 0 }
  /// The column after the last one.
  public var right: Int { x + width }
  /// The row after the last one.
  public var bottom: Int { y + height }
  public var columns: Range<Int> { x..<right }
  public var rows: Range<Int> { y..<bottom }

  /// The rectangle without `columns` at each side and `rows` at the top and at the bottom.
  public func inset(columns: Int = 1, rows: Int = 1) -> Rect {
    let columns = min(max(0, columns), (width + 1) / 2)
    let rows = min(max(0, rows), (height + 1) / 2)
    return Rect(x: x + columns, y: y + rows, width: width - 2 * columns, height: height - 2 * rows)
  }

  /// The first `height` rows, at most all, and the rest.
  public func split(top height: Int) -> (top: Rect, rest: Rect) {
    let part = min(max(0, height), self.height)
    return (
      Rect(x: x, y: y, width: width, height: part),
      Rect(x: x, y: y + part, width: width, height: self.height - part)
    )
  }

  /// The last `height` rows, at most all, and the rest.
  public func split(bottom height: Int) -> (bottom: Rect, rest: Rect) {
    let parts = split(top: self.height - min(max(0, height), self.height))
    return (parts.rest, parts.top)
  }

  /// The first `width` columns, at most all, and the rest.
  public func split(left width: Int) -> (left: Rect, rest: Rect) {
    let part = min(max(0, width), self.width)
    return (
      Rect(x: x, y: y, width: part, height: height),
      Rect(x: x + part, y: y, width: self.width - part, height: height)
    )
  }

  /// The last `width` columns, at most all, and the rest.
  public func split(right width: Int) -> (right: Rect, rest: Rect) {
    let parts = split(left: self.width - min(max(0, width), self.width))
    return (parts.rest, parts.left)
  }

  /// The row at `index` from the top, which is empty if there is none.
  public func row(_ index: Int) -> Rect {
    guard (0..<height).contains(index) else { return Rect(x: x, y: y, width: 0, height: 0) }
    return Rect(x: x, y: y + index, width: width, height: 1)
  }

  /// The cells in both rectangles.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    let (width, height) = (min(right, other.right) - left, min(bottom, other.bottom) - top)
    return Rect(x: left, y: top, width: width, height: height)
  }

  /// A rectangle of at most that size in the middle of this one.
  public func centred(width: Int, height: Int) -> Rect {
    let width = min(max(0, width), self.width)
    let height = min(max(0, height), self.height)
    let (left, top) = (x + (self.width - width) / 2, y + (self.height - height) / 2)
    return Rect(x: left, y: top, width: width, height: height)
  }

  public func contains(x: Int, y: Int) -> Bool { columns.contains(x) && rows.contains(y) }
}
