import Dashboard
import Model
import Terminal
import Testing

struct TypingTests {
  @Test func aWrongFilterLeavesTheLastGoodOneInForce() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: [900, 400, 60])
    driver.press(.character("/"))
    driver.type("fuel<50")
    #expect(driver.ids == ["g2", "g3"])
    driver.type("x")
    #expect(driver.state.prompt?.mistake?.range == 5..<8)
    #expect(driver.ids == ["g2", "g3"] && driver.state.filter.text == "fuel<50")
    driver.press(.enter)
    #expect(driver.state.prompt != nil)
    driver.press(.backspace, .enter)
    #expect(driver.state.prompt == nil && driver.state.filter.text == "fuel<50")
  }

  @Test func countsWhatMatchesWithoutWhatIsPinned() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: [900, 400, 60])
    driver.press(.character("m"), .character("/"))
    driver.type("alarm")
    #expect(driver.ids == ["g1", "g2", "g3"])
    #expect(driver.state.matchCount == 2)
  }

  @Test func tabTurnsAFilterIntoASearch() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: Array(repeating: 900, count: 12))
    driver.press(.character("/"))
    driver.type("g12")
    #expect(driver.ids == ["g12"])
    driver.press(.tab)
    #expect(driver.ids.count == 12 && driver.selected == "g12")
    driver.press(.escape)
    #expect(driver.state.search == nil && driver.ids.count == 12)
  }

  @Test func anAccentTypedAloneMovesNothingOutOfPlace() {
    var driver = Driver()
    driver.add(fuels: [900])
    driver.press(.character("/"))
    driver.type("e\u{301}x\u{301}")
    driver.press(.home)
    driver.type("\u{301}a")
    driver.press(.end, .backspace, .delete, .left, .delete)
    #expect(driver.state.prompt != nil)
  }
}

struct SearchTests {
  private static func driver() -> Driver {
    var driver = Driver {
      $0.choices.sort = SortOrder(column: .id)
      $0.inventory = [
        InventoryEntry(id: "a1", name: "Harbour"),
        InventoryEntry(id: "b2", name: "Royal Infirmary B"),
        InventoryEntry(id: "c3", name: "Rib Lane"),
      ]
    }
    driver.apply(.feed(.names(generators: ["a1", "b2", "c3", "d4"], regions: ["North", "South"])))
    driver.send([900, 900, 900, 900])
    driver.apply(.frame)
    return driver
  }

  @Test func jumpsToTheBestMatchAsOneTypes() {
    var driver = Self.driver()
    driver.press(.character("f"))
    driver.type("r")
    #expect(driver.selected == "c3")
    driver.type("oi")
    #expect(driver.selected == "b2")
    #expect(driver.state.search?.matches == 1)
    driver.press(.escape)
    #expect(driver.selected == "a1")
  }

  @Test func goesFromMatchToMatch() {
    var driver = Self.driver()
    driver.press(.character("n"))
    #expect(driver.state.notice?.text == "nothing searched for yet; f finds")
    driver.press(.character("f"))
    driver.type("rib")
    #expect(driver.selected == "c3")
    driver.press(.enter, .character("n"))
    #expect(driver.selected == "b2")
    driver.press(.character("N"))
    #expect(driver.selected == "c3")
    driver.press(.escape)
    #expect(driver.state.search == nil)
  }

  @Test func showsAMatchThatIsHiddenOnEnter() {
    var driver = Self.driver()
    driver.press(.character("/"))
    driver.type("a1")
    driver.press(.enter, .character("f"))
    driver.type("infir")
    #expect(driver.ids == ["a1"] && driver.state.search?.hidden == 1)
    driver.press(.enter)
    #expect(driver.selected == "b2" && driver.ids == ["a1", "b2"])
    driver.press(.up)
    #expect(driver.ids == ["a1"] && driver.state.guest == nil)
  }

  @Test func tellsWhichLettersMatch() {
    #expect(FuzzyMatch.places(of: "rib", in: "Royal Infirmary B") == [0, 6, 16])
    #expect(FuzzyMatch.places(of: "inf", in: "Royal Infirmary B") == [6, 7, 8])
    #expect(FuzzyMatch.places(of: "É", in: "Cité") == [3])
    #expect(FuzzyMatch.places(of: "京", in: "東京") == [1])
    #expect(FuzzyMatch.places(of: "zz", in: "Rib").isEmpty)
    #expect(FuzzyMatch.places(of: "", in: "Rib").isEmpty)
  }
}

