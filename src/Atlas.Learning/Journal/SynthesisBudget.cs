namespace Atlas.Learning.Journal;

/// <summary>The syntheses by a language model that a key had in the hour that began at <paramref name="Since"/>.</summary>
/// <param name="Since">The time of the first of them.</param>
/// <param name="Used">The number of syntheses.</param>
/// <param name="Limit">The hourly limit, as configured at the last of them; 0 for none.</param>
public sealed record SynthesisBudget(DateTimeOffset Since, int Used, int Limit)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>When the next hour begins.</summary>
    public DateTimeOffset Until => Since + Window;

    /// <summary>Returns the earliest time for another one; null if it is possible now.</summary>
    /// <param name="budget">The budget used; null for none.</param>
    /// <param name="limit">The hourly limit; 0 for none.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset? FreeAgainAt(SynthesisBudget? budget, int limit, DateTimeOffset now) =>
        limit > 0 && budget is not null && budget.Used >= limit && budget.IsCurrent(now) ? budget.Until : null;

    /// <summary>Whether the hour is still running. One that begins in the future was stored by a clock that was ahead, and is over.</summary>
    public bool IsCurrent(DateTimeOffset now) => now < Until && !Since.IsAhead(now);

    /// <summary>Whether the hour begins in the future, so that an event must begin another one.</summary>
    public static bool BeginsHour(SynthesisBudget? budget, DateTimeOffset now) => budget?.Since.IsAhead(now) is true;

    /// <summary>Returns the budget after some more.</summary>
    /// <param name="budget">The budget used; null for none.</param>
    /// <param name="syntheses">How many more.</param>
    /// <param name="limit">The hourly limit; 0 for none.</param>
    /// <param name="at">The time.</param>
    /// <param name="beginsHour">Whether an hour begins although the last one is not over; see <see cref="BeginsHour"/>.</param>
    public static SynthesisBudget? Spend(SynthesisBudget? budget, int syntheses, int limit, DateTimeOffset at, bool beginsHour = false) =>
        syntheses <= 0 ? budget
        : budget is null || beginsHour || at >= budget.Until ? new SynthesisBudget(at, syntheses, limit)
        : budget with { Used = budget.Used + syntheses, Limit = limit };
}
