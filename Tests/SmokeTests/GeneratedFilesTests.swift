import System
import TestSupport
import Testing

/// What the programs print for those who package them, read by the programs it is meant for.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct GeneratedFilesTests {
  private static func tool(_ name: String) -> String? { Environment.current().executable(name) }

  /// The manual page or the completions of a program, in a file.
  private func file(_ program: String, _ words: [String], in folder: String) throws -> String {
    let result = try runTool(program, words, folder: folder)
    try #require(result.code == 0, "\(result.text)")
    let path = folder + "/generated"
    try OutputFile(path: path).write(Array(result.text.utf8))
    return path
  }

  /// Runs a program on a file that another printed, and expects it to have nothing to say.
  private func expectSilence(
    _ tool: String?,
    _ arguments: [String],
    on words: [String],
  ) throws {
    let tool = try #require(tool)
    for program in [BuiltPrograms.egtop, BuiltPrograms.egpipe] {
      try withFolder { folder in
        let path = try file(program, words, in: folder)
        let result = try runTool(tool, arguments + [path], folder: folder)
        #expect(result.code == 0)
        #expect(result.text == "")
      }
    }
  }

  @Test(.enabled(if: tool("mandoc") != nil, "mandoc is not installed"))
  func mandocFindsNothingWrongWithThePages() throws {
    try expectSilence(
      Self.tool("mandoc"),
      ["-T", "lint", "-W", "style"],
      on: ["--generate-man"]
    )
  }

  @Test(.enabled(if: tool("groff") != nil, "groff is not installed"))
  func groffFindsNothingWrongWithThePages() throws {
    try expectSilence(
      Self.tool("groff"),
      ["-man", "-ww", "-z", "-K", "utf8", "-T", "utf8"],
      on: ["--generate-man"]
    )
  }

  @Test(.enabled(if: tool("zsh") != nil, "zsh is not installed"))
  func zshReadsItsCompletions() throws {
    try expectSilence(Self.tool("zsh"), ["-n"], on: ["--generate-completions", "zsh"])
  }

  @Test(
    .enabled(if: tool("fish") != nil, "fish is not installed"),
    arguments: [
      ("egtop --theme ", "iron"), ("egtop --fail-on alarm,", "alarm,lost"), ("egtop ch", "check"),
      ("egtop replay --sp", "--speed"), ("egpipe run ", "bridge"), ("egpipe b", "bridge"),
    ]
  )
  func fishOffersWhatFits(line: String, expected: String) throws {
    try withFolder { folder in
      let program = line.hasPrefix("egtop") ? BuiltPrograms.egtop : BuiltPrograms.egpipe
      let path = try file(program, ["--generate-completions", "fish"], in: folder)
      let result = try runTool(
        try #require(Self.tool("fish")),
        ["--no-config", "-c", "source $argv[1]; complete -C $argv[2]", path, line],
        environment: Environment(["HOME": "/nonexistent", "PATH": "/usr/bin:/bin"]),
        folder: folder,
      )
      let offers = result.text.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
      #expect(offers.contains(Substring(expected)), "\(result.text)")
    }
  }

  @Test(
    .enabled(if: tool("bash") != nil, "bash is not installed"),
    arguments: [
      ("egtop --theme ha|", "harbour"), ("egtop --theme = pap|", "paper"),
      ("egtop --fail-on alarm,l|", "alarm,lost alarm,lag"),
      ("egtop --once |", "demo init discover check lag replay profiles help"),
      ("egtop --prin|", "--print-config"), ("egtop replay --sp|", "--speed"),
      ("egtop check --on|", ""), ("egtop --region check --once --js|", "--json"),
      ("egtop --region = check rep|", "replay"), ("egtop --region |", ""),
      ("egtop help |", "demo init discover check lag replay profiles"), ("egpipe b|", "bridge"),
      ("egpipe st|", "status"), ("egpipe status --j|", "--json"),
      ("egpipe run s|", "simulate sink source"),
      ("egpipe run bridge t|", "task"), ("egpipe run --mode |", "timestamp bulk"),
      ("egpipe sink --sto|", "--store"), ("egtop --config /et|", "/etc"),
    ]
  )
  func bashOffersWhatFits(line: String, expected: String) throws {
    try withFolder { folder in
      let program = line.hasPrefix("egtop") ? BuiltPrograms.egtop : BuiltPrograms.egpipe
      let path = try file(program, ["--generate-completions", "bash"], in: folder)
      // As a shell would: the words of the line, and which of them is being typed.
      let asking = """
        source "$1"
        read -r -a COMP_WORDS <<<"${2%|}"
        if [[ $2 == *' |' ]]; then COMP_WORDS+=(''); fi
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        "$(complete -p "${COMP_WORDS[0]}" | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
        echo "${COMPREPLY[*]}"
        """
      let result = try runTool(
        try #require(Self.tool("bash")),
        ["--norc", "-u", "-c", asking, "bash", path, line],
        folder: folder,
      )
      #expect(result.code == 0)
      #expect(result.text == expected + "\n")
    }
  }

  @Test func initAsksOnlyPeople() throws {
    try withFolder { folder in
      let result = try runTool(BuiltPrograms.egtop, ["init"], folder: folder)
      #expect(result.code == 2)
      #expect(result.text.contains("use egtop discover --mqtt URL --write FILE"))
    }
  }
}
