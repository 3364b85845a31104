import JSON
import Testing

/// Values of a document by their paths.
struct JSONTreeTests {
  /// What stands where a path leads to, in words.
  private func find(_ path: [JSONStep], in text: String) -> [String] {
    var tree = JSONTree(largest: 4_096)
    let number = tree.add(path)
    _ = tree.add([.member("another")])
    do throws(JSONError) { try tree.read(Array(text.utf8).span) } catch { return ["\(error)"] }
    var places: [JSONTree.Place] = []
    tree.appendPlaces(number, to: &places)
    #expect(path.contains(.all) || path.contains(.allMembers) || tree.place(number) == places.first)
    return places.map { place in
      tree.withNode(at: place) { node, text in
        let words = String(decoding: text.indices.map { text[$0] }, as: UTF8.self)
        return switch node {
        case .object: "object"
        case .array: "array"
        case .noNumber: "no number \(words)"
        case .scalar(.null): "null"
        case .scalar(.boolean(let isTrue)): "\(isTrue)"
        case .scalar(.integer(let number)): "integer \(number)"
        case .scalar(.decimal(let number)): "decimal \(number) as \(words)"
        case .scalar(.text): "text \(words)"
        }
      }
    }
  }

  @Test func tellsWhatStandsThere() {
    let text = #"""
      {"n": null, "b": true, "i": 9007199254740993, "d": 1.50, "big": 18446744073709551616,
       "t": "a\n\u00e4", "o": {}, "a": [], "x": 1e999, "nan": NaN, "longer name": 1, "longer nome": 2}
      """#
    for (name, expected) in [
      ("n", "null"), ("b", "true"), ("i", "integer 9007199254740993"), ("d", "decimal 1.5 as 1.50"),
      ("big", "decimal 1.8446744073709552e+19 as 18446744073709551616"), ("t", "text a\nä"),
      ("o", "object"), ("a", "array"), ("x", "no number 1e999"), ("nan", "no number NaN"),
      ("longer nome", "integer 2"),
    ] {
      #expect(find([.member(name)], in: text) == [expected])
    }
    #expect(find([.member("longer")], in: text) == [])
    #expect(find([], in: text) == ["object"])
  }

  @Test func goesThroughListsAndTexts() {
    let text = #"[{"v": "{\"w\": [1, 2]}"}, {"v": "none"}, 3, {"v": {"w": [4]}}]"#
    #expect(
      find([.all, .member("v"), .member("w"), .all], in: text)
        == ["integer 1", "integer 2", "integer 4"]
    )
    #expect(
      find([.element(-1), .member("v"), .member("w"), .element(0)], in: text) == ["integer 4"]
    )
    #expect(find([.elementWhere(name: "v", is: "none")], in: text) == ["object"])
  }

  @Test func goesThroughMembersAndTellsTheirNames() {
    let text = #"{"ts": 1, "gen\u0031": {"v": 2}, "gen2": {"v": [3]}, "gen3": [4]}"#
    #expect(find([.allMembers, .member("v")], in: text) == ["integer 2", "array"])
    #expect(find([.member("gen3"), .allMembers], in: text) == [])
    #expect(find([.all], in: text) == [])
    var tree = JSONTree()
    let path = tree.add([.allMembers])
    do throws(JSONError) { try tree.read(Array(text.utf8).span) } catch { Issue.record(error) }
    var places: [JSONTree.Place] = []
    tree.appendPlaces(path, to: &places)
    let names = ([.root] + places).map { place in
      tree.withName(at: place) { name in
        String(decoding: name.indices.map { name[$0] }, as: UTF8.self)
      }
    }
    #expect(names == ["", "ts", "gen1", "gen2", "gen3"])
    #expect(tree.place(path) == nil)
  }

  /// With and without padding, and with the letters of URLs; `eyJ3IjogWzEsIDJdfQ==` is `{"w": [1, 2]}`.
  @Test(arguments: [
    (#"{"v": "eyJ3IjogWzEsIDJdfQ=="}"#, ["integer 1", "integer 2"]),
    (#"{"v": "eyJ3IjogWzEsIDJdfQ"}"#, ["integer 1", "integer 2"]),
    (#"{"v": "eyJ3IjpbIj4-Pz8_Il19"}"#, ["text >>???"]),
    (#"{"v": "eyJ3IjpbIj4+Pz8/Il19"}"#, ["text >>???"]),
    (#"{"v": "eyJ3IjogWzEsIDJdfQ==="}"#, []), (#"{"v": "eyJ3IjogWzEsIDJdf"}"#, []),
    (#"{"v": "eyJ3IjogWzEs\nIDJdfQ=="}"#, []), (#"{"v": "eyJ3"}"#, []), (#"{"v": "e"}"#, []),
    ("eyJ2IjogeyJ3IjogWzddfX0=", ["integer 7"]), ("eyJ2IjogeyJ3IjogWzddfX", ["notAnObject"]),
    ("W1t7InciOiBbN119XV0=", []),
  ])
  func readsBase64(text: String, expected: [String]) {
    #expect(find([.member("v"), .member("w"), .all], in: text) == expected)
  }

  @Test func readsTheLastOfTwoWithOneName() {
    #expect(find([.member("a")], in: #"{"a": 1, "b": 2, "a": 3}"#) == ["integer 3"])
    #expect(find([.member("a")], in: #"{"a": 1, "b": {"a": 2}, "\u0061": 3}"#) == ["integer 3"])
  }

  @Test(arguments: [
    ("", JSONError.notAnObject), ("offline", .notAnObject), ("1", .notAnObject),
    ("{", .invalidJSON),
    ("[1]]", .invalidJSON), ("[1] 2", .invalidJSON), ("[tru]", .invalidJSON),
    ("[01]", .invalidJSON),
    (#"{"a": "\x"}"#, .invalidJSON), (#"{"a"}"#, .invalidJSON),
  ])
  func refusesWhatIsNoDocument(text: String, error: JSONError) {
    #expect(find([.member("a")], in: text) == ["\(error)"])
  }

  @Test func isBoundedInDepthAndSize() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(find([], in: nested(128)) == ["array"])
    #expect(find([], in: nested(129)) == ["tooDeep"])
    #expect(find([], in: "[\"\(String(repeating: "x", count: 4_096))\"]") == ["tooLarge"])
  }

  @Test func forgetsTheMessageBefore() {
    var tree = JSONTree()
    let path = tree.add([.member("a")])
    for (text, isThere) in [(#"{"a": 1}"#, true), (#"{"b": 1}"#, false), ("{", false)] {
      do throws(JSONError) { try tree.read(Array(text.utf8).span) } catch {}
      #expect((tree.place(path) != nil) == isThere)
    }
  }
}
