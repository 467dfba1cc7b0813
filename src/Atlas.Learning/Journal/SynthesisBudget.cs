namespace Atlas.Learning.Journal;

/// <summary>Syntheses by a language model that a key had in the hour that began with <paramref name="Since"/>.</summary>
/// <param name="Since">The first of them.</param>
/// <param name="Used">How many there were.</param>
/// <param name="Limit">How many the hour allows, as configured at the last of them; 0 for any number.</param>
public sealed record SynthesisBudget(DateTimeOffset Since, int Used, int Limit)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>When the next hour begins.</summary>
    public DateTimeOffset Until => Since + Window;

    /// <summary>Not before then may there be another one; null if there may be one now.</summary>
    /// <param name="budget">What was used; null for nothing.</param>
    /// <param name="limit">How many an hour allows; 0 for any number.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset? FreeAgainAt(SynthesisBudget? budget, int limit, DateTimeOffset now) =>
        limit > 0 && budget is not null && budget.Used >= limit && now < budget.Until ? budget.Until : null;

    /// <summary>The budget after some more.</summary>
    public static SynthesisBudget? Spend(SynthesisBudget? budget, int syntheses, int limit, DateTimeOffset at) =>
        syntheses <= 0 ? budget
        : budget is null || at >= budget.Until ? new SynthesisBudget(at, syntheses, limit)
        : budget with { Used = budget.Used + syntheses, Limit = limit };
}
