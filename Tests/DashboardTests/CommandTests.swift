import Dashboard
import Model
import Terminal
import Testing

/// Lines of the `:` prompt and what becomes of them.
struct CommandTests {
  private func driver(_ change: (inout DashboardOptions) -> Void = { _ in }) -> Driver {
    var driver = Driver {
      $0.choices.sort = SortOrder(column: .id)
      $0.runValues = ["fps": "5", "alert": "auto"]
      change(&$0)
    }
    driver.add(fuels: [900, 400, 60], regions: ["North", "South", "North Sea"])
    return driver
  }

  @Test func changesWhatIsShown() {
    var driver = driver()
    driver.run("region south")
    #expect(driver.state.regions == ["South"] && driver.ids == ["g2"])
    driver.run("region North Sea, north")
    #expect(driver.state.regions == ["North Sea", "North"] && driver.ids == ["g1", "g3"])
    driver.run("region all")
    driver.run("filter fuel<50%")
    #expect(driver.ids == ["g2", "g3"] && driver.state.notice?.text == "2 of 3 match")
    driver.run("filter")
    driver.run("sort fuel")
    #expect(driver.ids == ["g3", "g2", "g1"])
    driver.run("sort fuel desc")
    #expect(driver.ids == ["g1", "g2", "g3"])
    driver.run("columns -region +load -age")
    #expect(driver.state.hiddenColumns == [.region, .age])
    driver.run("columns all")
    driver.run("group on")
    driver.run("group on")
    #expect(driver.state.hiddenColumns.isEmpty && driver.state.isGrouped)
    driver.run("times utc")
    driver.run("view alarms")
    driver.run("zoom events")
    #expect(driver.state.times == .utc && driver.state.view == .alarms)
    #expect(driver.state.focus == .events && driver.state.isZoomed)
    driver.run("zoom off")
    #expect(!driver.state.isZoomed && driver.effects.isEmpty)
  }

  @Test func isAboutOneGenerator() {
    var driver = driver()
    driver.run("region North")
    driver.run("goto G2")
    #expect(driver.selected == "g2" && driver.state.guest == 1)
    driver.run("mark g3")
    driver.run("mark")
    #expect(driver.state.marked == [1, 2])
    driver.run("unmark g3")
    #expect(driver.state.marked == [1])
    driver.run("unmark all")
    driver.run("pin g3")
    #expect(driver.state.marked.isEmpty && driver.ids.first == "g3")
    driver.run("find g1")
    #expect(driver.selected == "g1")
  }

