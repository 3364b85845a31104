public import Model
public import Terminal

/// What is under the mouse, as it was drawn when the operator pointed at it.
///
/// Found in the picture and not in the state, which may have moved on since.
public enum PointerTarget: Codable, Equatable, Sendable {
  /// Nothing that can be clicked, lying over what could.
  case nothing
  case pane(PaneID)
  /// A line of a list beside the fleet, from 0.
  case row(PaneID, line: Int)
  case generator(GeneratorIndex)
  /// The heading of a group of the fleet, and the sign before it that folds the group.
  case heading(FleetGroup.Kind)
  case sign(FleetGroup.Kind)
  /// The name of a column of the fleet.
  case column(SortColumn)
  /// A region of the strip; nil for all of them.
  case region(RegionIndex?)
  /// Words that name a key and do what it does.
  case key(Key)
  /// A line of the menu that is open, from 0.
  case choice(Int)
}

/// What the mouse did, and what it was over.
public struct Pointing: Codable, Equatable, Sendable {
  public var report: MouseReport
  /// Nil where nothing was drawn.
  public var target: PointerTarget?

  public init(_ report: MouseReport, on target: PointerTarget?) {
    self.report = report
    self.target = target
  }
}

/// The last click, to tell whether the next is the second of two.
struct Click: Equatable, Sendable {
  /// Two clicks on a cell within this many nanoseconds are one double click.
  static let patience: Int64 = 400_000_000

  var pointing: Pointing
  var at: Int64

  func isSoon(before pointing: Pointing, at now: Int64) -> Bool {
    self.pointing.report == pointing.report && now &- at <= Self.patience
  }
}
