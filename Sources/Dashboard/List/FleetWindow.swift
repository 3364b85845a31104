/// Which lines of the list of the fleet are on the screen.
public struct FleetWindow: Equatable, Sendable {
  /// So many lines at the top stay where they are: what is pinned.
  public var fixed: Int
  /// The lines below them.
  public var scrolled: Range<Int>
  /// The line of the cursor.
  public var cursor: Int?

  /// All lines that are seen, from the top.
  public var lines: [Int] { Array(0..<fixed) + Array(scrolled) }
}
