import Arguments
import Settings

extension Settings {
  /// The settings of a dashboard on the demo's brokers, with the screen and the log that the operator set.
  func demo(mqttPort: Int, kafka: String) throws(SettingsError) -> Settings {
    let variables = [
      "EGTOP_MQTT": "mqtt://127.0.0.1:\(mqttPort)", "EGTOP_KAFKA": kafka, "EGTOP_RAW": "true",
      "EGTOP_SINK_GROUP": "egpipe-sink", "EGTOP_TASK_WINDOW": "\(DemoPlan.window)s",
      "EGTOP_CRITICAL_TIME": "2m", "EGTOP_INTERVAL": "2s",
    ]
    let options = SettingsTable.options(for: .watch)
    let arguments: ParsedArguments
    do throws(ArgumentsError) {
      let root = Command("egtop", summary: "", options: options)
      guard
        case .command(let parsed) = try CommandParser.parse([], environment: variables, root: root)
      else { return self }
      arguments = parsed
    } catch {
      throw SettingsError("\(error)")
    }
    // No file: what an operator has set for real brokers is not for these.
    var settings = try EffectiveSettings(arguments, environment: variables).settings(
      feeds: .required
    )
    settings.screen = screen
    settings.terminal = terminal
    settings.keys = keys
    settings.run = run
    settings.warnings = warnings
    return settings
  }
}
