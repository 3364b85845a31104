/// What is to be written to a file: the list as it is seen.
public struct ExportOrder: Equatable, Sendable {
  public enum Format: String, CaseIterable, Sendable {
    case csv, json
  }

  public var format: Format
  /// As it was typed.
  public var path: String
  /// Whether a file of that name may be written over.
  public var overwrites: Bool

  public init(_ format: Format, path: String, overwrites: Bool = false) {
    self.format = format
    self.path = path
    self.overwrites = overwrites
  }
}
