/// What stands in the line above the panes of a view.
public enum ViewStrip: Sendable {
  case nothing
  /// The regions, to choose from.
  case regions
  /// The name of the generator that is looked at, and how it is.
  case generator
}

/// All that there is to know of a view.
struct ViewRow: Sendable {
  /// How one gets to a view and away from it.
  enum Access {
    /// `p` and `P` walk it; it is what others lead back to.
    case preset
    /// A command of its own shows it, and leads back to the preset as `Esc` does.
    case aside
    /// It shows the generator under the cursor, and `Esc` leads back to the view it was opened from.
    case ofGenerator
  }

  let help: String
  let access: Access
  let strip: ViewStrip
  let panes: [PaneID]
  /// The places of its panes in what is left of the screen; those that are empty are left out.
  let places: @Sendable (DashboardLayout.Body) -> [DashboardLayout.Place]
  /// What is worked out for it at a tick, and when it opens.
  let atTick: @Sendable (inout DashboardState) -> Void
  let hints: [(command: Command, word: String)]?

  init(
    _ help: String,
    _ access: Access,
    strip: ViewStrip = .regions,
    panes: [PaneID],
    places: @escaping @Sendable (DashboardLayout.Body) -> [DashboardLayout.Place],
    atTick: @escaping @Sendable (inout DashboardState) -> Void = { _ in },
    hints: [(command: Command, word: String)]? = nil
  ) {
    self.help = help
    self.access = access
    self.strip = strip
    self.panes = panes
    self.places = places
    self.atTick = atTick
    self.hints = hints
  }
}
