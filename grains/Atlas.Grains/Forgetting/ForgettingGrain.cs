using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Calls;
using Atlas.Queries;
using Atlas.Storage.Forgetting;
using Orleans.Concurrency;

namespace Atlas.Grains.Forgetting;

/// <summary>Finds what is to be forgotten, and has each learning key forget its part.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class ForgettingGrain(ForgettingQueries queries, ForgettingStore store) : Grain, IForgettingGrain
{
    /// <summary>Sessions that are forgotten at once, so that a call comes to an end.</summary>
    private const int Most = 10_000;

    private const int ShortestSubject = 3;

    public async Task<ForgetOutcome> Forget(ForgetRequest request, Attribution by)
    {
        var selection = Demand(request, by);
        var found = await queries.FindAsync(selection, Most + 1);
        var (sessions, more) = (found.Take(Most).ToList(), found.Length > Most);
        var keys = sessions.Where(session => session.LearningKey is not null).GroupBy(session => session.LearningKey!, session => session.Id, StringComparer.Ordinal)
            .ToDictionary(key => key.Key, key => key.ToImmutableArray(), StringComparer.Ordinal);
        if (request is { Subject: not null, Where: null })
        {
            foreach (var key in await queries.KeysThatSayAsync(selection))
            {
                keys.TryAdd(key, []);
            }
        }

        var forgotten = ImmutableArray.CreateBuilder<ForgottenKey>();
        foreach (var (key, ids) in keys.OrderBy(key => key.Key, StringComparer.Ordinal))
        {
            var told = await GrainFactory.GetGrain<IForgettingKey>(key).Forget(ids, request.Subject, by, request.DryRun);
            forgotten.Add(told with { LearningKey = key });
            await LetGoAsync(ids, request.DryRun);
        }

        var keyless = sessions.Where(session => session.LearningKey is null).Select(session => session.Id).ToImmutableArray();
        if (!keyless.IsEmpty)
        {
            forgotten.Add(new(null, keyless, Withdrawn: [], LostSupport: []));
        }

        if (!request.DryRun && (!keyless.IsEmpty || request is { Subject: not null, Where: null, Sessions.IsEmpty: true, KeyPrefix: null }))
        {
            await store.ForgetAsync(new ForgettingReceipt(null, keyless, by.Author, by.Reason, 0, 0, [], []), request.Where is null ? request.Subject : null);
            await LetGoAsync(keyless, request.DryRun);
        }

        return new(request.DryRun, forgotten.ToImmutable(), more);
    }

    private static ForgettingSelection Demand(ForgetRequest request, Attribution by)
    {
        var where = request.Where;
        if (request is { Sessions.IsDefaultOrEmpty: true, Subject: null } && (where is null || where == new ForgetFilter()))
        {
            throw new AtlasRefusedException("Say what is to be forgotten: the numbers of sessions, a text that stands in them, or what they have in common.");
        }

        if (request.Subject is { } subject && subject.Trim().Length < ShortestSubject)
        {
            throw new AtlasRefusedException($"A text of fewer than {ShortestSubject} characters stands in too much; give a longer one, such as an e-mail address.");
        }

        if (request.Subject is { } kept && (by.Reason?.Contains(kept, StringComparison.OrdinalIgnoreCase) ?? false))
        {
            throw new AtlasRefusedException("The reason is kept in the journal, so it must not hold the text that is to be forgotten. Say it without.");
        }

        if (string.IsNullOrWhiteSpace(by.Author))
        {
            throw new AtlasRefusedException("Forgetting needs an author: a person or a program, not a blank.");
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

    // Whoever holds one of them in memory would go on with it.
    private async Task LetGoAsync(ImmutableArray<long> sessions, bool dryRun)
    {
        foreach (var id in dryRun ? [] : sessions)
        {
            await GrainFactory.GetGrain<ISessionOwner>(id).Forget();
        }
    }
}
