public import Dashboard
public import Terminal

/// Cells that mean something to the mouse.
public struct Spot: Equatable, Sendable {
  public var area: Rect
  public var target: PointerTarget

  public init(_ area: Rect, _ target: PointerTarget) {
    self.area = area
    self.target = target
  }
}

extension [Spot] {
  mutating func add(_ area: Rect, _ target: PointerTarget) {
    if !area.isEmpty { append(Spot(area, target)) }
  }

  /// What is under a cell: of spots that overlap, the one that was drawn last.
  public func target(x: Int, y: Int) -> PointerTarget? {
    last { $0.area.contains(x: x, y: y) }?.target
  }
}
