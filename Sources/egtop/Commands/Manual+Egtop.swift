import Arguments
import Dashboard
import Settings
import Terminal

extension Commands {
  /// The manual page egtop(1).
  static let manual = Manual(
    root,
    [
      .section("KEYS"),
      .terms(keys),
      .paragraph(
        "These are the default keys. Set others under 'keys' in the configuration file, by the names of the "
          + "commands that 'egtop --keys' prints: 'pin: p', 'nextPane: [Tab, o]', or 'none'."
      ),
      .section("COMMANDS"),
      .paragraph(
        "A colon opens a command line. Names may be shortened as long as they are unambiguous. Tab completes, Up "
          + "and Down go through the history."
      ),
      .terms(prompt),
      .section("FILTER"),
      .paragraph(
        "A word in a filter is looked for in id, name and region, unless it is one of these:"
      ),
      .terms(states),
      .section("SETTINGS"),
      .paragraph(
        "The configuration file is YAML. 'egtop --print-config' prints all that it can hold, each with what it "
          + "means; these have no option:"
      ),
      .terms(SettingsTable.withoutOption(for: .egtop)),
      .paragraph(
        "'contexts' holds named sets of settings that win over the rest of the file; 'context' names the one "
          + "to use when --context does not."
      ),
      .section("ENVIRONMENT"),
      .paragraph("A variable in brackets sets its option. There are also:"),
      .terms(
        SettingsTable.secrets(for: .egtop) + [
          ("NO_COLOR", "If set and not empty, attributes are used instead of colours."),
          ("TERM", "The terminal type; --term wins over it."),
          SettingsTable.configurationFolder,
        ]
      ),
      .section("FILES"),
      .terms([("~/.config/egtop/config.yaml", "The configuration file.")]),
      .section("EXIT STATUS"),
      .terms([
        ("0", "All is well."),
        ("2", "The command line or the configuration is wrong."),
        ("3", "A feed could not be reached; only without a screen."),
        ("4", "Something was found that --fail-on asked about."),
        ("5", "No generators were found; only discover and init."),
      ]),
      .section("EXAMPLES"),
      .paragraph("Watch one region, and record it:"),
      .lines(["egtop --context plant --region north --record shift.egr"]),
      .paragraph("Ask from a script whether anything needs refuelling:"),
      .lines(["egtop --kafka broker:9092 --once --fail-on alarm >/dev/null || echo refuel"]),
    ],
    related: ["egpipe(1)", "mosquitto_sub(1)", "kcat(1)"]
  )

  private typealias Term = (term: String, meaning: String)

  /// Keys that share a line in help do so here.
  private static var keys: [Term] {
    var terms: [Term] = []
    for binding in KeyTable.standard.bindings {
      let names = binding.keys.map(\.description).joined(separator: ", ")
      if binding.help.isEmpty, let last = terms.popLast() {
        terms.append((last.term + "; " + names, last.meaning))
      } else {
        terms.append((names, sentence(binding.help)))
      }
    }
    return terms
  }

  /// What can be typed behind a colon.
  private static var prompt: [Term] {
    let commands = PromptCommand.all.map { command in
      let names = [command.name, command.shortName].compactMap { $0 }.joined(separator: ", ")
      let usage = command.arguments.isEmpty ? "" : " " + command.arguments
      return (":" + names + usage, sentence(command.help))
    }
    return commands
      + RunSetting.all.map { setting in
        (":set \(setting.name)", sentence("\(setting.help): \(setting.expectation)"))
      }
  }

  /// The words of the filter line that name states.
  private static var states: [Term] {
    FilterState.all.map(\.row).map { row in
      ([row.word, row.alias].compactMap { $0 }.joined(separator: ", "), "Generators \(row.help).")
    }
  }

  /// With a capital and a full stop.
  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
