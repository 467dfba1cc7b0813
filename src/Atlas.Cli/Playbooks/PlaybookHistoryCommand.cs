using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Storage.Queries;

namespace Atlas.Cli.Playbooks;

/// <summary><c>atlas playbook history KEY</c></summary>
internal sealed class PlaybookHistoryCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Option<int?> _limit = CommonOptions.Number("--limit", "At most this many versions, the newest first.", 1, 1_000_000, 100);
    private readonly Option<bool> _json = CommonOptions.Json();

    public PlaybookHistoryCommand(CommandContext context)
        : base(context, "history", "List every version of a playbook with its cause and the sessions it came from.")
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
        var (isKnown, versions) = await new DatabaseAccess(Context).ReadAsync(async source =>
        {
            var queries = new PlaybookQueries(source);
            return (await queries.FindStateAsync(key, cancellation) is not null,
                await new SynthesisQueries(source).WithSynthesesAsync(
                    key, await queries.ListVersionsAsync(key, limit: limit, cancellationToken: cancellation), cancellation));
        });
        if (!isKnown)
        {
            throw PlaybookArgument.Unknown(key);
        }

        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(versions);
        }
        else
        {
            Show(versions);
        }

        return ExitCode.Ok;
    }

    private void Show(IReadOnlyCollection<VersionSummary> versions)
    {
        if (versions.Count == 0)
        {
            Context.Terminal.Say("This key has no version yet.");
            return;
        }

        Context.Terminal.Table(
            [
                new("version", IsNumber: true), new("cause"), new("sessions", IsNumber: true), new("entries", IsNumber: true),
                new("tokens", IsNumber: true), new("student"), new("teacher"), new("author"), new("created"), new("reason", Wraps: true),
            ],
            versions.Select(version => (IReadOnlyList<string>)
            [
                Wording.Number(version.Version),
                version.Cause ?? "-",
                Wording.Number(version.SessionIds.Length),
                Wording.Number(version.Entries),
                version.Synthesis is { Calls: > 0 } synthesis ? Wording.Number(synthesis.PromptTokens + synthesis.CompletionTokens) : "-",
                Wording.Hash(version.StudentSha256),
                Wording.Hash(version.TeacherSha256),
                version.Author ?? "-",
                Wording.Time(version.CreatedAt),
                version.Reason ?? "",
            ]));
    }
}