  @Test(arguments: [
    ("quit", Effect.quit), ("q", .quit), ("q!", .quit), ("quit!", .quit), ("::q", .quit),
    ("reconnect", .reconnect), ("rec", .reconnect), ("record off", .record(nil)),
    ("record ~/a b.egr", .record("~/a b.egr")), ("set fps 12", .set(name: "fps", value: "12")),
    ("SET al bell", .set(name: "alert", value: "bell")), ("theme mine", .useTheme("mine")),
    ("set theme mine", .useTheme("mine")),
    ("export json x y.json", .export(ExportOrder(.json, path: "x y.json"))),
    ("export! c a.csv", .export(ExportOrder(.csv, path: "a.csv", overwrites: true))),
    ("export csv", .export(ExportOrder(.csv, path: "egtop-20231114-223000Z.csv"))),
  ])
  func asksTheRunLoopForWhatItCannotDo(line: String, effect: Effect) {
    var driver = driver { if line == "record off" { $0.recordingFile = "a" } }
    if line == "rec" {
      // `record` begins with it too.
      driver.run(line)
      #expect(
        driver.state.prompt?.mistake?.reason == "\"rec\" could be any of record, reconnect"
      )
      return
    }
    driver.run(line)
    #expect(driver.effects.filter { $0 != .listThemes } == [effect])
    #expect(driver.state.prompt == nil)
  }

  @Test(arguments: [
    ("srot fuel", 0..<4, "there is no command \"srot\"; did you mean sort?"),
    ("s fuel", 0..<1, "\"s\" could be any of sort, set, status"),
    ("sort", 4..<4, "name a column to sort by"),
    ("sort fule", 5..<9, "there is no column \"fule\"; did you mean fuel?"),
    ("sort fuel down", 10..<14, "there is no direction \"down\"; there are asc, desc"),
    ("sort fuel desc now", 15..<18, "sort takes no more than COLUMN [asc|desc]"),
    ("status 1", 7..<8, "status takes nothing"),
    ("region Nroth", 7..<12, "there is no region \"Nroth\"; did you mean North?"),
    ("region South, Wset", 14..<18, "there is no region \"Wset\""),
    ("filter fuel<x", 12..<13, "a number is needed, as in fuel<15%"),
    ("columns region", 8..<14, "write +region or -region"),
    ("columns -id", 8..<11, "state and id are always shown"),
    ("goto g9", 5..<7, "there is no generator \"g9\""),
    ("find zz", 5..<7, "no id and no name has these letters"),
    ("sort! fuel", 4..<5, "no ! is allowed after sort"),
    ("set fps 61", 8..<10, "a whole number, 1 to 60"),
    ("set alert loud", 10..<14, "there is no value \"loud\""),
    ("set remember off", 4..<12, "remember cannot be changed here"),
    ("export xml", 7..<10, "there is no format \"xml\"; there are csv, json"),
    ("record off", 7..<10, "nothing is recorded"), ("view", 4..<4, "name a view"),
  ])
  func saysWhatIsWrongAndWhereAndLetsItBePutRight(
    line: String,
    range: Range<Int>,
    reason: String
  ) throws {
    var driver = driver()
    let before = driver.ids
    driver.run(line)
    let error = try #require(driver.state.prompt?.mistake)
    #expect(error.range == range && error.reason.hasPrefix(reason), "\(error)")
    #expect(driver.effects.isEmpty && driver.ids == before && driver.state.choices.history.isEmpty)
    driver.press(.backspace)
    #expect(driver.state.prompt?.mistake == nil)
    driver.press(.control("u"), .enter)
    #expect(driver.state.prompt == nil)
  }

  @Test func aRecordingCannotBeRecordedOrReconnected() {
    var driver = driver { $0.replayed = "shift.egr" }
    for (line, reason) in [
      ("record x", "this is a recording already"), ("reconnect", "a recording has no connections"),
    ] {
      driver.run(line)
      #expect(driver.state.prompt?.mistake?.reason == reason)
      driver.press(.escape)
    }
    driver.press(.character("R"))
    #expect(driver.effects.isEmpty)
    driver.run("export csv")
    #expect(driver.effects.count == 1)
  }

  @Test func tellsHowARecordingStands() {
    var driver = driver()
    driver.apply(.recording(RecordingReport(file: "a.egr")))
    #expect(driver.state.recordingFile == "a.egr")
    driver.run("record b.egr")
    #expect(driver.state.prompt?.mistake?.reason == "recording to a.egr; record off ends it")
    driver.press(.escape)
    driver.apply(.recording(RecordingReport(problem: "the recording ended: disk full")))
    #expect(driver.state.recordingFile == nil)
    #expect(driver.state.notice?.text == "the recording ended: disk full")
  }

  @Test func showsHowASettingStands() {
    var driver = driver()
    driver.run("set fps")
    #expect(driver.state.notice?.text == "fps is 5: the most frames per second (1 to 60)")
    driver.run("set fps 10")
    driver.run("set fps")
    #expect(driver.state.notice?.text.hasPrefix("fps is 10") == true)
  }

  @Test func everyCommandCanBeFoundAndExplained() {
    for command in PromptCommand.all {
      var driver = driver()
      driver.run("help \(command.name)")
      #expect(driver.state.notice?.text.hasPrefix(command.name) == true, "\(command.name)")
    }
    // Those that have both a key and a name at the prompt, or only one of them, are all there are.
    let names = PromptCommand.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(Command.bindable).union(PromptCommand.all.map(\.command)) == Set(Command.allCases))
    var driver = driver()
    driver.run("help")
    #expect(driver.state.overlay == .commandHelp)
  }

  @Test func theExportKeyOpensThePrompt() {
    var driver = driver()
    driver.press(.character("x"))
    #expect(driver.state.prompt?.text == "export ")
    #expect(driver.state.prompt?.completion.candidates.map(\.text) == ["csv", "json"])
  }
}

struct CompletionTests {
  private func driver() -> Driver {
    var driver = Driver {
      $0.runValues = ["fps": "5"]
      $0.choices.sort = SortOrder(column: .id)
    }
    driver.add(fuels: [900, 400, 60], regions: ["North", "South", "North Sea"])
    driver.press(.character(":"))
    return driver
  }

  @Test(arguments: [
    ("s", ["sort", "set", "status"]), ("q", ["quit"]), ("region n", ["North", "North Sea"]),
    ("region South, sea", ["North Sea"]), ("sort te", ["temperature", "tte"]),
    ("sort fuel ", ["asc", "desc"]), ("columns +loa", []), ("columns loa", ["-load"]),
    ("goto G", ["g1", "g2", "g3"]),
    ("view ", ["ops", "alarms", "pipeline"]),
    ("set ", ["fps", "group", "mouse", "theme", "times"]), ("set times u", ["utc"]),
    ("set fps ", []),
    ("zoom ev", ["events"]), ("help rec", ["record", "reconnect"]), ("find g", []),
    ("sort fuel asc ", []), ("nothing ", []), ("record ", ["off"]),
  ])
  func offersWhatCanStandThere(line: String, candidates: [String]) {
    var driver = driver()
    driver.type(line)
    let found = driver.state.prompt?.completion.candidates.map(\.text) ?? []
    // Views come and go with versions.
    #expect(line == "view " ? found.starts(with: candidates.prefix(1)) : found == candidates)
  }

