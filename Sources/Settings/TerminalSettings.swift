/// How the terminal is used.
public struct TerminalSettings: Equatable, Sendable {
  public var alert: AlertChoice
  /// Whether clicks and the wheel act.
  public var usesMouse: Bool
  /// Whether to send as little as on a slow link.
  public var isLow: Bool
  /// At most so many rows at the bottom of the normal screen; nil for a screen of its own.
  public var inlineRows: Int?
  /// Lines instead of a screen.
  public var isPlain: Bool
  /// Between two summaries of ``isPlain``; zero for only one.
  public var summaryInterval: Duration
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

extension EffectiveSettings {
  var terminalSettings: TerminalSettings {
    TerminalSettings(
      alert: layer.text("screen.alert").flatMap(AlertChoice.init(rawValue:)) ?? .automatic,
      usesMouse: layer.isOn("screen.mouse"),
      isLow: layer.isOn("screen.low"),
      inlineRows: layer.isOn("screen.inline") ? layer.integer("screen.rows") : nil,
      isPlain: layer.isOn("screen.plain"),
      summaryInterval: layer.duration("screen.summary"),
    )
  }
}
