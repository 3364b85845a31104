/// The `alarm` field of an enriched record.
public enum AlarmFlag: UInt8, Codable, Sendable {
  /// The record has no such field.
  case absent
  /// `refuel`: fuel was strictly below the mark.
  case refuel
  /// `no action`.
  case noAction
  /// Some other text, which we do not know.
  case other
}
