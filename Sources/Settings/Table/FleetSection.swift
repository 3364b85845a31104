internal import Model

/// What is known of the generators beforehand.
public struct FleetSection: SettingsSection {
  public static let title = "Fleet"
  public static let commands = CommandSet.fleets

  public let inventory = Setting(
    "fleet.inventory",
    .optional(.path),
    .flag("inventory", value: "file"),
    for: [.fleets, .task],
    help: "The generators there are, in a file .csv or .yaml."
  )
  public let tank = Setting(
    "fleet.tank",
    .one(.number(0.001...1e9), default: 1000),
    .flag("tank", value: "size"),
    help: "The size of a tank that the inventory does not tell."
  )
  public let unit = Setting(
    "fleet.unit",
    .one(.text, default: ""),
    .flag("unit", value: "unit"),
    help: "The unit of fuel, to be shown."
  )
  public let refuelMark = Setting(
    "fleet.refuelMark",
    .one(.number(0...1e9), default: Convention.refuelMark),
    .flag("refuel-mark", value: "fuel"),
    for: [.fleets, .task],
    help: "Fuel below this wants refuelling."
  )
  public let criticalPercent = Setting(
    "fleet.criticalPercent",
    .one(.number(0...100), default: 10),
    help: "A refuel alarm is critical at or below this share of the tank."
  )
  public let criticalTime = Setting(
    "fleet.criticalTime",
    .one(.duration(.zero ... .seconds(86_400)), default: .seconds(600)),
    .flag("critical-time", value: "time"),
    help: "A refuel alarm is critical when the tank is empty within this."
  )
  public let taskWindow = Setting(
    "fleet.taskWindow",
    .one(.duration(.seconds(1) ... .seconds(86_400)), default: .seconds(60)),
    .flag("task-window", value: "time"),
    help: "How often the enrichment task runs."
  )
  public let interval = Setting(
    "fleet.interval",
    .one(.duration(.milliseconds(1) ... .seconds(86_400)), default: .seconds(30)),
    .flag("interval", value: "time"),
    help: "The time between samples that is expected until it is known."
  )
}
