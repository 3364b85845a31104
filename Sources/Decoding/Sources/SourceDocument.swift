internal import JSON
internal import Model

/// The JSON of a message, read when it is asked for.
struct SourceDocument: ~Copyable {
  private enum State { case unread, isRead, failed(JSONError) }

  private var tree = JSONTree()
  private var state = State.unread
  private var paths: [JSONPath: Int] = [:]

  /// Where a value may stand in an object that is made of a value and its unit.
  private var valuePaths: [Int] = []
  private var unitPaths: [Int] = []

  init() {
    valuePaths = ["value", "Value", "Val", "NumVal", "v"].map { tree.add([.member($0)]) }
    unitPaths = ["unit", "Unit", "u"].map { tree.add([.member($0)]) }
  }

  /// How many different paths it knows.
  var pathCount: Int { paths.count }

  /// Takes a path to look for, and returns its number; one that is known has it already.
  mutating func add(_ path: JSONPath) -> Int {
    if let known = paths[path] { return known }
    let number = tree.add(path.steps.map(JSONStep.init))
    paths[path] = number
    return number
  }

  /// Forgets the message before.
  mutating func begin() { state = .unread }

  /// Whether the payload is an object or a list.
  mutating func read(_ payload: Span<UInt8>) -> Bool {
    if case .unread = state {
      do throws(JSONError) {
        try tree.read(payload.extracting(Envelope.body(of: payload)))
        state = .isRead
      } catch {
        state = .failed(error)
      }
    }
    if case .isRead = state { return true }
    return false
  }

  /// Why the payload could not be read; nil if it was, or is no JSON at all.
  func failure(of payload: Span<UInt8>) -> Rejection? {
    guard case .failed(let error) = state else { return nil }
    if error == .notAnObject, let schema = Envelope.schema(payload) {
      return .binary(schema: schema)
    }
    return Rejection(error)
  }

  mutating func place(_ path: Int, from start: JSONTree.Place) -> JSONTree.Place? {
    tree.place(path, from: start)
  }

  mutating func places(_ path: Int, _ places: inout [JSONTree.Place]) {
    tree.appendPlaces(path, to: &places)
  }

  func withNode<R>(at place: JSONTree.Place, _ body: (JSONNode, Span<UInt8>) -> R) -> R {
    tree.withNode(at: place, body)
  }

  func withName<R>(at place: JSONTree.Place, _ body: (Span<UInt8>) -> R) -> R {
    tree.withName(at: place, body)
  }

  func node(at place: JSONTree.Place) -> JSONNode { tree.node(at: place) }

  /// Gives the members of an object with their names, or the elements of an array without.
  func forEachChild(
    of place: JSONTree.Place,
    _ body: (JSONTree.Place, _ name: Span<UInt8>) -> Void
  ) {
    tree.forEachChild(of: place, body)
  }

  /// Where the value and the unit stand in an object such as `{"value": 13.8, "unit": "V"}`.
  mutating func measured(
    _ object: JSONTree.Place
  ) -> (value: JSONTree.Place?, unit: JSONTree.Place?) {
    (first(valuePaths, object), first(unitPaths, object))
  }

  private mutating func first(_ paths: [Int], _ object: JSONTree.Place) -> JSONTree.Place? {
    for path in paths {
      if let place = tree.place(path, from: object) { return place }
    }
    return nil
  }
}

extension JSONStep {
  init(_ step: JSONPath.Step) {
    self =
      switch step {
      case .member(let name): .member(name)
      case .element(let place): .element(place)
      case .elementWhere(let name, let value): .elementWhere(name: name, is: value)
      case .all: .all
      case .allMembers: .allMembers
      }
  }
}
