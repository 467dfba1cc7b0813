using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Queries;

namespace Atlas.Cli.Playbooks;

/// <summary><c>atlas playbook list</c></summary>
internal sealed class PlaybookListCommand : AtlasCommand
{
    private readonly Option<int?> _limit = CommonOptions.Number("--limit", "Maximum number of keys, in order of name.", 1, 1_000_000, 100);
    private readonly Option<bool> _json = CommonOptions.Json();

    public PlaybookListCommand(CommandContext context)
        : base(context, "list", "List the learning keys and their state.")
    {
        Add(_limit);
        Add(_json);
        Examples = ["atlas playbook list"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var limit = arguments.GetRequiredValue(_limit)!.Value;
        var keys = await new DatabaseAccess(Context).ReadAsync(
            source => source.Playbooks.ListKeysAsync(limit: limit, cancellationToken: cancellation));
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(keys);
        }
        else if (keys.Length == 0)
        {
            Context.Terminal.Say("No learning key has learned anything yet.");
        }
        else
        {
            Show(keys);
        }

        return ExitCode.Ok;
    }

    private void Show(IEnumerable<KeySummary> keys) => Context.Terminal.Table(
        [
            new("key"), new("version", IsNumber: true), new("newest", IsNumber: true), new("entries", IsNumber: true), new("sessions", IsNumber: true),
            new("teach", IsNumber: true), new("pending", IsNumber: true), new("state"), new("updated"),
        ],
        keys.Select(key => (IReadOnlyList<string>)
        [
            key.LearningKey,
            Wording.Number(key.ServedVersion ?? key.Version),
            Wording.Number(key.Version),
            Wording.Number(key.Entries),
            Wording.Number(key.SessionsObserved),
            Wording.Number(key.SessionsApplied ?? 0),
            Wording.Number((key.Pending ?? 0) + key.Queued),
            StateOf(key),
            Wording.Time(key.UpdatedAt),
        ]));

    private static string StateOf(KeySummary key)
    {
        string[] words =
        [
            .. key.Frozen ? ["frozen"] : Array.Empty<string>(),
            .. key.PinnedVersion is not null ? ["pinned"] : Array.Empty<string>(),
            .. key.Staged is true ? ["staged"] : Array.Empty<string>(),
        ];
        return words.Length == 0 ? "-" : string.Join(", ", words);
    }
}
