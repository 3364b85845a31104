import Dashboard
import Model
import Terminal
import Testing

struct OrderTests {
  @Test func sortsTheWorstFirstThenByFuel() {
    var driver = Driver()
    driver.add(fuels: [900, 300, 700, 50])
    #expect(driver.ids == ["g4", "g2", "g3", "g1"])
  }

  @Test func countsNumbersInIdsAsPeopleDo() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: Array(repeating: 900, count: 11))
    #expect(driver.ids == (1...11).map { "g\($0)" })
  }

  @Test func keepsTheOrderSortedAsSingleGeneratorsChange() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .fuel) }
    driver.add(fuels: [900, 800, 700])
    driver.seconds += 1
    driver.send([650], firstGenerator: 0)
    driver.apply(.frame)
    #expect(driver.ids == ["g1", "g3", "g2"])
  }

  @Test func incrementalOrderEqualsAFullSort() {
    var generator = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: .min ... .max, using: &generator)
    var numbers = Numbers(state: seed)
    var driver = Driver { $0.choices.sort = SortOrder(column: .fuel) }
    driver.add(fuels: (0..<60).map { _ in Double(numbers.next() % 1_000) })
    for _ in 0..<200 {
      driver.seconds += 1
      let place = Int(numbers.next() % 60)
      driver.send([Double(numbers.next() % 1_000)], firstGenerator: place)
      if numbers.next() % 3 == 0 { driver.apply(.frame) }
    }
    driver.apply(.frame)
    let fuels = driver.state.visible.map {
      driver.state.fleet.generators[Int($0)].reading.fuel ?? .nan
    }
    #expect(fuels == fuels.sorted(), "seed \(seed)")
    #expect(Set(driver.state.visible).count == 60)
  }

  @Test func holdsTheOrderForFiveSecondsAfterAKey() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .fuel) }
    driver.add(fuels: [900, 800, 700])
    driver.press(.down)
    driver.seconds += 1
    driver.send([100], firstGenerator: 0)
    driver.apply(.frame)
    #expect(driver.ids == ["g3", "g2", "g1"])
    #expect(driver.state.isOrderHeld)
    driver.wait(4.5)
    #expect(driver.ids == ["g1", "g3", "g2"])
    #expect(!driver.state.isOrderHeld)
  }

  @Test func putsGeneratorsWithoutAValueLastInBothDirections() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .load) }
    driver.add(fuels: [900, 800])
    var reading = Reading()
    reading[.load] = 40
    driver.seconds += 1
    driver.apply(
      .feed(
        .samples([
          Sample(generator: 1, source: .mqtt, receivedAt: driver.stamp.monotonic, reading: reading)
        ])
      )
    )
    driver.apply(.frame)
    #expect(driver.ids == ["g2", "g1"])
    driver.press(.character("I"))
    #expect(driver.ids == ["g2", "g1"])
  }
}

struct SelectionTests {
  @Test func staysOnTheGeneratorWhenRowsMove() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .fuel) }
    driver.add(fuels: [900, 800, 700])
    driver.press(.down)
    #expect(driver.selected == "g2")
    driver.wait(6)
    driver.send([100], firstGenerator: 0)
    driver.apply(.frame)
    #expect(driver.ids == ["g1", "g3", "g2"])
    #expect(driver.selected == "g2")
  }

  @Test func staysAtTheTopOnTheFirstRow() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .fuel) }
    driver.add(fuels: [900, 800, 700])
    #expect(driver.selected == "g3")
    driver.wait(6)
    driver.send([100], firstGenerator: 0)
    driver.apply(.frame)
    #expect(driver.selected == "g1")
  }

  @Test(arguments: [
    (Key.end, "g30"), (.character("G"), "g30"), (.home, "g1"), (.pageDown, "g10"),
    (.control("d"), "g6"), (.down, "g2"),
  ])
  func movesThroughTheList(key: Key, expected: String) {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: Array(repeating: 900, count: 30))
    let rows = driver.state.layout.listRows(of: .fleet)
    driver.press(key)
    let wanted: String =
      switch key {
      case .pageDown: "g\(rows)"
      case .control("d"): "g\(rows / 2 + 1)"
      default: expected
      }
    #expect(driver.selected == wanted)
  }

  @Test func jumpsToTheNextAlarmAlsoWhenHiddenAndLeavesTheFilter() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: [900, 400, 900, 300])
    driver.press(.character("e"))
    #expect(driver.selected == "g2")
    driver.press(.character("e"))
    #expect(driver.selected == "g4")
    driver.press(.character("/"))
    driver.type("g1")
    driver.press(.enter)
    #expect(driver.ids == ["g1"])
    driver.press(.character("e"))
    #expect(driver.selected == "g2")
    #expect(driver.ids == ["g1", "g2"])
    #expect(driver.state.filter.text == "g1")
    #expect(driver.state.hiding(1) == ["the filter"])
  }
}

struct FilterTests {
  @Test func countsWhatItHides() {
    var driver = Driver()
    driver.add(fuels: [900, 400, 900, 300])
    driver.press(.character("/"))
    driver.type("g1")
    #expect(driver.ids == ["g1"])
    #expect(driver.state.hiddenGenerators == 3)
    #expect(driver.state.hiddenAlarms == 2)
    #expect(driver.state.alarms.isEmpty)
  }

