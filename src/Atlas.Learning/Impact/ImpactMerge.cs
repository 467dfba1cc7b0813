using System.Collections.Immutable;
using System.Globalization;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Sessions;
using Atlas.Learning.Text;

namespace Atlas.Learning.Impact;

/// <summary>Adds what a session showed to the impact of the entries.</summary>
/// <remarks>A pure increment: outcomes may be merged in any order with the same figures. Counting a session once is for the
/// owner of the entries to see to, by session id.</remarks>
public static class ImpactMerge
{
    private static readonly ImpactOptions Defaults = new();

    /// <summary>The entries with one more session counted.</summary>
    /// <param name="entries">The entries as they are now.</param>
    /// <param name="outcome">What the session showed. Entries are found by id and audience.</param>
    /// <param name="now">When it is counted.</param>
    /// <param name="options">How to count; null for the defaults.</param>
    /// <remarks>Entries that were learned from this very session, or after it had begun, are left out: it could not have used
    /// them. Incidents, retries and failures count for entries that were hit.</remarks>
    public static ImmutableArray<PlaybookEntry> Apply(
        ImmutableArray<PlaybookEntry> entries, SessionOutcome outcome, DateTimeOffset now, ImpactOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (entries.IsDefaultOrEmpty)
        {
            return [];
        }

        var counting = options ?? Defaults;
        var usage = UsageByEntry(outcome.Usage);
        var time = AtlasTime.Iso(now);
        var result = ImmutableArray.CreateBuilder<PlaybookEntry>(entries.Length);
        foreach (var entry in entries)
        {
            if (string.IsNullOrEmpty(entry.Id) || (!counting.Rules.EverySessionIsEvidence && IsBornLater(entry, outcome)))
            {
                result.Add(entry);
                continue;
            }

            usage.TryGetValue((entry.Id, entry.Role), out var used);
            result.Add(entry with { Impact = Count(entry.Impact ?? new EntryImpact(), outcome, used, time, counting) });
        }

        return result.MoveToImmutable();
    }

    private static Dictionary<(string Id, string Role), EntryUsage> UsageByEntry(ImmutableArray<EntryUsage> usage)
    {
        var result = new Dictionary<(string Id, string Role), EntryUsage>();
        foreach (var item in usage.IsDefault ? [] : usage)
        {
            var key = (item.EntryId, item.Role.Trim().ToLowerInvariant());
            result[key] = result.TryGetValue(key, out var other)
                ? other with
                {
                    CueHits = other.CueHits + item.CueHits,
                    Adoptions = other.Adoptions + item.Adoptions,
                    SuccessfulAdoptions = other.SuccessfulAdoptions + item.SuccessfulAdoptions,
                    FailedAdoptions = other.FailedAdoptions + item.FailedAdoptions,
                }
                : item;
        }

        return result;
    }

    private static bool IsBornLater(PlaybookEntry entry, SessionOutcome outcome)
    {
        // An older entry that this session's synthesis touched names the session as its source too, so time decides.
        var hasBirth = DateTimeOffset.TryParse(
            entry.Provenance?.CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created);
        return hasBirth && outcome.StartedAt != default
            ? created > outcome.StartedAt
            : entry.Provenance?.SourceSessionId is { } source && source == outcome.SessionId;
    }

    private static EntryImpact Count(EntryImpact impact, SessionOutcome outcome, EntryUsage? used, string time, ImpactOptions options)
    {
        var hit = used is { CueHits: > 0 } or { Adoptions: > 0 };
        var score = outcome.Score is { } given && double.IsFinite(given) ? outcome.Score : null;
        var tokens = outcome.TotalTokens is { } total && double.IsFinite(total) ? outcome.TotalTokens : null;
        var counted = hit
            ? impact with
            {
                SessionsObserved = impact.SessionsObserved + 1,
                FirstObservedAt = Earlier(impact.FirstObservedAt, time),
                LastObservedAt = Later(impact.LastObservedAt, time),
                SessionsWithHits = impact.SessionsWithHits + 1,
                TotalCueHits = impact.TotalCueHits + used!.CueHits,
                TotalAdoptions = impact.TotalAdoptions + used.Adoptions,
                SuccessfulAdoptions = impact.SuccessfulAdoptions + used.SuccessfulAdoptions,
                FailedAdoptions = impact.FailedAdoptions + used.FailedAdoptions,
                RewardWithSum = impact.RewardWithSum + (score ?? 0),
                RewardWithCount = impact.RewardWithCount + (score is null ? 0 : 1),
                TokensWithSum = impact.TokensWithSum + (tokens ?? 0),
                TokensWithCount = impact.TokensWithCount + (tokens is null ? 0 : 1),
            }
            : impact with
            {
                SessionsObserved = impact.SessionsObserved + 1,
                FirstObservedAt = Earlier(impact.FirstObservedAt, time),
                LastObservedAt = Later(impact.LastObservedAt, time),
                SessionsWithoutHits = impact.SessionsWithoutHits + 1,
                RewardWithoutSum = impact.RewardWithoutSum + (score ?? 0),
                RewardWithoutCount = impact.RewardWithoutCount + (score is null ? 0 : 1),
                TokensWithoutSum = impact.TokensWithoutSum + (tokens ?? 0),
                TokensWithoutCount = impact.TokensWithoutCount + (tokens is null ? 0 : 1),
            };
        return hit || options.Rules.EverySessionIsEvidence ? WithEvidence(counted, outcome, options) : counted;
    }

    private static EntryImpact WithEvidence(EntryImpact impact, SessionOutcome outcome, ImpactOptions options) => impact with
    {
        IncidentIds = Newest(impact.IncidentIds, PythonText.IsBlank(outcome.IncidentId) ? [] : [PythonText.Strip(outcome.IncidentId!)], options),
        IncidentTags = Newest(impact.IncidentTags, outcome.IncidentTags.IsDefault ? [] : outcome.IncidentTags, options),
        RetrySum = impact.RetrySum + Math.Max(outcome.RetryCount ?? 0, 0),
        RetrySamples = impact.RetrySamples + (outcome.RetryCount is null ? 0 : 1),
        FailureEvents = impact.FailureEvents + (outcome.Failed || outcome.FailureEvents > 0 ? Math.Max(outcome.FailureEvents, 1) : 0),
    };

    private static ImmutableArray<string> Newest(ImmutableArray<string> known, ImmutableArray<string> added, ImpactOptions options)
    {
        var result = known.IsDefault ? [] : known;
        foreach (var item in added)
        {
            if (!PythonText.IsBlank(item) && !result.Contains(PythonText.Strip(item)))
            {
                result = result.Add(PythonText.Strip(item));
            }
        }

        return result.Length <= options.MaxIncidents ? result : result[^options.MaxIncidents..];
    }

    private static string Earlier(string? known, string time) =>
        string.IsNullOrEmpty(known) || string.CompareOrdinal(known, time) > 0 ? time : known;

    private static string Later(string? known, string time) =>
        string.IsNullOrEmpty(known) || string.CompareOrdinal(known, time) < 0 ? time : known;
}
