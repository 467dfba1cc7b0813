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

/// <summary>Carries one decision out for many sessions. A session that fails does not stop the others.</summary>
internal sealed class ReviewRun(CommandContext context, IAtlasClient client, ReviewDecision decision)
{
    private const int Concurrency = 8;

    /// <param name="sessions">Those to review.</param>
    /// <param name="unknown">Numbers that were asked for and are no session's.</param>
    /// <param name="cancellation">Stops it; what is decided stays so.</param>
    /// <exception cref="CommandFailedException">The cluster went away.</exception>
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
                $"The review stopped after {Wording.Count(reviewed.Count, "session")}. {gone.Message} The same command may be repeated.",
                gone);
        }

        return ([.. reviewed.OrderBy(session => session.Id)], [.. failed.OrderBy(session => session.Id)]);
    }

    private async Task ReviewAsync(
        ReviewItem session, ConcurrentBag<ReviewedSession> reviewed, ConcurrentBag<FailedReview> failed, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.ReviewAsync(session.Id, decision, cancellation);

            // Of a session that has taught already the key says that it teaches, also when it is quarantined.
            reviewed.Add(new ReviewedSession(
                session.Id, session.LearningKey, answer.ReviewStatus, answer.Teaches && decision.Status is ReviewStatus.Approved, answer.TaughtVersion));
        }
        catch (AtlasRefusedException refused)
        {
            failed.Add(new FailedReview(session.Id, refused.Message, ExitCode.Refused));
        }
    }
}
