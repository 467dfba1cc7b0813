using System.Collections.Concurrent;
using System.Collections.Immutable;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Sessions;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Queries;

namespace Atlas.Cli.Review;

/// <summary>Applies one decision to many sessions. A session that fails, or on which somebody else decides meanwhile, does not stop the
/// others.</summary>
internal sealed class ReviewRun(CommandContext context, IAtlasClient client, ReviewDecision decision)
{
    private const int Concurrency = 8;

    /// <param name="sessions">The sessions to review.</param>
    /// <param name="unknown">Requested numbers that are not sessions.</param>
    /// <param name="cancellation">Cancels the run; decisions that were made remain.</param>
    /// <exception cref="CommandFailedException">The cluster became unavailable.</exception>
    public async Task<(ImmutableArray<ReviewedSession> Reviewed, ImmutableArray<FailedReview> Failed)> RunAsync(
        IReadOnlyCollection<ReviewItem> sessions, IEnumerable<long> unknown, CancellationToken cancellation)
    {
        var reviewed = new ConcurrentBag<ReviewedSession>();
        var failed = new ConcurrentBag<FailedReview>(
            unknown.Select(id => new FailedReview(id, SessionArgument.Unknown(id), ExitCode.NotFound)));
        if (sessions.Count == 0)
        {
            return ([], [.. failed.OrderBy(session => session.Id)]);
        }

        try
        {
            await Progress.CountAsync(
                context.Terminal,
                $"Reviewing {Wording.Count(sessions.Count, "session")}",
                () => $"{reviewed.Count + failed.Count} done",
                () => Parallel.ForEachAsync(
                    sessions,
                    new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation },
                    async (session, stop) => await ReviewAsync(session, reviewed, failed, stop)),
                context.Clock);
        }
        catch (AtlasUnavailableException gone)
        {
            throw new CommandFailedException(
                ExitCode.NotRunning,
                $"The review stopped after {Wording.Count(reviewed.Count, "session")}. {gone.Message} Repeat the command to continue.",
                gone);
        }

        return ([.. reviewed.OrderBy(session => session.Id)], [.. failed.OrderBy(session => session.Id)]);
    }

    private async Task ReviewAsync(
        ReviewItem session, ConcurrentBag<ReviewedSession> reviewed, ConcurrentBag<FailedReview> failed, CancellationToken cancellation)
    {
        try
        {
            // A run can take minutes, and what somebody else decides meanwhile is not known here.
            var answer = await client.ReviewAsync(session.Id, decision with { OnlyWhile = session.ReviewStatus }, cancellation);

            // A session that has already taught its key still counts as teaching, even if it is quarantined.
            reviewed.Add(new ReviewedSession(
                session.Id, session.LearningKey, answer.ReviewStatus, answer.Teaches && decision.Status is ReviewStatus.Approved, answer.TaughtVersion));
        }
        catch (AtlasRefusedException refused)
        {
            failed.Add(new FailedReview(session.Id, refused.Message, ExitCode.Refused));
        }
    }
}
