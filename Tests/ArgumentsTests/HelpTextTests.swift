import Arguments
import Testing

struct HelpTextTests {
  @Test
  func showsTheWholeTableByItsSections() {
    let text = """
      Watch a fleet.

      USAGE: fleet [--region <name>] ... [--theme <theme>] [--number <value>]
             [--factor <value>] [--wait <value>] [--all] [--[no-]bell] [<command>]

      EXAMPLES:
        fleet --region north
        fleet check

      COMMANDS:
        check                   Look at the connections.
        replay                  Play again.

      What is typed wins over
      what is set.

      SCREEN:
        --theme <theme>         The colours. (default: iron) [FLEET_THEME]
        -a, --all               All.

      OPTIONS:
        -r, --region <name>     Only these.
        -n, --number <value>    A number. [FLEET_NUMBER]
        --factor <value>        A factor.
        --wait <value>          How long.
        -b, --[no-]bell         Ring. [FLEET_BELL]
        --version               Show the version.
        -h, --help              Show help; -h shows the essentials only.

      'fleet help <command>' shows those of a command.

      """
    #expect(HelpText(path: [sample]).rendered(width: 80) == text)
  }

  @Test
  func theShortFormShowsTheEssentials() {
    let text = """
      Watch a fleet.

      USAGE: fleet [--region <name>] ... [--theme <theme>] [--number <value>]
             [--factor <value>] [--wait <value>] [--all] [--[no-]bell] [<command>]

      EXAMPLES:
        fleet --region north
        fleet check

      COMMANDS:
        check                   Look at the connections.
        replay                  Play again.

      OPTIONS:
        -r, --region <name>     Only these.
        -h, --help              Show help; -h shows the essentials only.

      'fleet --help' shows all 9 options.
      'fleet help <command>' shows those of a command.

      """
    #expect(HelpText(path: [sample], form: .short).rendered(width: 80) == text)
  }

  @Test
  func showsTheArgumentsOfASubcommand() {
    let text = """
      Play again.

      USAGE: fleet replay <file> [<more> ...]

      ARGUMENTS:
        <file>                  The recording.
        <more>                  Numbers.

      OPTIONS:
        -h, --help              Show help; -h shows the essentials only.

      """
    let path = [sample, sample.subcommands[1]]
    #expect(HelpText(path: path).rendered(width: 80) == text)
  }

  @Test(arguments: [1, 40, 60, 80, 200])
  func breaksDescriptionsAtTheWidth(width: Int) {
    let help = String(repeating: "zip ", count: 40)
    let command = Command(
      "x",
      summary: "X.",
      options: [
        Option("a-long-option-name", .text, help: help)
      ]
    )
    let lines = HelpText(path: [command]).rendered(width: width).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= max(40, width) })
    #expect(lines.contains("  --a-long-option-name <value>"))
    #expect(lines.joined().count { $0 == "z" } == 40)
  }
}
