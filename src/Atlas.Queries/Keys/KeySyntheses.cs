using Atlas.Domain;
using Atlas.Learning.Journal;

namespace Atlas.Queries.Keys;

/// <summary>What is known of a key's syntheses.</summary>
/// <param name="Last">How the last one went; null before the first.</param>
/// <param name="Cost">What all of them cost; null where none called a language model.</param>
/// <param name="Budget">What was used of the current hour; null if nothing was.</param>
public sealed record KeySyntheses(SynthesisReport? Last, TokenUsage? Cost, KeyBudget? Budget)
{
    /// <summary>What a state says of them.</summary>
    /// <param name="state">The committed state of the key.</param>
    /// <param name="now">The time, for what the hour still allows.</param>
    public static KeySyntheses Of(LearningKeyState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new KeySyntheses(
            state.LastSynthesis,
            state.SynthesisCost,
            state.Budget is { } budget && now < budget.Until
                ? new KeyBudget(budget.Since, budget.Used, budget.Limit, SynthesisBudget.FreeAgainAt(budget, budget.Limit, now))
                : null);
    }
}

/// <summary>The budget of an hour.</summary>
/// <param name="Since">When the hour began.</param>
/// <param name="Used">Syntheses in it.</param>
/// <param name="Limit">Syntheses allowed; 0 for any number.</param>
/// <param name="FreeAgainAt">When there may be another one; null if there may be one now.</param>
public sealed record KeyBudget(DateTimeOffset Since, int Used, int Limit, DateTimeOffset? FreeAgainAt);
