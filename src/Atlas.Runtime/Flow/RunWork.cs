using System.Collections.Immutable;
using Atlas.Domain.Sessions;
using Atlas.Runtime.Modes;
using Atlas.Runtime.Steps;
using Atlas.Runtime.Triage;

namespace Atlas.Runtime.Flow;

/// <summary>The results of a session so far. Filled along the way, so that they are known even if the work is interrupted.</summary>
internal sealed class RunWork
{
    private ImmutableArray<StepResult> _steps = [];

    public TriageDossier? Dossier { get; set; }

    public ModeChoice? Mode { get; set; }

    /// <summary>The plan as the student wrote it; null if there was none.</summary>
    public SessionPlan? OriginalPlan { get; set; }

    /// <summary>The plan after the teacher's review; null if there was no review.</summary>
    public SessionPlan? ReviewedPlan { get; set; }

    /// <summary>The plan that is executed.</summary>
    public SessionPlan? Plan { get; set; }

    /// <summary>Gets the steps, by number.</summary>
    public ImmutableArray<StepResult> Steps => _steps;

    public string? Answer { get; set; }

    public void Add(StepResult step) => _steps = [.. _steps.Add(step).OrderBy(done => done.Step.Id)];
}
