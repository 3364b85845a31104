import Terminal

/// What an operator can ask for, by a key, by a line of the `:` prompt, or by either.
///
/// The names stand in configurations and recordings; the order is that of help.
public enum Command: String, CaseIterable, Codable, Sendable {
  case down, up, left, right, first, last, halfPageDown, halfPageUp, pageDown, pageUp, open, detail
  case nextAlarm, previousAlarm, nextWarning, previousWarning
  case filter, find, goto, nextMatch, previousMatch, abnormalOnly, regionPicker
  case region0, region1, region2, region3, region4, region5, region6, region7, region8, region9
  case mark, unmarkAll, nextMarked, previousMarked, pin
  case freeze, stepBack, stepOn, leapBack, leapOn, earlierEvent, laterEvent
  case sortMenu, sortLeft, sortRight, invertSort, columnMenu, group, fold, foldAll
  case nextPane, previousPane, focusLeft, focusDown, focusUp, focusRight, zoom
  case nextPreset, previousPreset, viewBefore, view, overview, showMap, log, differences
  case times, themePicker, copyID, copyRecord, payloadForm, status
  case help, keys, commandLine, export, record, forget, set, mouse, mute, reconnect, redraw, suspend
  case back, quit, quitLeavingFrame, quitNow

  /// Its row in the table of commands, which is all that help, hints, prompt, manual and
  /// configuration know of it.
  var row: CommandRow {
    switch self {
    // Moving.
    case .down: .motion(.down, ["j", .down], "down, up")
    case .up: .motion(.up, ["k", .up], "")
    case .left: .motion(.left, ["h", .left], "scroll the columns")
    case .right: .motion(.right, ["l", .right], "")
    case .first: .motion(.first, ["g", .home], "first, last row")
    case .last: .motion(.last, ["G", .end], "")
    case .halfPageDown: .motion(.halfPageDown, [.control("d")], "half a page")
    case .halfPageUp: .motion(.halfPageUp, [.control("u")], "")
    case .pageDown: .motion(.pageDown, [.pageDown, .control("f")], "page down")
    case .pageUp: .motion(.pageUp, [.pageUp, .control("b")], "page up")
    case .open: .key([.enter], .move, "go to it; its detail", hint: "detail") { $0.openAtCursor() }
    case .detail: .key(["d"], .move, "") { $0.openDetail() }

    // Finding.
    case .nextAlarm:
      .key(["e"], .find, "next, previous alarm", hint: "next alarm") { $0.jumpToAlarm(1) }
    case .previousAlarm: .key(["E"], .find, "") { $0.jumpToAlarm(-1) }
    case .nextWarning: .key(["w"], .find, "next, previous x or ~") { $0.jumpToWarning(1) }
    case .previousWarning: .key(["W"], .find, "") { $0.jumpToWarning(-1) }
    case .filter:
      .key(["/"], .find, "filter; find letters", hint: "filter") { $0.openPrompt(.filter) }
        .typed(20, "[EXPRESSION]", "show what matches; empty: all", [.text]) { try $0.filter($1) }
    case .find:
      .key(["f"], .find, "", hint: "find") { $0.openPrompt(.find) }
        .typed(80, "TEXT", "go to the id or name that fits best", [.text]) { try $0.find($1) }
    case .goto:
      .promptOnly.typed(90, "ID", "go to a generator, hidden or not", [.generator]) {
        try $0.goToGenerator($1)
      }
    case .nextMatch: .key(["n"], .find, "next, previous match") { $0.findAgain(1) }
    case .previousMatch: .key(["N"], .find, "") { $0.findAgain(-1) }
    case .abnormalOnly:
      .key(["!"], .find, "abnormal only", hint: "abnormal") { $0.toggleAbnormalOnly() }
    case .regionPicker:
      .key(["r"], .find, "choose regions", hint: "region") { $0.openRegionPicker() }
        .typed(10, "NAME[,NAME] | all", "show only these regions", [.regions], as: "region") {
          try $0.chooseRegions($1)
        }
    case .region0: .region(0)
    case .region1: .region(1)
    case .region2: .region(2)
    case .region3: .region(3)
    case .region4: .region(4)
    case .region5: .region(5)
    case .region6: .region(6)
    case .region7: .region(7)
    case .region8: .region(8)
    case .region9: .region(9)

    // Marks.
    case .mark:
      .key([" "], .mark, "mark; unmark all") { $0.toggleMark() }
        .typed(100, "[ID]", "mark a generator", [.generator]) { try $0.mark($1) }
    case .unmarkAll:
      .key(["U"], .mark, "") { $0.unmarkAll() }
        .typed(110, "[ID|all]", "remove its mark", [.generator], as: "unmark") { try $0.unmark($1) }
    case .nextMarked: .key(["'"], .mark, "next, previous marked") { $0.jumpToMarked(1) }
    case .previousMarked: .key(["\""], .mark, "") { $0.jumpToMarked(-1) }
    case .pin:
      .key(["m"], .mark, "pin at the top") { $0.togglePinAtCursor() }
        .typed(120, "[ID]", "pin at the top, or unpin", [.generator]) { try $0.pin($1) }

    // The past.
    case .freeze: .key(["Z"], .time, "freeze, or go live") { $0.toggleFreeze() }
    case .stepBack: .key(["["], .time, "1 s back, forward") { $0.step(seconds: -1) }
    case .stepOn: .key(["]"], .time, "") { $0.step(seconds: 1) }
    case .leapBack: .key(["("], .time, "10 s back, forward") { $0.step(seconds: -10) }
    case .leapOn: .key([")"], .time, "") { $0.step(seconds: 10) }
    case .earlierEvent: .key(["{"], .time, "an event back, forward") { $0.goToEarlierEvent() }
    case .laterEvent: .key(["}"], .time, "") { $0.goToLaterEvent() }

    // The list.
    case .sortMenu:
      .key(["s"], .view, "sort menu", hint: "sort") { $0.openSortMenu() }
        .typed(30, "COLUMN [asc|desc]", "sort by a column", [.sortColumn, .direction], as: "sort") {
          try $0.sort($1)
        }
    case .sortLeft:
      .key(["<"], .view, "sort left, right; zoom") {
        $0.focus == .map ? $0.zoomMap(by: 1.6) : $0.shiftSort(-1)
      }
    case .sortRight:
      .key([">"], .view, "") { $0.focus == .map ? $0.zoomMap(by: 1 / 1.6) : $0.shiftSort(1) }
    case .invertSort: .key(["I"], .view, "reverse the order") { $0.invertSort() }
    case .columnMenu:
      .key(["c"], .view, "choose columns", hint: "columns") { $0.openColumnMenu() }
        .typed(40, "+NAME -NAME ... | all", "show, hide columns", [.column], as: "columns") {
          try $0.chooseColumns($1)
        }
    case .group:
      .key(["t"], .view, "group by region", hint: "group") { $0.toggleGroups() }
        .typed(50, "[on|off]", "group by region", [.toggle]) { try $0.group($1) }
    case .fold:
      .key(["+"], .view, "fold the group, all") { $0.focus == .map ? $0.goInPlace(1) : $0.fold() }
    case .foldAll: .key(["*"], .view, "") { $0.focus == .map ? $0.goInPlace(-1) : $0.foldAll() }

    // Panes and views.
    case .nextPane:
      .key([.tab], .view, "next, previous pane", hint: "pane") { $0.views.focusPane(1) }
    case .previousPane: .key([.backTab], .view, "") { $0.views.focusPane(-1) }
    case .focusLeft: .key(["H"], .view, "pane on that side") { $0.views.focusNeighbour(.left) }
    case .focusDown: .key(["J"], .view, "") { $0.views.focusNeighbour(.down) }
    case .focusUp: .key(["K"], .view, "") { $0.views.focusNeighbour(.up) }
    case .focusRight: .key(["L"], .view, "") { $0.views.focusNeighbour(.right) }
    case .zoom:
      .key(["z"], .view, "zoom the pane", hint: "zoom") { $0.views.zoom(!$0.isZoomed) }
        .typed(140, "[PANE|off]", "one pane alone", [.pane]) { try $0.zoom($1) }
    case .nextPreset:
      .key(["p"], .view, "next, back, last view", hint: "view") { $0.shiftPreset(1) }
    case .previousPreset: .key(["P"], .view, "") { $0.shiftPreset(-1) }
    case .viewBefore: .key(["-"], .view, "") { $0.openViewBefore() }
    case .view: .promptOnly.typed(130, "NAME", "change the view", [.view]) { try $0.chooseView($1) }
    case .overview:
      .key(["O"], .view, "overview, map, log", hint: "overview") { $0.toggleView(.overview) }
    case .showMap: .key(["M"], .view, "") { $0.toggleView(.map) }
    case .log: .key(["@"], .view, "") { $0.toggleView(.log) }
    case .differences:
      .key(["D"], .view, "raw against enriched") { $0.toggleView(.differences) }
        .typed(135, "", "raw against enriched") { state, _ in state.open(.differences) }

    // How things look.
    case .times:
      .key(["T"], .view, "time format; colours") { $0.changeTimes() }
        .typed(70, "local|utc|age", "how times are written", [.times]) { try $0.chooseTimes($1) }
    case .themePicker:
      .key(["C"], .view, "") { $0.openThemePicker() }
        .typed(60, "NAME", "change the colours", [.theme], as: "theme") { try $0.chooseTheme($1) }
    case .copyID: .key(["y"], .view, "copy the id, as JSON") { $0.copy(wholeRecord: false) }
    case .copyRecord: .key(["Y"], .view, "") { $0.copy(wholeRecord: true) }
    case .payloadForm: .key(["v"], .view, "messages: text, hex") { $0.changePayloadForm() }
    case .status:
      .key(["="], .view, "status and counters", hint: "status") { $0.toggleStatus() }
        .typed(190, "", "status and counters", options: .keepsOverlay) { state, _ in
          state.views.overlay = .status
        }

    // The program.
    case .help:
      .key(["?", .function(1)], .program, "this help", hint: "help") { $0.toggleHelp() }
        .typed(200, "[COMMAND]", "explain the commands", [.command], options: .keepsOverlay) {
          try $0.explainCommands($1)
        }
    case .keys:
      .promptOnly.typed(210, "", "the keys", options: .keepsOverlay) { state, _ in
        state.views.overlay = .help(HelpPage())
      }
    case .commandLine:
      .key([":"], .program, "a command; export", hint: "command") { $0.openCommandLine() }
    case .export:
      .key(["x"], .program, "") { $0.openCommandLine(with: "export ") }
        .typed(
          150,
          "csv|json [FILE]",
          "write the list to a file; export! overwrites",
          [.format, .text],
          options: [.takesMark, .keepsOverlay]
        ) { try $0.export($1) }
    case .record:
      .promptOnly.typed(
        160,
        "FILE | off",
        "record what comes in, for egtop replay",
        [.words(["off"])],
        options: .keepsOverlay
      ) { try $0.record($1) }
    case .forget:
      .promptOnly.typed(
        165,
        "ID | all",
        "forget generators not heard since the start",
        [.generator],
        options: .keepsOverlay
      ) { try $0.forget($1) }
    case .set:
      .promptOnly.typed(
        170,
        "NAME [VALUE]",
        "change a setting, or show it",
        [.setting, .settingValue],
        options: .keepsOverlay
      ) { try $0.set($1) }
    case .mouse: .key(["u"], .program, "mouse on or off") { $0.useMouse(!$0.usesMouse) }
    case .mute: .key(["B"], .program, "no bell for 10 minutes") { $0.toggleMute() }
    case .reconnect:
      .key(["R"], .program, "try all connections") { $0.reconnect() }
        .typed(180, "", "try all connections now", options: .keepsOverlay) { try $0.reconnect($1) }
    case .redraw: .key([.control("l")], .program, "redraw, suspend") { _ in [.redraw] }
    case .suspend: .key([.control("z")], .program, "") { _ in [.suspend] }
    case .back: .key([.escape], .program, "back, quit at top") { _ = $0.goBack() }
    case .quit:
      .key(["q"], .program, "", hint: "quit") { $0.goBack() ? [] : [.quit] }
        .typed(220, "", "quit egtop", short: "q", options: [.takesMark, .keepsOverlay]) { _, _ in
          [.quit]
        }
    case .quitLeavingFrame:
      .key(["Q"], .program, "quit with frame, now") { _ in [.quitLeavingFrame] }
    case .quitNow: .key([.control("c")], .program, "") { _ in [.quit] }
    }
  }
}
