/// How many colours are used.
public enum ColorChoice: String, CaseIterable, Sendable {
  /// As many as the terminal has.
  case automatic = "auto"
  case never
  case eight = "8"
  case sixteen = "16"
  case many = "256"
  /// Any red, green and blue.
  case trueColor = "truecolor"
}

/// The characters that are drawn with.
public enum GlyphChoice: String, CaseIterable, Sendable {
  /// As the locale and the terminal allow.
  case automatic = "auto"
  case unicode
  case ascii
}

/// Which way a column is sorted.
public enum SortDirection: String, CaseIterable, Sendable {
  /// As the column is by itself.
  case ascending = "asc"
  /// The other way round.
  case descending = "desc"
}

/// How the operator is called for new alarms of the top priority.
public enum AlertChoice: String, CaseIterable, Sendable {
  /// After the terminal.
  case automatic = "auto"
  case off
  case bell
  case osc9
  case osc777
  case osc99
}

/// What makes `--once` end with exit code 4.
public enum FailCondition: String, CaseIterable, Sendable {
  case alarm
  case lost
  case lag
  /// A hop that is configured and cannot be measured.
  case unknown
  /// A feed or a generator that was not heard in time.
  case incomplete
}
