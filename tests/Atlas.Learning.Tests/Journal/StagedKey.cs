using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Tests.Journal;

/// <summary>A learning key with an archive of its versions, as the grain and the database keep them together.</summary>
internal sealed class StagedKey(LearningOptions options)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<int, ServedPlaybook> _archive = new() { [0] = new(0, null, LearnedPlaybook.Empty) };

    public LearningKeyState State { get; private set; } = LearningKeyState.Empty;

    public List<LearningKeyEvent> Events { get; } = [];

    public CurrentPlaybook Current => CurrentPlaybook.Of(State, options);

    /// <summary>What the sessions that start now are told; null if nothing.</summary>
    public string? Told => Current.ReachesPrompts ? Current.Playbook.StudentText : null;

    private Signature By => new("ann", Start.AddMinutes(Events.Count), "a reason");

    public StagedKey Import(string text, params ImmutableArray<PlaybookEntry> entries) => Do(state => LearningKeyDecisions.Import(
        state, new LearnedPlaybook { StudentPreface = text, Entries = entries }, PlaybookCause.Import, options, By));

    public StagedKey Observe(long id, double score) => Do(state => LearningKeyDecisions.Observe(
        state,
        state.StandingOf(id)!.Value,
        new SessionOutcome { SessionId = id, Score = score, StartedAt = By.At, CompletedAt = By.At },
        teaches: false,
        options,
        new DriftOptions(),
        By));

    public StagedKey Stage() => Do(state => StagingDecisions.Stage(state, options, By));

    public StagedKey Unstage() => Do(state => StagingDecisions.Unstage(state, options, By));

    public StagedKey Promote(int? version = null) =>
        Do(state => StagingDecisions.Promote(state, _archive[version ?? state.Version], options, By));

    public StagedKey Pin(int version) => Do(state => StagingDecisions.Pin(state, _archive[version], options, By));

    public StagedKey Unpin() => Do(state => StagingDecisions.Unpin(state, options, By));

    public StagedKey Rollback(int version) =>
        Do(state => LearningKeyDecisions.Rollback(state, version, _archive[version].Playbook, options, By));

    public StagedKey Freeze() => Do(state => LearningKeyDecisions.Freeze(state, By));

    public StagedKey Unfreeze() => Do(state => LearningKeyDecisions.Unfreeze(state, By));

    public string TextOf(int version) => _archive[version].Playbook.StudentText;

    public static PlaybookEntry Entry(int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"entry-{number}"),
        Audience = "student",
        Cue = new EntryCue { Pattern = "order" },
    };

    private StagedKey Do<T>(Func<LearningKeyState, Decision<T>> decide)
    {
        foreach (var happened in decide(State).Events)
        {
            var numbered = happened with { Sequence = State.Revision + 1 };
            State = LearningKeyFold.Apply(State, numbered);
            Events.Add(numbered);
            if (numbered is PlaybookChanged changed)
            {
                _archive[changed.Version] = new(changed.Version, changed.At, changed.Playbook);
            }
        }

        return this;
    }
}
