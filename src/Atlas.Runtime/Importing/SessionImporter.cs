using System.Security.Cryptography;
using System.Text;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Import;
using Atlas.Learning.Sessions;

namespace Atlas.Runtime.Importing;

/// <summary>Converts recorded runs to sessions, each once however often it is imported.</summary>
/// <param name="client">The client of the cluster.</param>
/// <param name="learningKey">The key that they teach.</param>
/// <param name="review">The review of every session; null leaves it to the configuration.</param>
public sealed class SessionImporter(IAtlasClient client, string learningKey, ReviewDecision? review)
{
    private const int EventsPerAppend = 200;
    private readonly InFlight _inFlight = new();

    /// <summary>
    /// Stores the run as a session. A session that was started and not completed, for example because a silo died, is continued: events keep
    /// their numbers, so those already stored stay unchanged.
    /// </summary>
    /// <exception cref="AtlasRefusedException">The cluster refuses the run; the message says why.</exception>
    /// <exception cref="AtlasUnavailableException">The cluster is unreachable. The same run can be imported again.</exception>
    /// <remarks>If the same record occurs again in the source, it waits for this one and then finds it imported.</remarks>
    public Task<ImportOutcome> ImportAsync(RecordedRun run, CancellationToken cancellation) =>
        _inFlight.RunAsync(run.ExternalId, () => ImportAloneAsync(run, cancellation), cancellation);

    private async Task<ImportOutcome> ImportAloneAsync(RecordedRun run, CancellationToken cancellation)
    {
        var session = await client.StartSessionAsync(
            new StartSession(
                run.Task,
                learningKey,
                Metadata: run.Metadata,
                ExternalId: Named(run.ExternalId)) { FormerExternalId = run.FormerId is { } former ? Named(former) : null },
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

    /// <summary>Returns the id of a record's session for this key; a hash if the two names are too long for one.</summary>
    private string Named(string id)
    {
        var whole = $"{learningKey}/{id}";
        return whole.Length <= SessionLimits.ExternalIdLength ? whole : $"import:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))}";
    }
}
