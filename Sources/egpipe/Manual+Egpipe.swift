import Arguments
import Settings

/// The version that `--version` prints, and when it was made.
let version = "0.1.0"
private let versionDate = "2026-11-26"

extension Commands {
  /// The manual page egpipe(1).
  static let manual = Manual(
    root,
    version: version,
    date: versionDate,
    sections: [settings, environment, files, signals, exitStatus],
    related: ["egtop(1)", "mosquitto(8)", "kcat(1)"],
  )

  private static var settings: Manual.Section {
    let rows = SettingsTable.rows(for: .egpipe).filter { $0.key != nil && !$0.isSecret }
    return Manual.Section(
      "SETTINGS",
      [
        .paragraph(
          "The file of settings is YAML. 'egpipe --print-config' prints all that egpipe reads of it, each with what it "
            + "means; these have no option:"
        ),
        .terms(rows.filter { $0.option == nil }.map { ($0.id, $0.help) }),
      ],
    )
  }

  private static var environment: Manual.Section {
    let secrets = SettingsTable.rows(for: .egpipe).filter { $0.isSecret }.compactMap { row in
      row.environment.map { ($0, row.help) }
    }
    return Manual.Section(
      "ENVIRONMENT",
      [
        .paragraph("Variables named in brackets at options stand for them. There are also:"),
        .terms(
          secrets + [
            (
              "XDG_CONFIG_HOME",
              "Where the folder of the file of settings is, instead of ~/.config."
            ),
            ("XDG_STATE_HOME", "Where the folder of the buckets is, instead of ~/.local/state."),
          ]
        ),
      ],
    )
  }

  private static let files = Manual.Section(
    "FILES",
    [
      .terms([
        ("~/.config/egtop/config.yaml", "The file of settings, the same as for egtop."),
        ("~/.local/state/egpipe", "The buckets, unless --store names another folder."),
      ])
    ],
  )

  private static let signals = Manual.Section(
    "SIGNALS",
    [
      .paragraph(
        "SIGTERM, SIGINT and SIGHUP let all stages finish what they have begun, within ten seconds; a second one ends "
          + "them at once."
      )
    ],
  )

  private static let exitStatus = Manual.Section(
    "EXIT STATUS",
    [
      .terms([
        ("0", "All is good."),
        ("1", "Not all was finished when it had to end."),
        ("2", "The command line or the settings are wrong."),
      ])
    ],
  )
}
