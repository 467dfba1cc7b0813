using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Learning.Economics;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>Asks the cluster to change a key, and reports the result.</summary>
internal sealed class PlaybookChange(CommandContext context, string learningKey, Attribution by)
{
    /// <summary>Returns the status of the key. Called first, so that a mistyped key leaves no trace in the cluster.</summary>
    /// <exception cref="CommandFailedException">The key is unknown.</exception>
    public Task<KeyStanding> DemandKnownAsync(CancellationToken cancellation) =>
        new DatabaseAccess(context).ReadAsync(source => new VersionReader(source).StandingAsync(learningKey, cancellation));

    /// <summary>Returns the number of a version.</summary>
    /// <param name="version">The version; null for the current newest one.</param>
    /// <param name="cancellation">Cancels the request.</param>
    /// <exception cref="CommandFailedException">There is no such version.</exception>
    public async Task<int> DemandVersionAsync(int? version, CancellationToken cancellation) =>
        (await new DatabaseAccess(context).ReadAsync(source => new VersionReader(source).ReadAsync(learningKey, version, cancellation))).Number;

    /// <summary>Reports in advance what the change will cost in prompt caches.</summary>
    /// <param name="isDryRun">Whether only the cost is requested.</param>
    /// <param name="asJson">Whether to write a document instead of a sentence.</param>
    /// <param name="cancellation">Cancels the request.</param>
    /// <returns>Whether nothing more is to be done.</returns>
    public async Task<bool> TellCostAsync(bool isDryRun, bool asJson, CancellationToken cancellation)
    {
        var traffic = await new DatabaseAccess(context).ReadAsync(source => source.Caches.TrafficAsync(learningKey, cancellation));
        var (given, mode) = (0, InjectionMode.Suffix);
        if (!traffic.IsEmpty)
        {
            await using var client = await new ClusterAccess(context).ConnectAsync(cancellation);
            var current = await client.ResolveAsync(learningKey, cancellationToken: cancellation);
            (given, mode) = (current is { ApplyToPrompts: true, Student.Block: var block } ? block.Length : 0, current.InjectionMode);
        }

        var cost = ChangeCost.Of(traffic, given, mode);
        if (isDryRun && asJson)
        {
            context.Terminal.Json(cost);
        }
        else if (isDryRun)
        {
            context.Terminal.Data(cost.Summary);
        }
        else if (!traffic.IsEmpty)
        {
            context.Terminal.Say(cost.Summary);
        }

        return isDryRun;
    }

    public async Task<KeyChange> RunAsync(Func<IAtlasClient, Task<KeyChange>> change, CancellationToken cancellation)
    {
        await using var client = await new ClusterAccess(context).ConnectAsync(cancellation);
        return await change(client);
    }

    /// <param name="change">The result.</param>
    /// <param name="asJson">Whether to write a document instead of a sentence.</param>
    /// <param name="done">The message if something changed.</param>
    /// <param name="already">The message if everything was already as requested.</param>
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
