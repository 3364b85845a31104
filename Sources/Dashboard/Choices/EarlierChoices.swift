/// The choices of the operator as recordings of version 1 have them: spread over the options.
struct EarlierChoices: Decodable {
  private var sort: SortOrder
  private var filter: String
  private var regions: [String]
  private var times: TimeDisplay
  private var hiddenColumns: [FleetColumn]?
  private var isGrouped: Bool?
  private var view: ViewID?
  private var usesMouse: Bool?
  private var abnormalOnly: Bool?
  private var remembered: View?

  private struct View: Decodable {
    var isGrouped: Bool
    var hiddenColumns: [FleetColumn]
    var pins: [String]
    var preset: ViewID?
    var theme: String?
    var history: [String]?
  }

  /// The same as they are now.
  var choices: ViewChoices {
    var choices = ViewChoices()
    (choices.sort, choices.filter, choices.regions) = (sort, filter, regions)
    choices.times = times
    choices.hiddenColumns = Set(hiddenColumns ?? remembered?.hiddenColumns ?? [])
    choices.isGrouped = isGrouped ?? remembered?.isGrouped ?? false
    choices.view = view
    choices.usesMouse = usesMouse ?? false
    choices.abnormalOnly = abnormalOnly ?? false
    choices.pins = remembered?.pins ?? []
    choices.preset = remembered?.preset ?? .ops
    choices.theme = remembered?.theme
    choices.history = remembered?.history ?? []
    return choices
  }
}
