import Arguments
import Dashboard
import Settings
import Terminal

/// The version that `--version` prints, and when it was made.
let version = "0.1.0"
private let versionDate = "2026-11-26"

extension Commands {
  /// The manual page egtop(1).
  static let manual = Manual(
    root,
    version: version,
    date: versionDate,
    sections: [keys, prompt, filter, settings, environment, files, exitStatus, examples],
    related: ["egpipe(1)", "mosquitto_sub(1)", "kcat(1)"],
  )

  /// Keys that share a line in help do so here.
  private static var keys: Manual.Section {
    var terms: [(term: String, meaning: String)] = []
    for binding in KeyTable.standard.bindings {
      let names = binding.keys.map(\.description).joined(separator: ", ")
      if binding.help.isEmpty, let last = terms.popLast() {
        terms.append((last.term + "; " + names, last.meaning))
      } else {
        terms.append((names, sentence(binding.help)))
      }
    }
    return Manual.Section(
      "KEYS",
      [
        .terms(terms),
        .paragraph(
          "These are the keys by themselves. Below 'keys' in the file of settings stand others, by the names of the "
            + "commands that 'egtop --keys' prints: 'pin: p', 'nextPane: [Tab, o]', or 'none'."
        ),
      ],
    )
  }

  /// What can be typed behind a colon.
  private static var prompt: Manual.Section {
    let commands = PromptCommand.all.map { command in
      let names = [command.name, command.shortName].compactMap { $0 }.joined(separator: ", ")
      let usage = command.arguments.isEmpty ? "" : " " + command.arguments
      return (":" + names + usage, sentence(command.help))
    }
    let settings = RunSetting.all.map { setting in
      (":set \(setting.name)", sentence("\(setting.help): \(setting.expectation)"))
    }
    return Manual.Section(
      "COMMANDS",
      [
        .paragraph(
          "A colon opens a line for commands. Their names may be cut short as long as only one fits. Tab completes, Up "
            + "and Down go through what was typed before."
        ),
        .terms(commands + settings),
      ],
    )
  }

  /// The words of the filter line that name states.
  private static var filter: Manual.Section {
    let states = FilterState.all.map(\.row).map { row in
      ([row.word, row.alias].compactMap { $0 }.joined(separator: ", "), "Generators \(row.help).")
    }
    return Manual.Section(
      "FILTER",
      [
        .paragraph(
          "A word in a filter is looked for in id, name and region, unless it is one of these:"
        ),
        .terms(states),
      ],
    )
  }

  private static var settings: Manual.Section {
    let rows = SettingsTable.rows(for: .egtop).filter {
      $0.key != nil && $0.option == nil && !$0.isSecret
    }
    return Manual.Section(
      "SETTINGS",
      [
        .paragraph(
          "The file of settings is YAML. 'egtop --print-config' prints all that can stand in it, each with what it "
            + "means; these have no option:"
        ),
        .terms(rows.map { ($0.id, $0.help) }),
        .paragraph(
          "Below 'contexts' stand named sets of settings that win over the rest of the file; 'context' names the one "
            + "that holds when --context does not."
        ),
      ],
    )
  }

  private static var environment: Manual.Section {
    let secrets = SettingsTable.rows(for: .egtop).filter { $0.isSecret }.compactMap { row in
      row.environment.map { ($0, row.help) }
    }
    return Manual.Section(
      "ENVIRONMENT",
      [
        .paragraph("Variables named in brackets at options stand for them. There are also:"),
        .terms(
          secrets + [
            ("NO_COLOR", "If it is set and not empty, there are attributes instead of colours."),
            ("TERM", "The type of the terminal; --term wins over it."),
            (
              "XDG_CONFIG_HOME",
              "Where the folder of the file of settings is, instead of ~/.config."
            ),
          ]
        ),
      ],
    )
  }

  private static let files = Manual.Section(
    "FILES",
    [.terms([("~/.config/egtop/config.yaml", "The file of settings.")])],
  )

  private static let exitStatus = Manual.Section(
    "EXIT STATUS",
    [
      .terms([
        ("0", "All is good."),
        ("2", "The command line or the settings are wrong."),
        ("3", "A feed could not be reached; only without a screen."),
        ("4", "Something was found that --fail-on asks about."),
      ])
    ],
  )

  private static let examples = Manual.Section(
    "EXAMPLES",
    [
      .paragraph("Watch one region, and keep what was seen:"),
      .lines(["egtop --context plant --region north --record shift.egr"]),
      .paragraph("Ask from a script whether anything wants refuelling:"),
      .lines(["egtop --kafka broker:9092 --once --fail-on alarm >/dev/null || echo refuel"]),
    ],
  )

  /// With a capital and a full stop.
  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
