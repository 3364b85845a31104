import Arguments
import Model

extension DashboardState {
  /// The commands that are about one generator.
  mutating func reach(_ line: CommandWords) throws(CommandError) {
    switch line.command.verb {
    case .find: try find(line)
    case .goto:
      guard !line.rest.text.isEmpty else { throw line.missing("the id of a generator") }
      reveal(try generator(line.rest))
    case .mark:
      let generator = try generator(orCursor: line)
      marked.insert(generator)
      say("\(fleet.ids[Int(generator)]) marked; \(marked.count) in all")
    case .unmark:
      if line.rest.text.lowercased() == "all" { return keepInMind(.unmarkAll) }
      let generator = try generator(orCursor: line)
      marked.remove(generator)
      say("\(fleet.ids[Int(generator)]) unmarked; \(marked.count) in all")
    case .pin: togglePin(try generator(orCursor: line))
    default: return
    }
    if filter.test?.dependsOnMarks == true { need(.filter) }
  }

  private mutating func find(_ line: CommandWords) throws(CommandError) {
    guard !line.rest.text.isEmpty else { throw line.missing("letters of an id or a name") }
    let before = search
    look(for: line.rest.text)
    guard let search, search.matches > 0 else {
      search = before
      throw CommandError("no id and no name has these letters", at: line.rest.range)
    }
    settleSearch()
  }

  /// The generator that the line names, else the one under the cursor.
  private func generator(orCursor line: CommandWords) throws(CommandError) -> GeneratorIndex {
    if !line.rest.text.isEmpty { return try generator(line.rest) }
    guard let selection, !isOnHeading else {
      throw line.missing("there is no generator under the cursor; name one")
    }
    return selection
  }

  /// The generator of an id, whatever its case.
  private func generator(_ word: CommandWords.Word) throws(CommandError) -> GeneratorIndex {
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
