/// The engine is too hot, by the newest values.
extension AlarmKindRow {
  static let hot = AlarmKindRow(
    name: "hot",
    help: "too hot",
    metric: .temperature,
    recordWord: nil,
    urgentLook: .urgent,
    look: AlarmLook(mark: "^2", tone: .warning),
    words: AlarmWords(
      raised: "too hot",
      raisedUrgent: "much too hot",
      becameUrgent: "now much too hot",
      becameLess: "less hot",
      cleared: "cool again",
      over: "cool again",
      call: "is much too hot",
      counted: "too hot"
    ),
    isContradicted: { temperature, _ in temperature < 100 }
  )
}

extension Generator {
  /// Once hot, it is so until it is five degrees below the limit.
  var isHotRaised: Bool { reading.temperature ?? 0 >= (alarms.contains(.hot) ? 105 : 110) }
}
