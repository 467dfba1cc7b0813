using System.Globalization;
using Atlas.Domain.Experiments;

namespace Atlas.Learning.Evidence;

/// <summary>Describes what an experiment needs and what it has found, in figures and in words.</summary>
public static class ExperimentWords
{
    /// <summary>Reports what is known about an experiment.</summary>
    /// <param name="trial">The experiment.</param>
    /// <param name="options">The bounds in force.</param>
    public static ExperimentReport Report(ExperimentTrial trial, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(options);
        var effect = EffectSummary.Of(trial.Evidence, trial.Plan.Share, options, trial.Plan.Difference);
        var decision = trial.Verdict(options);
        var missing = decision is ExperimentDecision.GoOn ? effect.Missing : 0;
        return new ExperimentReport
        {
            Number = trial.Number,
            Plan = trial.Plan,
            Status = trial.Status,
            Decision = decision,
            Effect = effect.Effect,
            Low = effect.Bounds.Low,
            High = effect.Bounds.High,
            Confidence = effect.Confidence,
            InNew = effect.Shown,
            InFirst = effect.Held,
            Missing = missing,
            Summary = Sentence(trial, effect, decision, options),
            StartedAt = trial.StartedAt,
            StartedBy = trial.StartedBy,
            Reason = trial.Reason,
            EndedAt = trial.EndedAt,
        };
    }

    /// <summary>Estimates what an experiment needs before it is started.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="variance">The mean squared distance of the key's rewards from those expected of their tasks; see
    /// <see cref="TrialEvidence.Variance"/>.</param>
    /// <param name="options">The bounds in force.</param>
    public static ExperimentNeed Needed(ExperimentPlan plan, double variance, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        var needed = SessionsNeeded.For(plan.Difference, plan.Share, variance, options.Prove);
        var half = SessionsNeeded.For(plan.Difference / 2, plan.Share, variance, options.Prove);
        var enough = plan.MaxSessions is { } most && most < needed
            ? string.Create(CultureInfo.InvariantCulture, $" It ends after {most} sessions, so it will probably not reach a verdict unless the difference is larger.")
            : "";
        return new(needed, half, string.Create(
            CultureInfo.InvariantCulture,
            $"A difference of {plan.Difference * 100:0.#} points is seen after about {needed} sessions in both arms together, a difference of {plan.Difference * 50:0.#} points after about {half}.{enough}"));
    }

    private static string Sentence(ExperimentTrial trial, EffectSummary effect, ExperimentDecision decision, EvidenceOptions options)
    {
        var (arms, sessions) = (trial.Plan.Arms, string.Create(CultureInfo.InvariantCulture, $"{effect.Shown} sessions in the new arm, {effect.Held} in the other"));
        var found = $"{EffectWords.Points(effect.Effect)} points of reward, {EffectWords.Bounds(effect)}; {sessions}";
        return decision switch
        {
            ExperimentDecision.Better => $"Better: {arms}: {found}.",
            ExperimentDecision.Worse => $"Worse: {arms}: {found}.",
            ExperimentDecision.Equivalent => string.Create(CultureInfo.InvariantCulture, $"Equivalent, within {options.Margin * 100:0.#} points: {arms}: {found}."),
            _ when effect.Verdict is EffectVerdict.AssignmentBroken => $"Nothing can be said about {arms}: too many of the sessions drawn at random are missing on one side ({sessions}).",
            _ when !trial.IsRunning => $"Not enough evidence about {arms}: {sessions}.",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"Go on: {arms}: {sessions}; about {effect.Missing} more are needed to see a difference of {effect.Difference * 100:0.#} points.{(effect.Effect is null ? "" : $" So far, the difference is {EffectWords.Bounds(effect)}.")}"),
        };
    }
}
