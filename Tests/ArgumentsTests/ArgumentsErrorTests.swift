import Arguments
import Testing

struct ArgumentsErrorTests {
  @Test(arguments: [
    ("--regoin x", "unknown option --regoin; did you mean --region?"),
    ("--no-bel", "unknown option --no-bel; did you mean --no-bell?"),
    ("--them mono", "unknown option --them; did you mean --theme?"),
    ("--reg x", "unknown option --reg; did you mean --region?"),
    ("--xyzzy", "unknown option --xyzzy"),
    ("--password=hunter2", "unknown option --password"),
    ("-x", "unknown option -x"),
    ("-ax", "unknown option -x"),
    ("chekc", "unknown command 'chekc'; did you mean 'check'?"),
    ("help chekc", "unknown command 'chekc'; did you mean 'check'?"),
    ("frobnicate", "unknown command 'frobnicate'"),
    (
      "--number",
      "--number needs a whole number from 0 to 9 (--number=… for one that begins with -)"
    ),
    ("--region --all", "--region needs a text (--region=… for one that begins with -)"),
    ("-n", "-n needs a whole number from 0 to 9 (-n… for one that begins with -)"),
    ("--number ten", "--number: 'ten' is not a whole number from 0 to 9"),
    ("--number -1", "--number: '-1' is not a whole number from 0 to 9"),
    ("-n=5", "-n: '=5' is not a whole number from 0 to 9"),
    ("--factor nan", "--factor: 'nan' is not a number from -1 to 1"),
    ("--theme ion", "--theme: 'ion' is not iron, paper or mono; did you mean iron?"),
    ("--theme zebra", "--theme: 'zebra' is not iron, paper or mono"),
    ("--wait 2m", "--wait: '2m' is not a time such as 500ms, 15s or 2m, from 0s to 1m"),
    ("--wait 5x", "--wait: '5x' is not a time such as 500ms, 15s or 2m, from 0s to 1m"),
    ("--all=yes", "--all takes no value"),
    ("--no-all", "unknown option --no-all; did you mean --no-bell?"),
    ("--number 5 check", "--number is not an option of 'fleet check'"),
    ("check --theme mono", "--theme is not an option of 'fleet check'"),
    ("check now", "unexpected argument 'now' for 'fleet check'"),
    ("replay", "'fleet replay' needs <file>"),
    ("replay log 9", "<more>: '9' is not a whole number from 1 to 3"),
    ("--regoin\u{1B}[31m", "unknown option --regoin\u{FFFD}[31m"),
  ])
  func saysWhatIsWrong(line: String, message: String) {
    let words = line.split(separator: " ").map(String.init)
    do throws(ArgumentsError) {
      let parsed = try CommandParser.parse(words, environment: [:], root: sample)
      Issue.record("accepted as \(parsed)")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test
  func namesTheVariable() {
    let error = ArgumentsError.badValue(
      .environment("FLEET_THEME"),
      text: "irom",
      expectation: "iron, paper or mono",
      nearest: "iron",
    )
    #expect(throws: error) {
      try CommandParser.parse([], environment: ["FLEET_THEME": "irom"], root: sample)
    }
    #expect(
      error.description == "FLEET_THEME: 'irom' is not iron, paper or mono; did you mean iron?"
    )
  }
}
