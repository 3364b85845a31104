public import Terminal

/// What a key can ask for.
public enum Command: String, CaseIterable, Codable, Sendable {
  case down, up, left, right, first, last, halfPageDown, halfPageUp, pageDown, pageUp
  case nextPane, previousPane, focusLeft, focusDown, focusUp, focusRight, open, detail, zoom
  case nextPreset, previousPreset, viewBefore, overview, showMap, log
  case filter, find, nextMatch, previousMatch, abnormalOnly, regionPicker
  case region0, region1, region2, region3, region4, region5, region6, region7, region8, region9
  case mark, unmarkAll, nextMarked, previousMarked, pin
  case sortMenu, sortLeft, sortRight, invertSort, columnMenu, group, fold, foldAll
  case nextAlarm, previousAlarm, nextWarning, previousWarning
  case freeze, stepBack, stepOn, leapBack, leapOn, earlierEvent, laterEvent
  case times, themePicker, mouse, mute, status, reconnect, help
  case commandLine, export
  case back, quit, quitNow, quitLeavingFrame, suspend, redraw
  case copyID, copyRecord, payloadForm

  /// The number of a region command, else nil.
  public var regionNumber: Int? {
    rawValue.hasPrefix("region") ? rawValue.last?.wholeNumberValue : nil
  }
}

/// One line of the key table: the keys of a command and how help shows it.
public struct KeyBinding: Equatable, Sendable {
  /// Where help lists it.
  public enum Group: String, CaseIterable, Sendable {
    case move = "MOVE"
    case find = "FIND"
    case mark = "MARK"
    case time = "TIME"
    case view = "VIEW"
    case program = "PROGRAM"
  }

  /// The first is the one that hints show.
  public internal(set) var keys: [Key]
  public let command: Command
  public let group: Group
  /// What it does, for help; empty if the line of the binding before says it for both.
  public let help: String
  /// The word in the line of hints; nil if it is not among them.
  public let hint: String?

  init(_ keys: [Key], _ command: Command, _ group: Group, _ help: String, hint: String? = nil) {
    self.keys = keys
    self.command = command
    self.group = group
    self.help = help
    self.hint = hint
  }
}

/// The keys in force: read by the state, by help and by the hints alike.
public struct KeyTable: Equatable, Sendable {
  /// In the order help lists them; a command without a key has a binding without one.
  public let bindings: [KeyBinding]
  private let commands: [Key: Command]

  /// The keys of a program that was told nothing of them.
  public static let standard = KeyTable(standardBindings)

