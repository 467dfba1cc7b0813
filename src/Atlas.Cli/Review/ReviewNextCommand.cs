using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Queries;

namespace Atlas.Cli.Review;

/// <summary><c>atlas review next</c></summary>
internal sealed class ReviewNextCommand : AtlasCommand
{
    private readonly ReviewFilterOptions _filter = new(limit: null);
    private readonly AuthorOption _by = new();
    private readonly Option<bool> _json = new("--json") { Hidden = true };

    public ReviewNextCommand(CommandContext context)
        : base(context, "next", "Review sessions one by one in the terminal.")
    {
        _filter.AddTo(this);
        _by.AddTo(this);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetResult(_json) is not null)
            {
                result.AddError("`atlas review next` is interactive and has no JSON output. List the same sessions with `atlas review sessions --json`.");
            }
        });
        Examples = ["atlas review next", "atlas review next --key tau/airline --by ann"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        if (!Context.Terminal.CanAsk)
        {
            throw new CommandFailedException(
                ExitCode.CannotStart,
                "`atlas review next` needs a terminal, and there is none here. In scripts, use `atlas review sessions`, `approve` and `quarantine`.");
        }

        var reviewer = _by.Read(arguments, Context.Caller);
        var queue = await new ReviewQueue(Context).ListAsync(_filter, arguments, arguments.GetValue(_filter.Limit) ?? int.MaxValue, cancellation);
        if (queue.IsEmpty)
        {
            Context.Terminal.Say($"No session is {arguments.GetRequiredValue(_filter.Status)}.");
            return ExitCode.Ok;
        }

        await using var client = await new ClusterAccess(Context).ConnectAsync(cancellation);
        var (approved, quarantined, skipped) = (0, 0, 0);
        try
        {
            for (var at = 0; at < queue.Length; at++)
            {
                if (await FindAsync(queue[at], cancellation) is not { } session)
                {
                    continue;
                }

                ReviewCard.Write(session, at + 1, queue.Length, Context.Terminal);
                var (choice, note) = await ReviewQuestion.AskAsync(Context.Terminal, cancellation);
                if (choice is ReviewChoice.Quit)
                {
                    break;
                }

                if (choice is ReviewChoice.Skip)
                {
                    skipped++;
                    continue;
                }

                var decision = new ReviewDecision(choice is ReviewChoice.Approve ? ReviewStatus.Approved : ReviewStatus.Quarantined, reviewer, note)
                {
                    OnlyWhile = queue[at].ReviewStatus,
                };
                if (await DecideAsync(client, queue[at], decision, cancellation))
                {
                    _ = choice is ReviewChoice.Approve ? approved++ : quarantined++;
                }
            }
        }
        finally
        {
            // Also when it is stopped: what was decided stays decided.
            var left = queue.Length - approved - quarantined;
            Context.Terminal.Data($"{approved} approved, {quarantined} quarantined, {skipped} skipped; {Wording.Count(left, "session")} left.");
        }

        return ExitCode.Ok;
    }

    /// <summary>Returns the session as it is now; null if somebody else has decided on it in the meantime.</summary>
    private async Task<SessionDetail?> FindAsync(ReviewItem item, CancellationToken cancellation)
    {
        var session = await new DatabaseAccess(Context).ReadAsync(
            source => source.Sessions.FindAsync(item.Id, cancellationToken: cancellation));
        if (session?.Summary.ReviewStatus == item.ReviewStatus)
        {
            return session;
        }

        Context.Terminal.Say($"Session {item.Id} is now {session?.Summary.ReviewStatus.ToWire() ?? "gone"}.");
        return null;
    }

    private async Task<bool> DecideAsync(IAtlasClient client, ReviewItem item, ReviewDecision decision, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.ReviewAsync(item.Id, decision, cancellation);
            var reviewed = new ReviewedSession(
                item.Id, item.LearningKey, answer.ReviewStatus, answer.Teaches && decision.Status is ReviewStatus.Approved, answer.TaughtVersion);
            var undo = decision.Status is ReviewStatus.Quarantined
                ? await new ReviewUndo(Context, client, decision.Reviewer).OfferAsync([reviewed], cancellation)
                : [];
            ReviewSheet.Write(new ReviewReport(decision.Status, decision.Reviewer, decision.Note, [reviewed], [], undo), Context.Terminal);
            return true;
        }
        catch (AtlasRefusedException refused)
        {
            Context.Terminal.Say($"session {item.Id}: {refused.Message}");
            return false;
        }
    }
}