struct AlarmJumpTests {
  @Test func comesPastEveryAlarmOnceWhateverIsHidden() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: [900, 400, 900, 300, 900, 200], regions: ["North", "South", "East"])
    driver.press(.character("/"))
    driver.type("g1 or g4")
    driver.press(.enter)
    var seen: [String?] = []
    for _ in 0..<4 {
      driver.press(.character("e"))
      seen.append(driver.selected)
    }
    #expect(seen == ["g2", "g4", "g6", "g2"])
    #expect(driver.state.filter.text == "g1 or g4")
    driver.press(.character("E"))
    #expect(driver.selected == "g6")
  }

  @Test func anAlarmThatIsAGuestIsCountedAsSeen() {
    var driver = Driver { $0.choices.regions = ["North"] }
    driver.add(fuels: [900, 400])
    #expect(driver.state.hiddenAlarms == 1)
    driver.press(.character("e"))
    #expect(driver.state.hiddenAlarms == 0 && driver.state.alarms.count == 1)
    #expect(driver.state.notice?.text == "g2 is shown despite the regions")
    driver.press(.escape)
    #expect(driver.state.hiddenAlarms == 1 && driver.ids == ["g1"])
  }

  @Test func theCursorStaysOnAnAlarmOnTheFirstRow() {
    var driver = Driver()
    driver.add(fuels: [900, 400])
    driver.press(.character("e"))
    driver.wait(6)
    driver.send([40], firstGenerator: 0)
    driver.apply(.frame)
    #expect(driver.ids == ["g1", "g2"] && driver.selected == "g2")
  }

  @Test func saysWhenThereIsNone() {
    var driver = Driver()
    driver.add(fuels: [900])
    driver.press(.character("e"))
    #expect(driver.state.notice?.text == "there is no alarm")
    driver.press(.character("w"))
    #expect(driver.state.notice?.text == "there is no lost or stale generator")
  }

  @Test func unfoldsTheGroupOfAnAlarm() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: [900, 400, 900])
    driver.press(.character("t"), .character("*"))
    #expect(driver.state.lines.count == 2)
    driver.press(.character("e"))
    #expect(driver.selected == "g2" && driver.state.lines.count == 3)
  }
}

struct MarkTests {
  @Test func marksGoOnToTheNextRowAndCanBeWalked() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: [900, 900, 900, 900])
    driver.press(.character(" "), .down, .character(" "))
    #expect(driver.state.marked == [0, 2] && driver.selected == "g4")
    driver.press(.character("'"))
    #expect(driver.selected == "g1")
    driver.press(.character("\""))
    #expect(driver.selected == "g3")
    driver.press(.character("/"))
    driver.type("marked")
    driver.press(.enter)
    #expect(driver.ids == ["g1", "g3"])
    driver.press(.character("U"))
    #expect(driver.state.marked.isEmpty && driver.ids.isEmpty)
  }

  @Test func pinsStayAtTheTopWhateverIsSortedAndFiltered() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: Array(repeating: 900, count: 60))
    driver.press(.end, .character("m"), .character("/"))
    #expect(driver.selected == "g60" && driver.ids.first == "g60")
    driver.type("g1")
    driver.press(.enter)
    #expect(driver.ids.prefix(2) == ["g60", "g1"])
    driver.press(.escape, .end)
    let window = driver.state.fleetWindow(rows: 10)
    #expect(window.fixed == 1 && window.scrolled == 51..<60 && window.cursor == 59)
    driver.press(.home, .character("m"))
    #expect(driver.state.pinned.isEmpty && driver.ids.first == "g1")
  }

  @Test func aViewIsGivenToBeKeptWhenItChanges() throws {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: [900, 900])
    driver.press(.down)
    #expect(driver.remembered.isEmpty)
    driver.press(.character("m"), .character("t"), .character("c"), .character(" "), .escape)
    let view = try #require(driver.remembered.last)
    #expect(view.pins == ["g2"] && view.isGrouped && view.hiddenColumns == [.name])
    var next = Driver { $0.choices = view }
    next.add(fuels: [900, 900])
    #expect(next.state.pinned == [1] && next.state.isGrouped)
    #expect(next.state.hiddenColumns == [.name])
    next.press(.down)
    #expect(next.remembered.isEmpty)
  }
}

struct GroupTests {
  @Test func standsUnderHeadingsThatAreNoStops() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: [900, 900, 900])
    driver.press(.character("t"))
    #expect(driver.ids == ["g1", "g3", "g2"])
    let lines = (0..<driver.state.lines.count).map { driver.state.lines[$0] }
    #expect(lines.count == 5)
    #expect(lines[1] == .generator(0) && lines[2] == .generator(1) && lines[4] == .generator(2))
    driver.press(.down, .down)
    #expect(driver.selected == "g2")
    driver.press(.home)
    #expect(driver.selected == "g1" && driver.state.fleetWindow(rows: 3).scrolled == 0..<3)
  }

  @Test func aFoldedGroupIsOneLineAndKeepsItsAlarmsCounted() {
    var driver = Driver { $0.choices.sort = SortOrder(column: .id) }
    driver.add(fuels: [900, 900, 400, 900])
    driver.press(.character("t"), .down, .character("+"))
    #expect(driver.state.lines.count == 4 && driver.selected == "g3")
    #expect(driver.state.alarms.count == 1 && driver.state.hiddenAlarms == 0)
    driver.press(.down)
    #expect(driver.selected == "g2")
    driver.press(.up, .enter)
    #expect(driver.state.lines.count == 6 && driver.selected == "g1")
  }

  @Test func everyMoveEndsOnALine() {
    var numbers = Numbers(state: 11)
    let keys: [Key] = [
      .down, .up, .pageDown, .pageUp, .home, .end, .character("t"), .character("+"),
      .character("*"), .character("m"), .character(" "), .character("e"), .character("!"),
      .character("2"), .character("0"), .character("I"), .character(">"), .escape, .enter,
    ]
    var driver = Driver()
    driver.add(fuels: (0..<40).map { Double($0 * 37 % 1_000) }, regions: ["A", "B", "C"])
    for step in 0..<2_000 {
      driver.press(keys[Int(numbers.next() % UInt64(keys.count))])
      driver.effects = []
      if step % 7 == 0 { driver.wait(6) }
      let state = driver.state
      let window = state.fleetWindow(rows: 1 + step % 20)
      let isSeen = window.cursor.map { window.lines.contains($0) } ?? state.visible.isEmpty
      #expect(isSeen, "step \(step)")
    }
  }
}
