using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Calls;
using Atlas.Queries;
using Atlas.Storage.Forgetting;
using Orleans.Concurrency;

namespace Atlas.Grains.Forgetting;

/// <summary>Finds what to forget, and has each learning key forget its part.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class ForgettingGrain(ForgettingQueries queries, ForgettingStore store, TimeProvider time) : Grain, IForgettingGrain
{
    /// <summary>The largest number of sessions per call.</summary>
    private const int Most = 10_000;

    /// <summary>After this time, a call leaves the other keys to the next one, so that it ends in time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private const int ShortestSubject = 3;

    public async Task<ForgetOutcome> Forget(ForgetRequest request, Attribution by)
    {
        var selection = Demand(request, by);
        var found = await queries.FindAsync(selection, Most + 1);
        var (sessions, more) = (found.Take(Most).ToList(), found.Length > Most);
        var keys = sessions.Where(session => session.LearningKey is not null).GroupBy(session => session.LearningKey!, session => session.Id, StringComparer.Ordinal)
            .ToDictionary(key => key.Key, key => key.ToImmutableArray(), StringComparer.Ordinal);

        // A filter limits a text to the sessions that match; otherwise it is forgotten wherever the caller reaches.
        var text = request is { Subject: { } subject, Where: null } ? new ForgottenText(subject, request.KeyPrefix, request.ExceptKeyPrefix) : null;
        if (text is not null)
        {
            foreach (var key in await queries.KeysThatSayAsync(selection))
            {
                keys.TryAdd(key, []);
            }
        }

        var forgotten = ImmutableArray.CreateBuilder<ForgottenKey>();
        var began = time.GetTimestamp();
        foreach (var (key, ids) in keys.OrderBy(key => key.Key, StringComparer.Ordinal))
        {
            if (!request.DryRun && forgotten.Count > 0 && time.GetElapsedTime(began) > Longest)
            {
                return new(request.DryRun, forgotten.ToImmutable(), More: true);
            }

            var told = await GrainFactory.GetGrain<IForgettingKey>(key).Forget(ids, request.Subject, by, request.DryRun);
            forgotten.Add(told with { LearningKey = key });
            await LetGoAsync(ids, request.DryRun);
        }

        var keyless = sessions.Where(session => session.LearningKey is null).Select(session => session.Id).ToImmutableArray();
        if (!keyless.IsEmpty)
        {
            forgotten.Add(new(null, keyless, Withdrawn: [], LostSupport: []));
        }

        if (!request.DryRun && (!keyless.IsEmpty || text is not null))
        {
            await store.ForgetAsync(new ForgettingReceipt(null, keyless, by.Author, by.Reason, 0, 0, [], []), text);
            await LetGoAsync(keyless, request.DryRun);
        }

        return new(request.DryRun, forgotten.ToImmutable(), more);
    }

    private static ForgettingSelection Demand(ForgetRequest request, Attribution by)
    {
        var where = request.Where;
        if (request is { Sessions.IsDefaultOrEmpty: true, Subject: null } && (where is null || where == new ForgetFilter()))
        {
            throw new AtlasRefusedException("Say what to forget: session numbers, a text that occurs in the sessions, or a filter that selects them.");
        }

        if (request.Subject is { } subject && subject.Trim().Length < ShortestSubject)
        {
            throw new AtlasRefusedException($"A text of fewer than {ShortestSubject} characters matches too much. Give a longer one, such as an e-mail address.");
        }

        if (request.Subject is { } kept && (by.Reason?.Contains(kept, StringComparison.OrdinalIgnoreCase) ?? false))
        {
            throw new AtlasRefusedException("The reason stays in the journal, so it must not contain the text to forget. Rephrase it.");
        }

        if (string.IsNullOrWhiteSpace(by.Author))
        {
            throw new AtlasRefusedException("Forgetting needs an author: the name of a person or a program.");
        }

        return new ForgettingSelection
        {
            Sessions = request.Sessions.IsDefault ? [] : request.Sessions,
            Subject = request.Subject,
            LearningKey = where?.LearningKey,
            ExternalId = where?.ExternalId,
            Status = where?.Status,
            ReviewStatus = where?.ReviewStatus,
            Before = where?.Before,
            After = where?.After,
            Metadata = where?.Metadata ?? ImmutableDictionary<string, string>.Empty,
            KeyPrefix = request.KeyPrefix,
            ExceptKeyPrefix = request.ExceptKeyPrefix,
        };
    }

    // A grain that has one of them in memory would otherwise continue with it.
    private async Task LetGoAsync(ImmutableArray<long> sessions, bool dryRun)
    {
        foreach (var id in dryRun ? [] : sessions)
        {
            await GrainFactory.GetGrain<ISessionOwner>(id).Forget();
        }
    }
}
