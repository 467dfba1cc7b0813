using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain;

namespace Atlas.Benchmarks.Histories;

/// <summary>The sessions of a learning key, numbered from 1. What they show repeats after <see cref="Period"/> sessions.</summary>
internal static class SampleSessions
{
    /// <summary>After so many sessions the same scores, hits and failures come again.</summary>
    public const int Period = 100;

    /// <summary>When the first version of the playbook came; a session ends every minute from then on.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Ids of one key lie apart, because other keys have sessions too; for a set of ranges that is the dear case.</summary>
    public const int IdsPerSession = 3;

    /// <summary>The id of session <paramref name="number"/>.</summary>
    public static long IdOf(int number) => (long)number * IdsPerSession;

    /// <summary>When session <paramref name="number"/> ended.</summary>
    public static DateTimeOffset EndOf(int number) => Epoch.AddMinutes(number);

    /// <summary>How session <paramref name="number"/> went: eight entries hit, one session in ten failed.</summary>
    /// <remarks>All figures are multiples of a power of two, so that sums of a million of them are exact.</remarks>
    public static SessionOutcome OutcomeOf(int number)
    {
        var kind = number % Period;
        var failed = kind % 10 == 7;
        return new SessionOutcome
        {
            SessionId = IdOf(number),
            Status = failed ? SessionStatus.Failed : SessionStatus.Succeeded,
            Score = failed ? 0.25 : 0.75 + (kind % 3 * 0.125),
            UncertaintyMean = 0.125,
            BestUncertainty = 0.0625,
            Usage = [.. Enumerable.Range(0, 8).Select(hit => Usage((kind + (hit * 6)) % 50, failed))],
            TotalTokens = 4096 + (64 * kind),
            IncidentId = failed ? $"INC-{kind.ToString("000", CultureInfo.InvariantCulture)}" : null,
            IncidentTags = failed ? ["carrier", "timeout"] : [],
            RetryCount = failed ? 2 : 0,
            FailureEvents = failed ? 1 : 0,
            Failed = failed,
            PlaybookVersion = 1,
            StartedAt = EndOf(number).AddSeconds(-40),
            CompletedAt = EndOf(number),
        };
    }

    private static EntryUsage Usage(int entry, bool failed) => new()
    {
        EntryId = SamplePlaybook.Entries[entry].Id!,
        CueHits = 2,
        Adoptions = 1,
        SuccessfulAdoptions = failed ? 0 : 1,
        FailedAdoptions = failed ? 1 : 0,
    };
}
