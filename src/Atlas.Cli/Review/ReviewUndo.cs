using System.Collections.Immutable;
using System.Globalization;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Cli.Review;

/// <summary>Finds what quarantined sessions had taught, and undoes it if requested.</summary>
internal sealed class ReviewUndo(CommandContext context, IAtlasClient client, string reviewer)
{
    /// <summary>Returns one entry for each key that learned from any of the sessions.</summary>
    public async Task<ImmutableArray<TaughtUndo>> OfferAsync(IEnumerable<ReviewedSession> sessions, CancellationToken cancellation)
    {
        var offers = ImmutableArray.CreateBuilder<TaughtUndo>();
        var taught = sessions.Where(session => session is { TaughtVersion: not null, LearningKey: not null });
        foreach (var ofKey in taught.GroupBy(session => session.LearningKey!, StringComparer.Ordinal))
        {
            ImmutableArray<long> ids = [.. ofKey.Select(session => session.Id)];
            var version = ofKey.Min(session => session.TaughtVersion!.Value);
            var (before, later) = await new DatabaseAccess(context).ReadAsync(async source => (
                await new VersionReader(source).ReadAsync(ofKey.Key, version - 1, cancellation),
                await source.Playbooks.ListVersionsAsync(ofKey.Key, limit: int.MaxValue, cancellationToken: cancellation)));
            var hashBefore = PlaybookContentHash.Compute(before.Playbook);
            offers.Add(new TaughtUndo
            {
                LearningKey = ofKey.Key,
                SessionIds = ids,
                TaughtVersion = version,
                BackTo = before.Number,
                CurrentVersion = later[0].Version,

                // Later versions were made without the sessions, and going back again would lose them.
                AlreadyUndone = later.Any(made => made.Version > version && made.ContentSha256 == hashBefore),
                Command = $"atlas playbook rollback {ShellWord.Of(ofKey.Key)} {before.Number} --reason {ShellWord.Of(Reason(ids))}",
            });
        }

        return offers.ToImmutable();
    }

    /// <summary>Goes back to the version before; a key that refuses says why and does not stop the others.</summary>
    public async Task<ImmutableArray<TaughtUndo>> CarryOutAsync(ImmutableArray<TaughtUndo> offers, CancellationToken cancellation)
    {
        var results = ImmutableArray.CreateBuilder<TaughtUndo>(offers.Length);
        foreach (var offer in offers)
        {
            results.Add(offer.AlreadyUndone ? offer : await CarryOutAsync(offer, cancellation));
        }

        return results.ToImmutable();
    }

    private async Task<TaughtUndo> CarryOutAsync(TaughtUndo offer, CancellationToken cancellation)
    {
        try
        {
            // A version that is made meanwhile has not been looked at, and going back would lose it.
            var by = new Attribution(reviewer, Reason(offer.SessionIds)) { OnlyAtVersion = offer.CurrentVersion };
            var change = await client.RollbackAsync(offer.LearningKey, offer.BackTo, by, cancellation);
            return offer with { UndoneByVersion = change.Changed ? change.Version : null, AlreadyUndone = !change.Changed };
        }
        catch (AtlasRefusedException refused)
        {
            return offer with { Failure = refused.Message };
        }
    }

    private static string Reason(ImmutableArray<long> ids) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(ids.Length == 1 ? "session" : "sessions")} {string.Join(", ", ids)} quarantined");
}
