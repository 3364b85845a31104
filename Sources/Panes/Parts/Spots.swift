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
  /// What is under a cell: of spots that overlap, the one that was drawn last.
  public func target(x: Int, y: Int) -> PointerTarget? {
    last { $0.area.contains(x: x, y: y) }?.target
  }
}

/// How far the texts of a picture go, gathered while it is drawn.
final class Extents {
  private(set) var all: [ScrolledText: Extent] = [:]

  func add(_ extent: Extent, of text: ScrolledText) { all[text] = extent }
}

/// The spots of a picture, gathered while it is drawn, so that what is clicked is what was seen.
final class Spots {
  private(set) var all: [Spot] = []

  func add(_ area: Rect, _ target: PointerTarget) {
    if !area.isEmpty { all.append(Spot(area, target)) }
  }

  func add(_ spots: [Spot]) {
    for spot in spots { add(spot.area, spot.target) }
  }
}
