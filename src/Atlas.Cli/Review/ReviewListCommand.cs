using Atlas.Domain;
using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Review;

/// <summary><c>atlas review list</c></summary>
internal sealed class ReviewListCommand : AtlasCommand
{
    private const int DefaultLimit = 50;
    private const int TaskLength = 60;

    private readonly ReviewFilterOptions _filter = new(DefaultLimit);
    private readonly Option<bool> _json = CommonOptions.Json();

    public ReviewListCommand(CommandContext context)
        : base(context, "list", "List finished sessions by review status, with what each waits for.")
    {
        _filter.AddTo(this);
        Add(_json);
        Examples = ["atlas review list", "atlas review list --key tau/airline --status quarantined --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var status = arguments.GetRequiredValue(_filter.Status);
        var limit = arguments.GetRequiredValue(_filter.Limit)!.Value;

        // One more than is shown reveals whether there are more.
        var found = await new ReviewQueue(Context).ListAsync(_filter, arguments, limit + 1, cancellation);
        var sessions = found.Take(limit).Select(ReviewLine.Of).ToList();
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
            Show(sessions);
            if (found.Length > limit)
            {
                Context.Terminal.Say($"These are the oldest {limit}. Show more with --limit.");
            }
        }

        return ExitCode.Ok;
    }

    private void Show(IEnumerable<ReviewLine> sessions) => Context.Terminal.Table(
        [
            new("id", IsNumber: true), new("status"), new("review"), new("score", IsNumber: true), new("drift"), new("created"),
            new("key"), new("waits for"), new("task", Wraps: true),
        ],
        sessions.Select(session => (IReadOnlyList<string>)
        [
            Wording.Number(session.Id),
            session.Status.ToWire(),
            session.ReviewStatus.ToWire(),
            Wording.Score(session.Score),
            session.DriftAlert ? session.DriftMessage ?? "alert" : "-",
            Wording.Time(session.CreatedAt),
            session.LearningKey ?? "-",
            session.WaitsFor ?? "-",
            Wording.OneLine(session.Task, TaskLength),
        ]));
}
