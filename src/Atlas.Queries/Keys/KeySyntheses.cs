using Atlas.Domain;
using Atlas.Learning.Journal;

namespace Atlas.Queries.Keys;

/// <summary>What is known about a key's syntheses.</summary>
/// <param name="Last">The result of the last one; null before the first.</param>
/// <param name="Cost">The cost of all of them; null if none called a language model.</param>
/// <param name="Budget">The use of the current hour; null if there was none.</param>
public sealed record KeySyntheses(SynthesisReport? Last, TokenUsage? Cost, KeyBudget? Budget)
{
    /// <summary>Reads them from a state.</summary>
    /// <param name="state">The committed state of the key.</param>
    /// <param name="now">The time, for what is left of the hour and whether a retry is still to come.</param>
    public static KeySyntheses Of(LearningKeyState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new KeySyntheses(
            state.LastSynthesis is { } last ? last with { RetryAt = last.WaitsUntil(now) } : null,
            state.SynthesisCost,
            state.Budget is { } budget && budget.IsCurrent(now)
                ? new KeyBudget(budget.Since, budget.Used, budget.Limit, SynthesisBudget.FreeAgainAt(budget, budget.Limit, now))
                : null);
    }
}

/// <summary>The budget for an hour.</summary>
/// <param name="Since">When the hour began.</param>
/// <param name="Used">The number of syntheses in it.</param>
/// <param name="Limit">The number of syntheses allowed; 0 for no limit.</param>
/// <param name="FreeAgainAt">When another one is possible; null if it is possible now.</param>
public sealed record KeyBudget(DateTimeOffset Since, int Used, int Limit, DateTimeOffset? FreeAgainAt);
