/// Something that `:set` changes while the program runs.
///
/// What the state has itself is changed like by the command of the same meaning. All else belongs to
/// the run loop: it says in ``DashboardOptions/runValues`` what it can change and how that stands, and
/// carries out ``Effect/set(name:value:)``.
public struct RunSetting: Sendable {
  /// What it may be set to.
  enum Values: Sendable {
    case words([String])
    case integer(ClosedRange<Int>)
    /// `on` or `off`, which the state knows: how it stands, and what changes it.
    case toggle(
      @Sendable (DashboardState) -> Bool,
      set: @Sendable (inout DashboardState, Bool) -> [Effect]
    )
    /// What can be typed for a command, and how the state says it stands.
    case typed(Command, @Sendable (DashboardState) -> String)
  }

  public let name: String
  /// What it is, in a few words.
  public let help: String
  let values: Values

  private init(_ name: String, _ values: Values, _ help: String) {
    self.name = name
    self.values = values
    self.help = help
  }

  /// In the order help lists them.
  public static let all = [
    RunSetting(
      "alert",
      .words(["auto", "off", "bell", "osc9", "osc777", "osc99"]),
      "how new critical alarms are announced"
    ),
    RunSetting("fps", .integer(1...60), "the most frames per second"),
    RunSetting(
      "group",
      .typed(.group) { $0.isGrouped ? "on" : "off" },
      "whether the fleet is grouped"
    ),
    RunSetting("mouse", .toggle({ $0.usesMouse }) { $0.useMouse($1) }, "whether the mouse is used"),
    RunSetting("remember", .words(["on", "off"]), "whether the view is remembered"),
    RunSetting("theme", .typed(.themePicker) { $0.theme }, "the colours"),
    RunSetting("times", .typed(.times) { $0.times.rawValue }, "how times are written"),
  ]

  /// What it may be, for people.
  public var expectation: String {
    switch values {
    case .words(let words): words.joined(separator: ", ")
    case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .toggle: "on, off"
    case .typed(let command, _): PromptCommand(command)?.arguments ?? ""
    }
  }
}
