using Atlas.Domain;
using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Queries;

namespace Atlas.Cli.Sessions;

/// <summary><c>atlas session list</c></summary>
internal sealed class SessionListCommand : AtlasCommand
{
    private const int TaskLength = 60;

    private readonly Option<string?> _key = new("--key") { Description = "Only sessions of this learning key.", HelpName = "KEY" };
    private readonly Option<string?> _status = new("--status") { Description = "Only sessions with this status." };
    private readonly Option<string?> _review = new("--review") { Description = "Only sessions with this review status." };
    private readonly Option<int?> _limit = CommonOptions.Number("--limit", "Maximum number of sessions, newest first.", 1, 1_000_000, 50);
    private readonly Option<bool> _json = CommonOptions.Json();

    public SessionListCommand(CommandContext context)
        : base(context, "list", "List sessions, newest first.")
    {
        _status.OneOf("running", "succeeded", "failed");
        _review.OneOf("pending", "approved", "quarantined");
        Add(_key);
        Add(_status);
        Add(_review);
        Add(_limit);
        Add(_json);
        Examples = ["atlas session list --key tau/airline --limit 20", "atlas session list --review pending --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var filter = new SessionFilter
        {
            LearningKey = arguments.GetValue(_key),
            Status = WireName.ReadOrNull<SessionStatus>(arguments.GetValue(_status)),
            ReviewStatus = WireName.ReadOrNull<ReviewStatus>(arguments.GetValue(_review)),
            Limit = arguments.GetRequiredValue(_limit)!.Value,
        };
        var sessions = await new DatabaseAccess(Context).ReadAsync(
            source => source.Sessions.ListAsync(filter, cancellation));
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(sessions);
        }
        else
        {
            Show(sessions);
        }

        return ExitCode.Ok;
    }

    private void Show(IReadOnlyCollection<SessionSummary> sessions)
    {
        if (sessions.Count == 0)
        {
            Context.Terminal.Say("No session matches.");
            return;
        }

        Context.Terminal.Table(
            [
                new("id", IsNumber: true), new("status"), new("review"), new("reward", IsNumber: true), new("events", IsNumber: true),
                new("playbook"), new("created"), new("key"), new("task", Wraps: true),
            ],
            sessions.Select(session => (IReadOnlyList<string>)
            [
                Wording.Number(session.Id),
                session.Status.ToWire(),
                session.ReviewStatus.ToWire(),
                Wording.Score(session.Reward),
                Wording.Number(session.EventCount),
                Wording.Hash(session.PlaybookSha256),
                Wording.Time(session.CreatedAt),
                session.LearningKey ?? "-",
                Wording.OneLine(session.Task, TaskLength),
            ]));
    }
}
