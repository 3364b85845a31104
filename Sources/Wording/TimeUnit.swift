/// The units in which spans of time are typed and written, longest first.
public enum TimeUnit: String, CaseIterable, Sendable {
  case day = "d"
  case hour = "h"
  case minute = "m"
  case second = "s"
  case millisecond = "ms"
  case microsecond = "us"
  case nanosecond = "ns"

  public var nanoseconds: Int64 {
    switch self {
    case .day: 86_400_000_000_000
    case .hour: 3_600_000_000_000
    case .minute: 60_000_000_000
    case .second: 1_000_000_000
    case .millisecond: 1_000_000
    case .microsecond: 1_000
    case .nanosecond: 1
    }
  }

  public var seconds: Double { Double(nanoseconds) / 1e9 }
}
