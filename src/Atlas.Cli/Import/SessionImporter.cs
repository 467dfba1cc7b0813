using Atlas.Client;
using Atlas.Contracts.Sessions;
using Atlas.Import;

namespace Atlas.Cli.Import;

/// <summary>Turns one recorded run into a session, once however often it is done.</summary>
internal sealed class SessionImporter(IAtlasClient client, ImportSettings settings)
{
    private const int EventsPerAppend = 200;

    /// <summary>
    /// Stores the run as a session. One that was begun and not completed, say because a silo died, is gone on with: the
    /// events keep their numbers, so those that are there already stay as they are.
    /// </summary>
    /// <returns>True if the session is new or was completed now; false if it had been completed before.</returns>
    public async Task<bool> ImportAsync(RecordedRun run, CancellationToken cancellation)
    {
        var session = await client.StartSessionAsync(
            new StartSession(
                run.Task,
                settings.LearningKey,
                MetadataJson: run.MetadataJson,
                ExternalId: $"{settings.LearningKey}/{run.ExternalId}"),
            cancellation);
        if (session.Status != "running")
        {
            return false;
        }

        foreach (var events in run.EventsJson.Chunk(EventsPerAppend))
        {
            await session.AppendAsync(events).WaitAsync(cancellation);
        }

        await session.CompleteAsync(new CompleteSession(
            run.Status,
            run.FinalAnswer,
            new SessionReward(run.Score, Judge: run.Judge),
            settings.Review)).WaitAsync(cancellation);
        return true;
    }
}
