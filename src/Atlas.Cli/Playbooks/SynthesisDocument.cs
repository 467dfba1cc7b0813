using Atlas.Learning.Journal;

namespace Atlas.Cli.Playbooks;

/// <summary>What is known of a key's syntheses.</summary>
/// <param name="Last">How the last one went; null before the first.</param>
/// <param name="Cost">What all of them cost; null where none called a language model.</param>
/// <param name="Budget">What was used of the current hour; null if nothing was.</param>
internal sealed record SynthesisDocument(SynthesisReport? Last, SynthesisCost? Cost, BudgetDocument? Budget)
{
    public static SynthesisDocument Of(LearningKeyState state, DateTimeOffset now) => new(
        state.LastSynthesis,
        state.SynthesisCost,
        state.Budget is { } budget && now < budget.Until
            ? new BudgetDocument(budget.Since, budget.Used, budget.Limit, SynthesisBudget.FreeAgainAt(budget, budget.Limit, now))
            : null);
}

/// <summary>The budget of an hour.</summary>
/// <param name="Since">When the hour began.</param>
/// <param name="Used">Syntheses in it.</param>
/// <param name="Limit">Syntheses allowed; 0 for any number.</param>
/// <param name="FreeAgainAt">When there may be another one; null if there may be one now.</param>
internal sealed record BudgetDocument(DateTimeOffset Since, int Used, int Limit, DateTimeOffset? FreeAgainAt);
