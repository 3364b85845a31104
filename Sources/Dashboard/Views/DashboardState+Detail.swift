public import Model
import Terminal

/// The view of one generator.
extension DashboardState {
  /// The generator of the detail view: the one under the cursor; nil while another view is shown.
  public var subject: GeneratorIndex? {
    guard view == .detail, let selection, fleet.generators.indices.contains(Int(selection)) else {
      return nil
    }
    return selection
  }

  /// Where it stands in the list, from 0; nil if it has no place yet.
  public var placeOfSubject: Int? { subject.flatMap { order.place(of: $0) } }

  /// `Enter` and `d`: shows all of a generator.
  mutating func openDetail(of generator: GeneratorIndex) {
    guard fleet.generators.indices.contains(Int(generator)) else { return }
    let (from, pane, preset) = (view, focus, preset)
    if selection != generator || !order.shows(generator) { reveal(generator) }
    guard from != .detail else { return }
    // Bringing the generator into sight may have led to another view.
    views.openDetail(from: from, focus: pane)
    choices.preset = preset
    notice = nil
  }

  /// `d` on whatever is under the cursor.
  mutating func openDetail() {
    if focus == .fleet, list.isOnHeading { return fold() }
    guard view != .detail else { return say("this is the detail already; Esc leads back") }
    guard let generator = generatorAtCursor else {
      return say("there is no generator under the cursor")
    }
    openDetail(of: generator)
  }

  /// `v`: the next way to write messages.
  mutating func changePayloadForm() {
    guard view == .detail else {
      return say(
        "\(keys.name(of: .payloadForm)) changes how the detail of a generator writes messages"
      )
    }
    let all = PayloadForm.allCases
    choices.payloadForm = all[((all.firstIndex(of: payloadForm) ?? 0) + 1) % all.count]
    say("messages as \(payloadForm.rawValue)")
  }

  /// The generator of the detail stays, whatever hides it: then it is a guest of the list.
  mutating func keepSubjectInList() {
    guard let subject else { return }
    // Whoever comes to the top of the list, this one is being looked at.
    list.isAtTop = false
    guard !order.shows(subject), order.knows(subject) else { return }
    list.guest = subject
    rearrange([subject])
    layLines()
    list.noteLine()
  }

  /// Asks the feeds for the messages of the generator that is looked at, if that is another one now.
  mutating func watching() -> [Effect] {
    let wanted = subject
    guard wanted != inspection?.generator else { return [] }
    inspection = wanted.map {
      Inspection($0, recordAt: fleet.generators[Int($0)].enrichedReceivedAt)
    }
    views.rewindDetail()
    return [.watch(wanted)]
  }
}
