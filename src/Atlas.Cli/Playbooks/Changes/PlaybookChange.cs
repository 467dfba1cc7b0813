using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>Asks the cluster to change a key, and reports what came of it.</summary>
internal sealed class PlaybookChange(CommandContext context, string learningKey, Attribution by)
{
    /// <summary>Where the key stands. Asked first, so that a mistyped key leaves no trace in the cluster.</summary>
    /// <exception cref="CommandFailedException">Nothing is known of the key.</exception>
    public Task<KeyStanding> DemandKnownAsync(CancellationToken cancellation) =>
        new DatabaseAccess(context).ReadAsync(source => new VersionReader(source).StandingAsync(learningKey, cancellation));

    /// <summary>The number of a version.</summary>
    /// <param name="version">Which; null for the newest that there is now.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CommandFailedException">There is no such version.</exception>
    public async Task<int> DemandVersionAsync(int? version, CancellationToken cancellation) =>
        (await new DatabaseAccess(context).ReadAsync(source => new VersionReader(source).ReadAsync(learningKey, version, cancellation))).Number;

    public async Task<KeyChange> RunAsync(Func<IAtlasClient, Task<KeyChange>> change, CancellationToken cancellation)
    {
        await using var client = await new ClusterAccess(context).ConnectAsync(cancellation);
        return await change(client);
    }

    /// <param name="change">What came of it.</param>
    /// <param name="asJson">Whether to write a document instead of a sentence.</param>
    /// <param name="done">The sentence if something changed.</param>
    /// <param name="already">The sentence if everything was as asked already.</param>
    public void Report(KeyChange change, bool asJson, string done, string already)
    {
        if (asJson)
        {
            context.Terminal.Json(new ChangeReport(learningKey, change.Version, change.Current, change.Changed, by.Author, by.Reason));
        }
        else
        {
            context.Terminal.Data(change.Changed ? done : already);
        }
    }
}
