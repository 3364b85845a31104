import Dashboard
import Terminal
import Testing

@testable import Panes

/// The `:` prompt and what stands above it.
struct CommandLineTests {
  private func fleet(_ size: (Int, Int), _ text: String, _ keys: Key...) -> SampleFleet {
    var fleet = SampleFleet(size)
    fleet.press(.character(":"))
    fleet.type(text)
    for key in keys { fleet.press(key) }
    return fleet
  }

  @Test func fitsEverySize() {
    for width in [1, 2, 7, 23, 24, 39, 40, 80, 200] {
      for height in 1...14 {
        for (text, keys) in [
          ("", []), ("region ", [Key.tab]), ("sort fule", [.enter]), ("find x", []),
          ("help", [.enter]), (String(repeating: "é京", count: 150), [.enter]),
        ] {
          var fleet = fleet((width, height), text)
          for key in keys { fleet.press(key) }
          let canvas = fleet.canvas()
          #expect(canvas.width == width && canvas.height == height)
        }
      }
    }
  }

  @Test func showsTheCandidateThatWasTakenWhereverItIsInTheList() throws {
    var fleet = fleet((80, 24), "")
    for command in PromptCommand.all {
      fleet.press(.tab)
      let lines = fleet.canvas().text
      #expect(lines.last?.hasPrefix(":" + command.name) == true)
      let rule = try #require(lines.firstIndex { $0.contains(" COMMAND ") })
      #expect(
        lines[(rule + 1)...].contains { $0.hasPrefix(" \(command.name) ") },
        "\(command.name)"
      )
    }
  }

  @Test func underlinesWhatIsWrongAndSaysIt() throws {
    let canvas = fleet((80, 24), "sort fule desc", .enter).canvas()
    let lines = canvas.text
    #expect(lines[22].hasPrefix("there is no column \"fule\"; did you mean fuel?"))
    let marked = (0..<80).filter { canvas[$0, 23].flags.contains(.underline) }
    #expect(marked == [6, 7, 8, 9])
  }

  @Test func saysWhatACommandTakesWhereNothingCanBeOffered() {
    let lines = fleet((80, 24), "find roy").canvas().text
    #expect(lines[22].hasPrefix("find TEXT   go to the id or name that fits best"))
  }

  @Test func theHeaderSaysThatSomethingIsRecorded() {
    var fleet = SampleFleet((120, 40))
    fleet.send(.recording(RecordingReport(file: "~/shifts/monday.egr")))
    #expect(fleet.canvas().text[0].contains("REC monday.egr"))
    fleet.send(.recording(RecordingReport()))
    #expect(!fleet.canvas().text[0].contains("REC"))
  }

  @Test func theKeysThatAreShownAreThoseInForce() {
    var fleet = SampleFleet(unheard: (200, 60)) {
      $0.keys = KeyTable.standard.binding([
        .commandLine: [.character(";")], .abnormalOnly: [], .region1: [.function(2)],
      ])
    }
    let last = fleet.canvas().text.last ?? ""
    #expect(last.contains("; command") && !last.contains("abnormal"))
    fleet.press(.character("?"))
    let text = fleet.canvas().text.joined(separator: "\n")
    #expect(text.contains("; x") && !text.contains("abnormal only"))
    #expect(text.contains("F2 2 3 4 5 6 7 8 9"))
  }
}
