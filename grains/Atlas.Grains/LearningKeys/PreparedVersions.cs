using System.Collections.Immutable;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Grains.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;

namespace Atlas.Grains.LearningKeys;

/// <summary>Decides what each session of a key gets. Lives in memory: a start with draws reads nothing and writes nothing.</summary>
internal sealed class PreparedVersions(string learningKey, LearningOptions options)
{
    /// <summary>The current version, the parent of one on trial, and the two of an experiment.</summary>
    private const int Most = 4;

    private readonly Dictionary<int, PreparedVersion> _prepared = [];
    private long? _forgotten;

    /// <summary>Returns what is given without a draw.</summary>
    public ResolvedPlaybook Current(LearningKeyState state)
    {
        var current = CurrentPlaybook.Of(state, options);
        return PreparedOf(new(current.Version, current.MadeAt, current.Playbook), current.ReachesPrompts, state).Whole;
    }

    /// <summary>Returns what a session gets.</summary>
    /// <param name="state">The committed state of the key.</param>
    /// <param name="unit">The unit of randomisation.</param>
    /// <param name="identity">The task's identity; null if unknown.</param>
    /// <param name="task">The task's text, which is searched for cues.</param>
    public AssignedPlaybook Assign(LearningKeyState state, string unit, string? identity, string task)
    {
        var (evidence, rules) = (state.Trials?.Evidence ?? KeyEvidence.None, options.Evidence);
        var current = CurrentPlaybook.Of(state, options);
        var served = new ServedPlaybook(current.Version, current.MadeAt, current.Playbook);
        var whole = PreparedOf(served, current.ReachesPrompts, state);
        if (!rules.Enabled || !options.Enabled)
        {
            return new(whole.Whole.With(whole.Barred), Assignment: null);
        }

        // Where some get no text anyway, the hold-out would compare nothing with nothing.
        var shares = Given(state, whole).All(version => version.HasText) ? rules : rules with { HoldoutShare = 0 };
        var arms = evidence.DrawArms(learningKey, unit, identity, shares) with { Unit = unit };
        if (!current.ReachesPrompts)
        {
            // Staged by the configuration since its trial began: no session gets the version, so none is drawn for it.
            arms = arms with { Canary = null };
        }

        var version = VersionOf(state, arms);
        if (version is null && !whole.HasText && !arms.IsHeldOut)
        {
            // There is nothing to withhold, but the session shows what its task is like, and what it is to get nothing.
            return new(whole.Whole.With(whole.Barred).In(ArmOf(evidence, arms)), arms);
        }

        if (arms.IsHeldOut)
        {
            return new(HeldOut().In(ArmOf(evidence, arms)), arms);
        }

        var prepared = version is null ? whole : PreparedOf(version, reaches: true, state);
        var drawn = evidence.DrawEntries(arms, learningKey, unit, prepared.Subjects(task), PreparedVersion.IsLimited(options), rules);
        var withheld = drawn.Entries.Where(entry => !entry.Shown).Select(entry => entry.Entry).ToHashSet(StringComparer.Ordinal);
        return new(SessionPlaybook.Without(prepared.Whole, withheld).With(prepared.Barred).In(ArmOf(evidence, drawn)), drawn with { Barred = [.. prepared.Barred.Select(entry => entry.Id)] });
    }

    /// <summary>Returns the versions that sessions get: both of an experiment or of a trial, or the current one.</summary>
    private PreparedVersion[] Given(LearningKeyState state, PreparedVersion whole) =>
        state.Trials is { FirstArm: { } first, NewArm: { } other } ? [PreparedOf(first, reaches: true, state), PreparedOf(other, reaches: true, state)]
        : state.Trials is { Evidence.Canary: not null, Parent: { } parent } ? [whole, PreparedOf(parent, reaches: true, state)]
        : [whole];

    /// <summary>Returns the version of the session's arm; null for the current one.</summary>
    private static ServedPlaybook? VersionOf(LearningKeyState state, SessionAssignment arms) =>
        arms is { Experiment: { } arm, IsHeldOut: false } && state.Trials is { FirstArm: { } first, NewArm: { } other } ? (arm.Shown ? other : first)
        : arms.Canary is { Shown: false } ? state.Trials?.Parent
        : null;

    private static ExperimentArm? ArmOf(KeyEvidence evidence, SessionAssignment drawn) => drawn.Experiment is not { } arm || evidence.Experiment is not { } experiment
        ? null
        : new(experiment.Number, arm.Shown, arm.Shown ? experiment.Plan.Configuration : null);

    private ResolvedPlaybook HeldOut() => new(learningKey, 0, null, options.PlaybookInjectionMode, ApplyToPrompts: false, 0, Student: null, Teacher: null);

    private PreparedVersion PreparedOf(ServedPlaybook version, bool reaches, LearningKeyState state)
    {
        var evidence = state.Trials?.Evidence ?? KeyEvidence.None;
        if (_forgotten != state.Forgetting?.Sequence)
        {
            // Forgetting changes the content of known versions, and nothing else tells them apart.
            _forgotten = state.Forgetting?.Sequence;
            _prepared.Clear();
        }

        if (_prepared.TryGetValue(version.Version, out var known) && known.IsOf(version.Version, evidence)
            && known.Whole.UpdatedAt == version.MadeAt && known.Whole.ApplyToPrompts == (options.Enabled && reaches))
        {
            return known;
        }

        if (_prepared.Count >= Most)
        {
            _prepared.Clear();
        }

        return _prepared[version.Version] = PreparedVersion.Of(learningKey, version, reaches, evidence, options);
    }
}

/// <summary>Entries of the version that a session does not get.</summary>
internal static class BarredEntries
{
    /// <summary>Returns the playbook with entries marked as barred from all sessions.</summary>
    public static ResolvedPlaybook With(this ResolvedPlaybook playbook, ImmutableArray<GivenEntry> barred) =>
        barred.IsEmpty ? playbook : playbook with { Withheld = [.. playbook.Withheld, .. barred] };
}
