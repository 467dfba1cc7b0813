using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Storage.Queries;

namespace Atlas.Cli.Review;

/// <summary><c>atlas review list</c></summary>
internal sealed class ReviewListCommand : AtlasCommand
{
    private const int DefaultLimit = 50;
    private const int TaskLength = 60;

    private readonly ReviewFilter _filter = new(DefaultLimit);
    private readonly Option<bool> _json = CommonOptions.Json();

    public ReviewListCommand(CommandContext context)
        : base(context, "list", "List finished sessions by what reviewers said, and what those that wait wait for.")
    {
        _filter.AddTo(this);
        Add(_json);
        Examples = ["atlas review list", "atlas review list --key tau/airline --status quarantined --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var status = arguments.GetRequiredValue(_filter.Status);
        var limit = arguments.GetRequiredValue(_filter.Limit)!.Value;
        var found = await new DatabaseAccess(Context).ReadAsync(
            source => new ReviewQueries(source).ListAsync(arguments.GetValue(_filter.Key), status, limit, cancellation));
        var sessions = found.Select(ReviewLine.Of).ToList();
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(sessions);
        }
        else if (sessions.Count == 0)
        {
            Context.Terminal.Say($"No session is {status}.");
        }
        else
        {
            Show(sessions, limit);
        }

        return ExitCode.Ok;
    }

    private void Show(IReadOnlyCollection<ReviewLine> sessions, int limit)
    {
        Context.Terminal.Table(
            [
                new("id", IsNumber: true), new("status"), new("review"), new("score", IsNumber: true), new("drift"), new("created"),
                new("key"), new("waits for"), new("task", Wraps: true),
            ],
            sessions.Select(session => (IReadOnlyList<string>)
            [
                Wording.Number(session.Id),
                session.Status,
                session.ReviewStatus,
                Wording.Score(session.Score),
                session.DriftAlert ? session.DriftMessage ?? "alert" : "-",
                Wording.Time(session.CreatedAt),
                session.LearningKey ?? "-",
                session.WaitsFor ?? "-",
                Wording.OneLine(session.Task, TaskLength),
            ]));
        if (sessions.Count == limit)
        {
            Context.Terminal.Say($"These are the oldest {limit}; --limit shows more.");
        }
    }
}
