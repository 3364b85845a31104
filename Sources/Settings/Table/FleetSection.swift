internal import Model

/// What is known of the generators beforehand.
public final class FleetSection: SettingsSection {
  public static let title = "Fleet"
  public static let commands = CommandSet.fleets

  public let inventory = Row("fleet.inventory", .optional(.path))
    .option("inventory", value: "file", for: [.fleets, .task])
    .help("The known generators, in a .csv or .yaml file.")
  public let tank = Row("fleet.tank", .number(FleetPolicy.Bounds.tank), to: \.tank)
    .option("tank", value: "size")
    .help("The size of a tank, where the inventory has none.")
  public let unit = Row("fleet.unit", .text, to: \.unit)
    .option("unit", value: "unit")
    .help("The unit of fuel to show.")
  public let refuelMark = Row(
    "fleet.refuelMark",
    .number(FleetPolicy.Bounds.refuelMark),
    to: \.refuelMark
  )
  .option("refuel-mark", value: "fuel", for: [.fleets, .task])
  .help("Fuel below this needs refuelling.")
  public let criticalPercent = Row(
    "fleet.criticalPercent",
    .number(FleetPolicy.Bounds.criticalPercent),
    to: \.criticalPercent
  )
  .help("A refuel alarm is critical at or below this share of the tank.")
  public let criticalTime = Row(
    "fleet.criticalTime",
    .time(FleetPolicy.Bounds.criticalSeconds),
    to: \.criticalSeconds
  )
  .option("critical-time", value: "time")
  .help("A refuel alarm is critical when the tank will be empty within this time.")
  public let drySoon = Row(
    "fleet.drySoon",
    .time(FleetPolicy.Bounds.drySoonSeconds),
    to: \.drySoonSeconds
  )
  .option("dry-soon", value: "time")
  .help("A generator is dry soon when its tank will be empty within this time.")
  public let unknownValues = Row("fleet.unknownValues", .number(-1e15...1e15), to: \.unknownValues)
    .option("unknown", value: "numbers")
    .help("Numbers that mean that a value is not known, separated by commas.")
  public let taskWindow = Row("fleet.taskWindow", .time(FleetPolicy.Bounds.window), to: \.window)
    .option("task-window", value: "time")
    .help("How often the enrichment task runs.")
  public let interval = Row(
    "fleet.interval",
    .time(FleetPolicy.Bounds.expectedInterval),
    to: \.expectedInterval
  )
  .option("interval", value: "time")
  .help("The time between samples to assume until it is known.")
}
