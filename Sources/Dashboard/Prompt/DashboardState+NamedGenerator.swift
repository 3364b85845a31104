import Wording
import Arguments
import Model

/// The generator that a line of the prompt names.
extension DashboardState {
  /// The generator that the line names, else the one under the cursor.
  func generator(orCursor line: CommandWords) throws(CommandError) -> GeneratorIndex {
    if !line.rest.text.isEmpty { return try generator(line.rest) }
    guard let selection, !list.isOnHeading else {
      throw line.missing("there is no generator under the cursor; name one")
    }
    return selection
  }

  /// The generator of an id, whatever its case.
  func generator(_ word: CommandWords.Word) throws(CommandError) -> GeneratorIndex {
    let wanted = NameIndex.folded(word.text)
    var found: GeneratorIndex?
    for index in order.all where names.equals(wanted, .id(index)) {
      found = index
      // Ids may differ in case alone.
      if fleet.ids[Int(index)] == word.text { break }
    }
    if let found { return found }
    let known = fleet.count <= 20_000 ? fleet.ids : []
    let nearest = Spelling.nearest(to: word.text, in: known).map { "; did you mean \($0)?" }
    throw CommandError("there is no generator \"\(word.text)\"" + (nearest ?? ""), at: word.range)
  }
}
