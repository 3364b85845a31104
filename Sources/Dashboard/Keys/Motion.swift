/// Where a cursor can be moved, or how a text is scrolled.
public enum Motion: Codable, Sendable {
  case down, up, left, right, first, last, halfPageDown, halfPageUp, pageDown, pageUp
}