  @Test func escapeBringsTheOldFilterBack() {
    var driver = Driver { $0.choices.filter = "g2" }
    driver.add(fuels: [900, 400])
    driver.press(.character("/"))
    driver.type("zzz")
    #expect(driver.ids.isEmpty)
    driver.press(.escape)
    #expect(driver.state.filter.text == "g2")
    #expect(driver.ids == ["g2"])
  }

  @Test(arguments: [
    ("alarm", ["g2"]), ("-alarm", ["g1", "g3"]), ("lost", ["g3"]), ("north", ["g1", "g3"]),
    ("SOUTH", ["g2"]), ("north -lost", ["g1"]), ("nothing", []), ("offline", ["g3"]),
  ])
  func understandsWordsAndStates(text: String, expected: [String]) {
    var driver = Driver {
      $0.choices.filter = text
      $0.choices.sort = SortOrder(column: .id)
    }
    driver.add(fuels: [900, 400, 900])
    driver.seconds += 1
    driver.presence(2, .lastWill)
    driver.apply(.frame)
    #expect(driver.ids == expected)
  }

  @Test func abnormalOnlyFollowsTheState() {
    var driver = Driver()
    driver.add(fuels: [900, 400])
    driver.press(.character("!"))
    #expect(driver.ids == ["g2"])
    driver.wait(6)
    driver.presence(0, .lastWill)
    driver.apply(.frame)
    #expect(driver.ids.count == 2)
  }
}

struct RegionTests {
  @Test func digitsChooseRegionsByName() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: [900, 900, 900])
    driver.press(.character("2"))
    #expect(driver.state.regions == ["South"])
    #expect(driver.ids == ["g2"])
    driver.press(.character("0"))
    #expect(driver.ids.count == 3)
  }

  @Test func pickerNarrowsDownAndTakesSeveral() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: [900, 900, 900], regions: ["North", "South", "East"])
    driver.press(.character("r"))
    driver.type("sou")
    driver.press(.enter)
    #expect(driver.state.regions == ["South"])
    // Marks are set beside what is shown.
    driver.press(.character("r"), .down, .character(" "), .enter)
    #expect(driver.state.regions == ["East", "South"])
    #expect(driver.ids == ["g2", "g3"])
    driver.press(.character("r"), .down, .character(" "), .character(" "), .enter)
    #expect(driver.state.regions == ["North", "South"])
  }

  @Test func aRegionNamedBeforeItIsKnownHoldsOnceItComes() {
    var driver = Driver { $0.choices.regions = ["SOUTH"] }
    driver.apply(.frame)
    driver.add(fuels: [900, 900])
    #expect(driver.ids == ["g2"])
  }
}

struct KeyTests {
  @Test func noKeyIsBoundTwice() {
    let keys = KeyTable.standard.bindings.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test func everyCommandHasAKeyOrCanBeTyped() {
    let typed = PromptCommand.all.map(\.command)
    let bound = KeyTable.standard.bindings.filter { !$0.keys.isEmpty }.map(\.command)
    #expect(Set(bound).union(typed) == Set(Command.allCases))
  }

  @Test func everyKeyDoesSomething() {
    for binding in KeyTable.standard.bindings {
      for key in binding.keys {
        var driver = Driver { $0.choices.regions = ["North"] }
        driver.add(fuels: Array(repeating: 900, count: 80))
        driver.press(
          .character("t"),
          .character("r"),
          .escape,
          .pageDown,
          .pageDown,
          .tab,
          .backTab
        )
        driver.apply(.frame)
        driver.effects = []
        let before = "\(driver.state)"
        driver.press(key)
        let isChanged = "\(driver.state)" != before || !driver.effects.isEmpty
        // On three sides of the fleet there is no pane.
        let idle: Set<Command> = [.left, .focusLeft, .focusUp, .focusRight]
        #expect(isChanged || idle.contains(binding.command), "\(key) does nothing")
      }
    }
  }

  @Test func backUndoesOneThingAtATimeThenQuits() {
    var driver = Driver { $0.choices.regions = ["North"] }
    driver.add(fuels: [900, 400, 300])
    driver.press(.character("/"))
    driver.type("g")
    driver.press(.enter, .character("z"), .character("?"))
    for _ in 0..<4 {
      driver.press(.character("q"))
      #expect(driver.effects.isEmpty)
    }
    #expect(driver.state.regions.isEmpty && driver.state.filter.isEmpty)
    driver.press(.character("q"))
    #expect(driver.effects == [.quit])
  }

  @Test func lettersAreTextWhileTheFilterIsTyped() {
    var driver = Driver()
    driver.add(fuels: [900])
    driver.press(.character("/"))
    driver.type("q?")
    #expect(driver.state.prompt?.text == "q?")
    #expect(driver.effects.isEmpty)
    driver.press(.control("c"))
    #expect(driver.state.prompt == nil && driver.effects.isEmpty)
  }

  @Test(arguments: [
    (Key.control("c"), Effect.quit), (.control("z"), .suspend), (.control("l"), .redraw),
    (.character("R"), .reconnect),
  ])
  func asksTheRunLoopForWhatItCannotDo(key: Key, effect: Effect) {
    var driver = Driver()
    driver.press(key)
    #expect(driver.effects == [effect])
  }
}
