import Terminal

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
  var strip = ViewStrip.regions
  let panes: [PaneID]
  /// The places of its panes in what is left of the screen; those that are empty are left out.
  let places: @Sendable (DashboardLayout.Body) -> [PaneID: Rect]
  /// What is worked out for it at a tick, and when it opens.
  var atTick: @Sendable (inout DashboardState) -> Void = { _ in }
  var hints: [(command: Command, word: String)]?
}
