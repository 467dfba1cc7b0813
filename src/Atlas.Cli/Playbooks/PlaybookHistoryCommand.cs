using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Queries;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks;

/// <summary><c>atlas playbook history KEY</c></summary>
internal sealed class PlaybookHistoryCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Option<int?> _limit = CommonOptions.Number("--limit", "Maximum number of versions, and of decisions, newest first.", 1, 1_000_000, 100);
    private readonly Option<bool> _json = CommonOptions.Json();

    public PlaybookHistoryCommand(CommandContext context)
        : base(context, "history", "List the versions of a playbook with their causes and sources, and the decisions about it.")
    {
        Add(_key);
        Add(_limit);
        Add(_json);
        Examples = ["atlas playbook history tau/airline"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var limit = arguments.GetRequiredValue(_limit)!.Value;
        var history = await new DatabaseAccess(Context).ReadAsync(
            source => source.Keys.HistoryAsync(key, limit, cancellationToken: cancellation))
            ?? throw PlaybookArgument.Unknown(key);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(HistoryDocument.Of(history));
        }
        else
        {
            Show(history);
        }

        return ExitCode.Ok;
    }

    private void Show(KeyHistory history)
    {
        if (history.Versions.IsEmpty && history.Decisions.IsEmpty)
        {
            Context.Terminal.Say("This key has no versions yet.");
            return;
        }

        Context.Terminal.Table(
            [
                new("version", IsNumber: true), new("cause"), new("is"), new("sessions", IsNumber: true), new("entries", IsNumber: true),
                new("tokens", IsNumber: true), new("student"), new("teacher"), new("author"), new("created"), new("reason", Wraps: true),
            ],
            history.Versions.Select(version => (version.CreatedAt, Row: RowOf(version, history.StandingOf(version.Version))))
                .Concat(history.Decisions.Select(decision => (decision.At, RowOf(decision))))
                .OrderByDescending(line => line.Item1)
                .Select(line => line.Item2));
    }

    private static IReadOnlyList<string> RowOf(VersionSummary version, string standing) =>
    [
        Wording.Number(version.Version),
        version.Cause ?? "-",
        standing,
        Wording.Number(version.SessionIds.Length),
        Wording.Number(version.Entries),
        version.Synthesis is { Calls: > 0 } synthesis ? Wording.Number(synthesis.PromptTokens + synthesis.CompletionTokens) : "-",
        Wording.Hash(version.StudentSha256),
        Wording.Hash(version.TeacherSha256),
        version.Author ?? "-",
        Wording.Time(version.CreatedAt),
        version.Reason ?? "",
    ];

    private static IReadOnlyList<string> RowOf(KeyDecision decision) =>
    [
        decision.Version is { } version ? Wording.Number(version) : "-",
        decision.What, "", "", "", "", "", "",
        decision.Author ?? "-",
        Wording.Time(decision.At),
        decision.Reason ?? "",
    ];
}
