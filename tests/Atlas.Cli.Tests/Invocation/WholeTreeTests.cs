using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Invocation;

/// <summary>What holds for every command there is, also for those that come after these tests.</summary>
public sealed class WholeTreeTests : IDisposable
{
    /// <summary>Commands that need no database, or would start something: their failures are tested where they live.</summary>
    private static readonly HashSet<string> WithoutDatabase =
    [
        "quickstart", "up", "down", "restart", "status", "doctor", "test", "init", "quit", "run", "completion", "completion suggest",
        "config check", "config show", "env init", "env scaffold", "triage init", "review next",
        "playbook import", "restore", "cache list", "cache clear", "bench", "order-desk",
        "credential create", // Needs the cluster's secret, and nothing that runs.
        "mcp", // Speaks MCP where others write JSON.
    ];

    /// <summary>They look at the file first, whatever its format.</summary>
    private const string Imports = "import ";

    private readonly string _home = Directory.CreateTempSubdirectory("atlas-tree-").FullName;

    public static TheoryData<string> Commands => [.. InProcess.Commands().Select(command => string.Join(' ', command.Path))];

    public static TheoryData<string> Readers =>
    [
        .. InProcess.Commands()
            .Where(command => command.Command is AtlasCommand)
            .Select(command => string.Join(' ', command.Path))
            .Where(path => !WithoutDatabase.Contains(path) && !path.StartsWith(Imports, StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_says_what_a_command_and_each_of_its_words_is_for_and_ends_with_examples(string command)
    {
        var found = Find(command);
        var shown = (await InProcess.RunAsync(_home, [.. command.Split(' '), "--help"])).Expect(ExitCode.Ok);

        Assert.False(string.IsNullOrWhiteSpace(found.Description));
        Assert.All(found.Options.Where(option => !option.Hidden), option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
        Assert.All(found.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), argument.Name));
        var examples = shown.Output.Split("Examples:" + Environment.NewLine);
        Assert.Equal(2, examples.Length);
        Assert.Contains($"  atlas {command}", examples[1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_wrong_flag_is_one_sentence_and_still_json(string command)
    {
        var plain = await InProcess.RunAsync(_home, [.. command.Split(' '), "--no-such-flag"]);
        var json = await InProcess.RunAsync(_home, [.. command.Split(' '), "--no-such-flag", "--json"]);

        plain.ExpectSentence(ExitCode.Usage, "--no-such-flag");
        Assert.Contains($"See: atlas {command} --help", plain.Error, StringComparison.Ordinal);
        var error = json.Expect(ExitCode.Usage).Json().GetProperty("error");
        Assert.Equal((2, "usage"), (error.GetProperty("code").GetInt32(), error.GetProperty("name").GetString()));
        Assert.Contains("--no-such-flag", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Without_a_database_a_command_says_what_to_start_and_still_gives_json(string command)
    {
        var line = LineOf(command);

        var plain = await InProcess.RunAsync(_home, line);
        var json = await InProcess.RunAsync(_home, [.. line, "--json"]);

        plain.ExpectSentence(ExitCode.NotRunning, "atlas up --detach");
        Assert.Single(plain.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("not_running", json.Expect(ExitCode.NotRunning).Json().GetProperty("error").GetProperty("name").GetString());
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    /// <summary>What a command needs one of, which no single option can demand.</summary>
    private static readonly Dictionary<string, string[]> OneOf = new(StringComparer.Ordinal)
    {
        ["experiment start"] = ["--entry", "x"],
        ["forget"] = ["--session", "999999999"],
        ["budget set"] = ["--key", "x", "--tokens-per-day", "1"],
    };

    internal static Command Find(string command) =>
        InProcess.Commands().Single(found => string.Join(' ', found.Path) == command).Command;

    /// <summary>A command line with everything that is required, about a key and a session that are not there.</summary>
    internal static string[] LineOf(string command)
    {
        var found = Find(command);
        string[] required =
        [
            .. found.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 || argument.Name is "ID").Select(ValueOf),
            .. found.Options.Where(option => option.Required).SelectMany(option => new[] { option.Name, option.Name == "--key" ? "no/such" : "x" }),
            .. OneOf.GetValueOrDefault(command, []),
        ];

        return [.. command.Split(' '), .. required];
    }

    private static string ValueOf(Argument argument) => argument.Name switch
    {
        "KEY" => "no/such",
        "ID" => "999999999",
        "VERSION" or "FROM" or "TO" => "1",
        _ => "x",
    };
}