  @Test func tabGoesRoundAndASingleOneIsFinal() {
    var driver = driver()
    driver.type("re")
    var seen: [String] = []
    for _ in 0..<4 {
      driver.press(.tab)
      seen.append(driver.state.prompt?.text ?? "")
    }
    #expect(seen == ["region", "record", "reconnect", "region"])
    driver.press(.backTab)
    #expect(driver.state.prompt?.text == "reconnect")
    driver.press(.control("u"))
    driver.type("regi")
    driver.press(.tab)
    #expect(driver.state.prompt?.text == "region ")
    driver.type("south")
    driver.press(.tab, .enter)
    #expect(driver.state.prompt == nil && driver.state.regions == ["South"])
  }

  @Test func completesInTheMiddleOfALine() {
    var driver = driver()
    driver.type("sort fu desc")
    for _ in 0..<5 { driver.press(.left) }
    driver.press(.tab)
    #expect(driver.state.prompt?.text == "sort fuel desc" && driver.state.prompt?.cursor == 9)
  }

  @Test func asksForThemesOnceTheyAreWanted() {
    var driver = driver()
    driver.type("theme")
    #expect(driver.effects.isEmpty)
    driver.type(" ")
    #expect(driver.effects == [.listThemes])
    var report = ThemeReport()
    report.entries = [ThemeEntry(name: "iron", about: "grey"), ThemeEntry(name: "ink", about: "")]
    driver.apply(.theme(report))
    #expect(driver.state.prompt?.completion.candidates.map(\.text) == ["iron", "ink"])
    driver.type("gold")
    driver.press(.enter)
    #expect(driver.state.prompt?.mistake?.range == 6..<10)
  }

  @Test func asksForThemesToSetOneToo() {
    var driver = driver()
    driver.type("set theme ")
    #expect(driver.effects == [.listThemes])
  }

  @Test func everythingThatCanBeTypedLeavesAState() {
    var numbers = Numbers(state: 5)
    let keys: [Key] =
      " :!,+-\"/abdefgilnoprstuvxz<é".map { .character($0) } + [
        .tab, .backTab, .left, .right, .home, .end, .backspace, .delete, .control("w"),
        .control("u"), .up, .down, .enter, .paste("sort fuel\nregion"),
      ]
    var driver = driver()
    for step in 0..<3_000 {
      driver.press(keys[Int(numbers.next() % UInt64(keys.count))])
      if driver.state.prompt == nil || step % 50 == 0 { driver.press(.escape, .character(":")) }
      driver.effects = []
      guard let prompt = driver.state.prompt else { continue }
      #expect((0...prompt.text.count).contains(prompt.cursor), "step \(step)")
    }
  }
}

struct HistoryTests {
  @Test func goesThroughLinesThatBeginWithWhatWasTyped() {
    var driver = Driver()
    driver.add(fuels: [900])
    for line in ["sort fuel", "times utc", "sort age", "sort fuel"] { driver.run(line) }
    #expect(driver.state.choices.history == ["times utc", "sort age", "sort fuel"])
    driver.press(.character(":"), .up)
    #expect(driver.state.prompt?.text == "sort fuel")
    driver.press(.up, .up, .up)
    #expect(driver.state.prompt?.text == "times utc")
    driver.press(.down, .down, .down)
    #expect(driver.state.prompt?.text.isEmpty == true)
    driver.type("so")
    driver.press(.up, .up, .up)
    #expect(driver.state.prompt?.text == "sort age")
    driver.press(.down, .down)
    #expect(driver.state.prompt?.text == "so")
  }

  @Test func isKeptForTheNextTimeAndBounded() throws {
    var driver = Driver()
    driver.add(fuels: [900])
    for number in 0..<120 { driver.run("filter fuel<\(number)u") }
    let view = try #require(driver.remembered.last)
    #expect(view.history.count == 100 && view.history.last == "filter fuel<119u")
    var next = Driver { $0.choices = view }
    next.press(.character(":"), .up)
    #expect(next.state.prompt?.text == "filter fuel<119u")
  }

  @Test func aThemeThatWasChosenIsKeptAndOneThatWasLookedAtIsNot() {
    var driver = Driver()
    driver.run("theme paper")
    #expect(driver.remembered.last?.theme == "paper")
    driver.press(.character("C"))
    var report = ThemeReport()
    report.entries = [ThemeEntry(name: "paper", about: ""), ThemeEntry(name: "mono", about: "")]
    driver.apply(.theme(report))
    driver.press(.down, .escape)
    #expect(driver.remembered.last?.theme == "paper" && driver.state.theme == "paper")
    driver.press(.character("C"), .down, .enter)
    #expect(driver.remembered.last?.theme == "mono")
  }
}

extension Driver {
  /// Types a line at the `:` prompt and presses Enter.
  mutating func run(_ line: String) {
    press(.character(":"))
    type(line)
    press(.enter)
  }
}
