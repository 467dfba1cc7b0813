using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Impact;

/// <summary>Adds the outcome of a session to the impact of the entries.</summary>
/// <remarks>A pure increment: outcomes can be merged in any order with the same result. The owner of the entries must make sure, by session
/// id, that a session is counted once.</remarks>
public static class ImpactMerge
{
    private static readonly ImpactOptions Defaults = new();

    /// <summary>Returns the entries with one more session counted.</summary>
    /// <param name="entries">The entries as they are now.</param>
    /// <param name="outcome">The outcome. Entries are found by id and audience.</param>
    /// <param name="now">The time of counting.</param>
    /// <param name="options">How to count; null for the defaults.</param>
    /// <remarks>Skips entries that the session was not given, that were learned from it, or whose words are newer than its start: it could
    /// not have used them. Incidents, retries and failures count for entries that were hit.</remarks>
    public static ImmutableArray<PlaybookEntry> Apply(
        ImmutableArray<PlaybookEntry> entries, SessionOutcome outcome, DateTimeOffset now, ImpactOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (entries.IsDefaultOrEmpty)
        {
            return [];
        }

        var counting = options ?? Defaults;
        var time = AtlasTime.Iso(now);
        return ForGiven(entries, outcome, counting, (impact, used) => Count(impact ?? new EntryImpact(), outcome, used, time, counting));
    }

    /// <summary>Returns the entries with the reward of a session that was counted without one.</summary>
    /// <param name="entries">The entries as they are now.</param>
    /// <param name="outcome">The session with its reward.</param>
    /// <param name="options">How to count; null for the defaults.</param>
    public static ImmutableArray<PlaybookEntry> Reward(ImmutableArray<PlaybookEntry> entries, SessionOutcome outcome, ImpactOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return entries.IsDefaultOrEmpty ? []
            : outcome.Score is not { } score ? entries

            // An entry that counted nothing of this session has no place for its reward either.
            : ForGiven(entries, outcome, options ?? Defaults, (impact, used) => impact is null ? null
                : IsHit(used)
                    ? impact with { RewardWithSum = impact.RewardWithSum + score, RewardWithCount = Finite.Sum(impact.RewardWithCount, 1) }
                    : impact with { RewardWithoutSum = impact.RewardWithoutSum + score, RewardWithoutCount = Finite.Sum(impact.RewardWithoutCount, 1) });
    }

    private static ImmutableArray<PlaybookEntry> ForGiven(
        ImmutableArray<PlaybookEntry> entries, SessionOutcome outcome, ImpactOptions counting, Func<EntryImpact?, EntryUsage?, EntryImpact?> count)
    {
        var usage = UsageByEntry(outcome.Usage);
        var result = ImmutableArray.CreateBuilder<PlaybookEntry>(entries.Length);
        foreach (var entry in entries)
        {
            if (string.IsNullOrEmpty(entry.Id) || outcome.NotGiven is { } missing && missing.Contains(entry.Id)
                || (!counting.Rules.EverySessionIsEvidence && IsBornLater(entry, outcome)))
            {
                result.Add(entry);
                continue;
            }

            usage.TryGetValue((entry.Id, entry.Role), out var used);
            result.Add(entry with { Impact = count(entry.Impact, used) });
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
                    CueHits = (int)Math.Min((long)other.CueHits + item.CueHits, int.MaxValue),
                    Adoptions = (int)Math.Min((long)other.Adoptions + item.Adoptions, int.MaxValue),
                    SuccessfulAdoptions = (int)Math.Min((long)other.SuccessfulAdoptions + item.SuccessfulAdoptions, int.MaxValue),
                    FailedAdoptions = (int)Math.Min((long)other.FailedAdoptions + item.FailedAdoptions, int.MaxValue),
                }
                : item;
        }

        return result;
    }

    private static bool IsBornLater(PlaybookEntry entry, SessionOutcome outcome)
    {
        // An older entry that this session's synthesis changed also names the session as its source, so compare times.
        var hasBirth = DateTimeOffset.TryParse(
            entry.Provenance?.RewordedAt ?? entry.Provenance?.CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created);
        return hasBirth && outcome.StartedAt != default
            ? created > outcome.StartedAt
            : entry.Provenance?.SourceSessionId is { } source && source == outcome.SessionId;
    }

    private static bool IsHit(EntryUsage? used) => used is { CueHits: > 0 } or { Adoptions: > 0 };

    private static EntryImpact Count(EntryImpact impact, SessionOutcome outcome, EntryUsage? used, string time, ImpactOptions options)
    {
        var hit = IsHit(used);
        var score = outcome.Score is { } given && double.IsFinite(given) ? outcome.Score : null;
        var tokens = outcome.TotalTokens is { } total && double.IsFinite(total) ? outcome.TotalTokens : null;
        var counted = hit
            ? impact with
            {
                SessionsObserved = Finite.Sum(impact.SessionsObserved, 1),
                FirstObservedAt = Earlier(impact.FirstObservedAt, time),
                LastObservedAt = Later(impact.LastObservedAt, time),
                SessionsWithHits = Finite.Sum(impact.SessionsWithHits, 1),
                TotalCueHits = Finite.Sum(impact.TotalCueHits, used!.CueHits),
                TotalAdoptions = Finite.Sum(impact.TotalAdoptions, used.Adoptions),
                SuccessfulAdoptions = Finite.Sum(impact.SuccessfulAdoptions, used.SuccessfulAdoptions),
                FailedAdoptions = Finite.Sum(impact.FailedAdoptions, used.FailedAdoptions),
                RewardWithSum = impact.RewardWithSum + (score ?? 0),
                RewardWithCount = Finite.Sum(impact.RewardWithCount, score is null ? 0 : 1),
                TokensWithSum = impact.TokensWithSum + (tokens ?? 0),
                TokensWithCount = Finite.Sum(impact.TokensWithCount, tokens is null ? 0 : 1),
            }
            : impact with
            {
                SessionsObserved = Finite.Sum(impact.SessionsObserved, 1),
                FirstObservedAt = Earlier(impact.FirstObservedAt, time),
                LastObservedAt = Later(impact.LastObservedAt, time),
                SessionsWithoutHits = Finite.Sum(impact.SessionsWithoutHits, 1),
                RewardWithoutSum = impact.RewardWithoutSum + (score ?? 0),
                RewardWithoutCount = Finite.Sum(impact.RewardWithoutCount, score is null ? 0 : 1),
                TokensWithoutSum = impact.TokensWithoutSum + (tokens ?? 0),
                TokensWithoutCount = Finite.Sum(impact.TokensWithoutCount, tokens is null ? 0 : 1),
            };
        return hit || options.Rules.EverySessionIsEvidence ? WithEvidence(counted, outcome, options) : counted;
    }

    private static EntryImpact WithEvidence(EntryImpact impact, SessionOutcome outcome, ImpactOptions options) => impact with
    {
        IncidentIds = Newest(impact.IncidentIds, PythonText.IsBlank(outcome.IncidentId) ? [] : [PythonText.Strip(outcome.IncidentId!)], options),
        IncidentTags = Newest(impact.IncidentTags, outcome.IncidentTags.IsDefault ? [] : outcome.IncidentTags, options),
        RetrySum = Finite.Sum(impact.RetrySum, Math.Max(outcome.RetryCount ?? 0, 0)),
        RetrySamples = Finite.Sum(impact.RetrySamples, outcome.RetryCount is null ? 0 : 1),
        FailureEvents = Finite.Sum(impact.FailureEvents, outcome.Failed || outcome.FailureEvents > 0 ? Math.Max(outcome.FailureEvents, 1) : 0),
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
