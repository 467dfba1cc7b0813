using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain;

namespace Atlas.Benchmarks.Histories;

/// <summary>The sessions of a learning key, numbered from 1. Their contents repeat after <see cref="Period"/> sessions.</summary>
internal static class SampleSessions
{
    /// <summary>The number of sessions after which the same scores, hits and failures repeat.</summary>
    public const int Period = 100;

    /// <summary>The time of the first version of the playbook; from then on, a session ends every minute.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The distance between the ids of one key's sessions. They are not consecutive, because other keys have sessions too; for a
    /// set of ranges, that is the expensive case.</summary>
    public const int IdsPerSession = 3;

    /// <summary>Returns the id of session <paramref name="number"/>.</summary>
    public static long IdOf(int number) => (long)number * IdsPerSession;

    /// <summary>Returns when session <paramref name="number"/> ended.</summary>
    public static DateTimeOffset EndOf(int number) => Epoch.AddMinutes(number);

    /// <summary>Returns the outcome of session <paramref name="number"/>: eight entries hit, one session in ten failed.</summary>
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
