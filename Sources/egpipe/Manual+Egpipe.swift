import Arguments
import Settings

extension Commands {
  /// The manual page egpipe(1).
  static let manual = Manual(
    root,
    [
      .section("SETTINGS"),
      .paragraph(
        "The configuration file is YAML. 'egpipe --print-config' prints all that egpipe reads of it, each with what it "
          + "means; these have no option:"
      ),
      .terms(SettingsTable.withoutOption(for: .egpipe)),
      .section("ENVIRONMENT"),
      .paragraph("A variable in brackets sets its option. There are also:"),
      .terms(
        SettingsTable.secrets(for: .egpipe) + [
          SettingsTable.configurationFolder,
          ("XDG_STATE_HOME", "Where the folder of the buckets is, instead of ~/.local/state."),
        ]
      ),
      .section("FILES"),
      .terms([
        ("~/.config/egtop/config.yaml", "The configuration file, shared with egtop."),
        ("~/.local/state/egpipe", "The buckets, unless --store names another folder."),
        ("/etc/egtop/egpipe.env", "The variables of the services."),
        ("/var/lib/egpipe", "The buckets of the services."),
      ]),
      .section("SIGNALS"),
      .paragraph(
        "SIGTERM, SIGINT and SIGHUP let all stages finish what they have begun, within ten seconds; a second one ends "
          + "them at once."
      ),
      .section("EXIT STATUS"),
      .terms([
        ("0", "All is well."),
        ("1", "Not everything was finished when it had to end."),
        ("2", "The command line or the configuration is wrong."),
        ("3", "A process that 'egpipe status' asked did not answer."),
        ("4", "A stage that 'egpipe status' asked for stands still, or lacks a connection."),
      ]),
    ],
    related: ["egtop(1)", "mosquitto(8)", "kcat(1)"]
  )
}
