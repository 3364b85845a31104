internal import Model

/// What is known of the generators beforehand.
public final class FleetSection: SettingsSection {
  public static let title = "Fleet"
  public static let commands = CommandSet.fleets

  public let inventory = Row("fleet.inventory", .optional(.path))
    .option("inventory", value: "file", for: [.fleets, .task])
    .help("The known generators, in a .csv or .yaml file.")
  public let tank = Row("fleet.tank", .number(0.001...1e9), to: \.tank)
    .option("tank", value: "size")
    .help("The size of a tank, where the inventory has none.")
  public let unit = Row("fleet.unit", .text, to: \.unit)
    .option("unit", value: "unit")
    .help("The unit of fuel to show.")
  public let refuelMark = Row("fleet.refuelMark", .number(0...1e9), to: \.refuelMark)
    .option("refuel-mark", value: "fuel", for: [.fleets, .task])
    .help("Fuel below this needs refuelling.")
  public let criticalPercent = Row("fleet.criticalPercent", .number(0...100), to: \.criticalPercent)
    .help("A refuel alarm is critical at or below this share of the tank.")
  public let criticalTime = Row("fleet.criticalTime", .time(0...86_400), to: \.criticalSeconds)
    .option("critical-time", value: "time")
    .help("A refuel alarm is critical when the tank will be empty within this time.")
  public let taskWindow = Row("fleet.taskWindow", .time(1...86_400), to: \.window)
    .option("task-window", value: "time")
    .help("How often the enrichment task runs.")
  public let interval = Row("fleet.interval", .time(0.001...86_400), to: \.expectedInterval)
    .option("interval", value: "time")
    .help("The time between samples to assume until it is known.")
}
