/// A text that is not to be shown: printing, dumping and interpolating it gives dots.
public struct SecretText: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
  /// The secret itself.
  public let text: String

  init(_ text: String) { self.text = text }

  public var description: String { "•••" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
