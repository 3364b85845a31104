/// What the terminal tells of the mouse, while it is asked to.
public struct MouseReport: Hashable, Sendable, Codable {
  public enum Action: String, Sendable, Codable {
    /// The left button went down.
    case press
    case wheelUp
    case wheelDown
  }

  public var action: Action
  /// The column, counted from 0 at the left; it may lie outside of what is drawn.
  public var x: Int
  /// The row, counted from 0 at the top.
  public var y: Int

  public init(_ action: Action, x: Int, y: Int) {
    self.action = action
    self.x = x
    self.y = y
  }
}

extension MouseReport: CustomStringConvertible, LosslessStringConvertible {
  /// `press 10 5`.
  public var description: String { "\(action.rawValue) \(x) \(y)" }

  public init?(_ description: String) {
    let words = description.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, let action = Action(rawValue: String(words[0])),
      let x = Int(words[1]), let y = Int(words[2])
    else { return nil }
    self.init(action, x: x, y: y)
  }
}
