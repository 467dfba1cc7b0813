using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Learning.Evidence;

/// <summary>The draws at the start of a session, which decide what it gets.</summary>
public static class KeyDraws
{
    /// <summary>Draws what the session gets as a whole, and computes its expected reward.</summary>
    /// <param name="evidence">The key's trials.</param>
    /// <param name="key">The learning key.</param>
    /// <param name="unit">See <see cref="TrialDraw.Unit"/>.</param>
    /// <param name="task">See <see cref="TaskIdentity"/>; null for an unknown task.</param>
    /// <param name="options">Shares.</param>
    /// <returns>An assignment without entries, because they depend on the version: the new one if <c>Canary</c> is shown, its parent if it
    /// is not shown, the served version if it is null.</returns>
    public static SessionAssignment DrawArms(this KeyEvidence evidence, string key, string unit, string? task, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(options);
        var arms = new SessionAssignment { Task = task, M = evidence.Expectation.Of(task, options.Kappa) };
        if (!options.Enabled)
        {
            return arms;
        }

        if (options.HoldoutShare > 0)
        {
            var held = TrialDraw.Falls(TrialDraw.Of(TrialDraw.Holdout, key, "", evidence.Salt, unit), options.HoldoutShare);
            arms = arms with { Holdout = new(evidence.Salt, 1 - options.HoldoutShare, !held) };
        }

        // A configuration can be tried in any session, a version only in a session that gets a playbook.
        if (evidence.Experiment is { IsRunning: true } experiment
            && (experiment.Plan.NewVersion is null ? experiment.Plan.Configuration is not null : !arms.IsHeldOut))
        {
            arms = arms with { Experiment = experiment.Draw(key, unit) };
        }

        if (evidence.Canary is not { } canary || arms.IsHeldOut || evidence.Experiment is { IsRunning: true, Plan.NewVersion: not null })
        {
            return arms;
        }

        var isNew = TrialDraw.Falls(TrialDraw.Of(TrialDraw.Canary, key, "", canary.Pair, unit), options.CanaryShare);
        return arms with { Canary = new(canary.Salt, options.CanaryShare, isNew) };
    }

    /// <summary>Draws the entries of the version that the session gets.</summary>
    /// <param name="evidence">The key's trials.</param>
    /// <param name="arms">From <see cref="DrawArms"/>.</param>
    /// <param name="key">The learning key.</param>
    /// <param name="unit">See <see cref="TrialDraw.Unit"/>.</param>
    /// <param name="subjects">The version's entries. An entry without a trial is given to every session and not drawn.</param>
    /// <param name="limited">Whether the playbook comes before the prompt, where few entries can vary.</param>
    /// <param name="options">Shares.</param>
    public static SessionAssignment DrawEntries(
        this KeyEvidence evidence, SessionAssignment arms, string key, string unit, IReadOnlyList<TrialSubject> subjects, bool limited, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(options);
        if (arms.IsHeldOut)
        {
            return arms; // It gets nothing, so nothing is drawn, and no entry is judged by it.
        }

        var known = evidence.Index();
        var trials = subjects.Select(subject => known.TryGetValue((subject.Entry, subject.Sha), out var at) ? evidence.Entries[at] : null).ToList();
        var varying = options.Enabled ? TrialSlots.Of(trials.OfType<EntryTrial>(), limited ? options.MaxOnTrial : null, evidence.Experiment is { IsRunning: true } asked ? asked : null) : [];
        var drawn = ImmutableArray.CreateBuilder<EntryAssignment>();
        var barred = ImmutableArray.CreateBuilder<string>();
        var unseen = ImmutableArray.CreateBuilder<UnseenCue>();
        foreach (var (subject, trial) in subjects.Zip(trials))
        {
            if (trial is null)
            {
                continue;
            }

            if (trial.State.WithheldShare(options) is not { } share)
            {
                barred.Add(subject.Entry);
            }
            else if (!varying.Contains(subject.Entry))
            {
                // Without a running trial, only entries in good standing are given.
                if (options.Enabled && trial.State is EntryTrialState.OnTrial or EntryTrialState.Suspect)
                {
                    barred.Add(subject.Entry);
                }
            }
            else if (subject.IsTriggered && options.Enabled && evidence.Experiment is { IsRunning: true } experiment && experiment.IsAbout(subject.Entry, subject.Sha))
            {
                // One draw serves both the experiment and the entry's own trial.
                var arm = experiment.Draw(key, unit);
                arms = arms with { Experiment = arm };
                drawn.Add(new(subject.Entry, subject.Sha, arm.P, arm.Shown) { Trial = trial.Number });
            }
            else if (subject.IsTriggered)
            {
                var held = TrialDraw.Falls(TrialDraw.Of(TrialDraw.Withhold, key, subject.Entry, evidence.Salt, unit), share);
                drawn.Add(new(subject.Entry, subject.Sha, 1 - share, !held) { Trial = trial.Number });
            }
            else if (!trial.WasTried)
            {
                unseen.Add(new(subject.Entry, subject.Sha) { Trial = trial.Number });
            }
        }

        return arms with { Entries = drawn.ToImmutable(), Barred = barred.ToImmutable(), Unseen = unseen.Count == 0 ? null : unseen.ToImmutable() };
    }
}