  private init(_ bindings: [KeyBinding]) {
    self.bindings = bindings
    commands = Dictionary(
      bindings.flatMap { binding in binding.keys.map { ($0, binding.command) } },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// These keys, with those of some commands in place of their own.
  public func binding(_ changes: [Command: [Key]]) -> KeyTable {
    KeyTable(
      bindings.map { binding in
        var binding = binding
        binding.keys = changes[binding.command] ?? binding.keys
        return binding
      }
    )
  }

  /// The command of a key; nil if it has none.
  public func command(for key: Key) -> Command? { commands[key] }

  /// The keys of a command, the first of which hints show.
  public func keys(of command: Command) -> [Key] {
    bindings.first { $0.command == command }?.keys ?? []
  }

  /// What a sentence calls the way to a command: its first key, else its name in the file of settings.
  public func name(of command: Command) -> String {
    keys(of: command).first?.description ?? command.rawValue
  }

  private static let standardBindings: [KeyBinding] = [
    KeyBinding([char("j"), .down], .down, .move, "down, up"),
    KeyBinding([char("k"), .up], .up, .move, ""),
    KeyBinding([char("h"), .left], .left, .move, "scroll the columns"),
    KeyBinding([char("l"), .right], .right, .move, ""),
    KeyBinding([char("g"), .home], .first, .move, "first, last row"),
    KeyBinding([char("G"), .end], .last, .move, ""),
    KeyBinding([.control("d")], .halfPageDown, .move, "half a page"),
    KeyBinding([.control("u")], .halfPageUp, .move, ""),
    KeyBinding([.pageDown, .control("f")], .pageDown, .move, "page down"),
    KeyBinding([.pageUp, .control("b")], .pageUp, .move, "page up"),
    KeyBinding([.enter], .open, .move, "go to it; its detail", hint: "detail"),
    KeyBinding([char("d")], .detail, .move, ""),
    KeyBinding([char("e")], .nextAlarm, .find, "next, previous alarm", hint: "next alarm"),
    KeyBinding([char("E")], .previousAlarm, .find, ""),
    KeyBinding([char("w")], .nextWarning, .find, "next, previous x or ~"),
    KeyBinding([char("W")], .previousWarning, .find, ""),
    KeyBinding([char("/")], .filter, .find, "filter; find letters", hint: "filter"),
    KeyBinding([char("f")], .find, .find, "", hint: "find"),
    KeyBinding([char("n")], .nextMatch, .find, "next, previous found"),
    KeyBinding([char("N")], .previousMatch, .find, ""),
    KeyBinding([char("!")], .abnormalOnly, .find, "abnormal only", hint: "abnormal"),
    KeyBinding([char("r")], .regionPicker, .find, "choose regions", hint: "region"),
    KeyBinding([char("0")], .region0, .find, "all regions"),
    KeyBinding([char("1")], .region1, .find, "region 1"),
    KeyBinding([char("2")], .region2, .find, "region 2"),
    KeyBinding([char("3")], .region3, .find, "region 3"),
    KeyBinding([char("4")], .region4, .find, "region 4"),
    KeyBinding([char("5")], .region5, .find, "region 5"),
    KeyBinding([char("6")], .region6, .find, "region 6"),
    KeyBinding([char("7")], .region7, .find, "region 7"),
    KeyBinding([char("8")], .region8, .find, "region 8"),
    KeyBinding([char("9")], .region9, .find, "region 9"),
    KeyBinding([char(" ")], .mark, .mark, "mark; unmark all"),
    KeyBinding([char("U")], .unmarkAll, .mark, ""),
    KeyBinding([char("'")], .nextMarked, .mark, "next, previous marked"),
    KeyBinding([char("\"")], .previousMarked, .mark, ""),
    KeyBinding([char("m")], .pin, .mark, "pin at the top"),
    KeyBinding([char("Z")], .freeze, .time, "freeze, or go live"),
    KeyBinding([char("[")], .stepBack, .time, "a second back, on"),
    KeyBinding([char("]")], .stepOn, .time, ""),
    KeyBinding([char("(")], .leapBack, .time, "ten seconds back, on"),
    KeyBinding([char(")")], .leapOn, .time, ""),
    KeyBinding([char("{")], .earlierEvent, .time, "an event back, on"),
    KeyBinding([char("}")], .laterEvent, .time, ""),
    KeyBinding([char("s")], .sortMenu, .view, "sort menu", hint: "sort"),
    KeyBinding([char("<")], .sortLeft, .view, "sort left, right; zoom"),
    KeyBinding([char(">")], .sortRight, .view, ""),
    KeyBinding([char("I")], .invertSort, .view, "turn the order round"),
    KeyBinding([char("c")], .columnMenu, .view, "choose columns", hint: "columns"),
    KeyBinding([char("t")], .group, .view, "group by region", hint: "group"),
    KeyBinding([char("+")], .fold, .view, "fold the group, all"),
    KeyBinding([char("*")], .foldAll, .view, ""),
    KeyBinding([.tab], .nextPane, .view, "next, previous pane", hint: "pane"),
    KeyBinding([.backTab], .previousPane, .view, ""),
    KeyBinding([char("H")], .focusLeft, .view, "pane on that side"),
    KeyBinding([char("J")], .focusDown, .view, ""),
    KeyBinding([char("K")], .focusUp, .view, ""),
    KeyBinding([char("L")], .focusRight, .view, ""),
    KeyBinding([char("z")], .zoom, .view, "zoom the pane", hint: "zoom"),
    KeyBinding([char("p")], .nextPreset, .view, "next, back, last view", hint: "view"),
    KeyBinding([char("P")], .previousPreset, .view, ""),
    KeyBinding([char("-")], .viewBefore, .view, ""),
    KeyBinding([char("O")], .overview, .view, "overview, map, log", hint: "overview"),
    KeyBinding([char("M")], .showMap, .view, ""),
    KeyBinding([char("@")], .log, .view, ""),
    KeyBinding([char("T")], .times, .view, "kind of times; colours"),
    KeyBinding([char("C")], .themePicker, .view, ""),
    KeyBinding([char("y")], .copyID, .view, "copy the id, as JSON"),
    KeyBinding([char("Y")], .copyRecord, .view, ""),
    KeyBinding([char("v")], .payloadForm, .view, "messages: text, hex"),
    KeyBinding([char("=")], .status, .view, "status and counters", hint: "status"),
    KeyBinding([char("?"), .function(1)], .help, .program, "this help", hint: "help"),
    KeyBinding([char(":")], .commandLine, .program, "a command; export", hint: "command"),
    KeyBinding([char("x")], .export, .program, ""),
    KeyBinding([char("u")], .mouse, .program, "mouse on or off"),
    KeyBinding([char("B")], .mute, .program, "no bell for 10 minutes"),
    KeyBinding([char("R")], .reconnect, .program, "try all connections"),
    KeyBinding([.control("l")], .redraw, .program, "draw anew, suspend"),
    KeyBinding([.control("z")], .suspend, .program, ""),
    KeyBinding([.escape], .back, .program, "back, quit at top"),
    KeyBinding([char("q")], .quit, .program, "", hint: "quit"),
    KeyBinding([char("Q")], .quitLeavingFrame, .program, "quit with frame, now"),
    KeyBinding([.control("c")], .quitNow, .program, ""),
  ]

  private static func char(_ character: Character) -> Key { .character(character) }
}

/// Coded as the names of all keys by command, so that a recording keeps those it was made with.
extension KeyTable: Codable {
  public init(from decoder: any Decoder) throws {
    let names = try decoder.singleValueContainer().decode([String: [String]].self)
    var keys = Dictionary(uniqueKeysWithValues: Command.allCases.map { ($0, [Key]()) })
    for (name, texts) in names {
      if let command = Command(rawValue: name) { keys[command] = texts.compactMap { Key($0) } }
    }
    self = Self.standard.binding(keys)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(
      Dictionary(
        bindings.map { ($0.command.rawValue, $0.keys.map(\.description)) },
        uniquingKeysWith: { first, _ in first }
      )
    )
  }
}
