/// What can stand at the cursor of the `:` prompt.
public struct Completion: Equatable, Sendable {
  /// Something to choose.
  public struct Candidate: Equatable, Sendable {
    public var text: String
    /// What it is, in a few words; may be empty.
    public var help: String

    init(_ text: String, _ help: String = "") {
      self.text = text
      self.help = help
    }
  }

  /// The characters of the line that a candidate takes the place of.
  var range = 0..<0
  /// At most ``most``, the likeliest first.
  public var candidates: [Candidate] = []
  /// The one that Tab has put into the line.
  public var chosen: Int?
  /// Whether a space can follow: another word or argument.
  var goesOn = false
  /// Whether themes are asked for.
  var wantsThemes = false

  /// The most candidates that are looked for.
  public static let most = 60
}

/// What is to be completed in a line, by the line alone.
struct CompletionRequest: Equatable {
  enum Subject: Equatable {
    case commandName
    /// A value, and the words before it.
    case value(PromptValue, after: [String])
  }

  var subject: Subject
  /// The characters that a candidate takes the place of.
  var range: Range<Int>
  /// What stands there.
  var typed: String
  /// Whether a space can follow.
  var goesOn: Bool

  /// What is asked for at the end of `head`; nil where nothing can be offered.
  init?(_ head: String) {
    let end = head.count
    let words = CommandWords.words(of: head)
    let isInWord = words.last?.range.upperBound == end
    guard words.count > 1 || words.count == 1 && !isInWord else {
      subject = .commandName
      range = (words.first?.range.lowerBound ?? end)..<end
      typed = words.first?.text.lowercased() ?? ""
      goesOn = true
      return
    }
    guard let line = try? CommandWords(head) else { return nil }
    let place = line.words.count - (isInWord ? 1 : 0)
    guard let value = line.command.value(at: place) else { return nil }
    subject = .value(value, after: line.words.prefix(place).map(\.text))
    let word = isInWord ? line.words.last : nil
    range = (word?.range.lowerBound ?? end)..<end
    typed = word?.text ?? ""
    goesOn = line.command.value(at: place + 1) != nil
    guard value == .regions else { return }
    // A name may hold spaces: what counts is the last comma.
    let text = Array(head)
    let comma = text[line.rest.range.lowerBound...].lastIndex(of: ",").map { $0 + 1 }
    var start = min(comma ?? line.rest.range.lowerBound, end)
    while start < end, text[start].isWhitespace { start += 1 }
    range = start..<end
    typed = String(text[start...])
    goesOn = false
  }
}

extension [Completion.Candidate] {
  /// Those that fit what is typed: those that begin with it first.
  func fitting(_ typed: String) -> [Completion.Candidate] {
    let typed = typed.lowercased()
    let names = map { $0.text.lowercased() }
    let begin = indices.filter { names[$0].hasPrefix(typed) }
    let others = indices.filter { !names[$0].hasPrefix(typed) && names[$0].contains(typed) }
    return (begin + others).prefix(Completion.most).map { self[$0] }
  }
}
