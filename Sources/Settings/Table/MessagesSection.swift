/// How the messages of the fleet are understood; the file says more of it in `sources`.
public final class MessagesSection: SettingsSection {
  public static let title = "Messages"
  public static let commands: CommandSet = [.feeds, .bridge, .sink, .task]

  public let profile = Row("profile", .one(.word(Profile.names), default: Profile.article))
    .option("profile", value: "name")
    .help(
      "The kind of messages: see 'egtop profiles'."
    )
}
