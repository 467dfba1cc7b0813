using Atlas.Client;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Import;

namespace Atlas.Runtime.Importing;

/// <summary>Turns recorded runs into sessions, each once however often it is done.</summary>
/// <param name="client">The cluster.</param>
/// <param name="learningKey">The key that they teach.</param>
/// <param name="review">The review that goes with every session; null leaves it to the configuration.</param>
public sealed class SessionImporter(IAtlasClient client, string learningKey, ReviewDecision? review)
{
    private const int EventsPerAppend = 200;
    private readonly InFlight _inFlight = new();

    /// <summary>
    /// Stores the run as a session. One that was begun and not completed, say because a silo died, is gone on with: the
    /// events keep their numbers, so those that are there already stay as they are.
    /// </summary>
    /// <exception cref="AtlasRefusedException">The cluster refuses the run; the sentence says why.</exception>
    /// <exception cref="AtlasUnavailableException">The cluster is away. The same run may be imported again.</exception>
    /// <remarks>The same record further down the source waits for this one and then finds it there.</remarks>
    public Task<ImportOutcome> ImportAsync(RecordedRun run, CancellationToken cancellation) =>
        _inFlight.RunAsync(run.ExternalId, () => ImportAloneAsync(run, cancellation), cancellation);

    private async Task<ImportOutcome> ImportAloneAsync(RecordedRun run, CancellationToken cancellation)
    {
        var session = await client.StartSessionAsync(
            new StartSession(
                run.Task,
                learningKey,
                Metadata: run.Metadata,
                ExternalId: $"{learningKey}/{run.ExternalId}"),
            cancellation).ConfigureAwait(false);
        if (session.Status is not SessionStatus.Running)
        {
            return new ImportOutcome(IsNew: false);
        }

        foreach (var events in run.Events.Chunk(EventsPerAppend))
        {
            await session.AppendAsync(events, cancellation).ConfigureAwait(false);
        }

        var completed = await session.CompleteAsync(new CompleteSession(
            run.Status,
            run.FinalAnswer,
            run.Score is { } score ? new SessionReward(score, Judge: run.Judge ?? "environment") : null,
            review), cancellation).ConfigureAwait(false);
        return new ImportOutcome(
            IsNew: true, LearningIsOff: completed.Learning is LearningStanding.Off, AwaitsApproval: completed.ReviewStatus is ReviewStatus.Pending);
    }
}
