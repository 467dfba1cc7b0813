using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Meaning;
using Atlas.Learning.Options;
using Atlas.Learning.Sessions;
using Atlas.Learning.Synthesis;
using Xunit;

namespace Atlas.Learning.Tests.Journal;

/// <summary>A learning key that tries what it learns, without a grain around it; every event is kept.</summary>
internal sealed class TriedKey
{
    private readonly List<LearningKeyEvent> _journal = [];
    private long _sessions;

    public LearningKeyState State { get; private set; } = LearningKeyState.Empty;

    public IReadOnlyList<LearningKeyEvent> Journal => _journal;

    public LearningOptions Options { get; init; } = new();

    /// <summary>What an embedding model made of the texts; null compares letters only.</summary>
    public RuleVectors? Vectors { get; init; }

    public static Signature By { get; } = new("ann", Build.Now);

    /// <summary>A playbook with entries that say something of their own.</summary>
    public static LearnedPlaybook Playbook(string preface, params string[] entries) => new()
    {
        Form = PlaybookForm.Entries,
        StudentPreface = preface,
        Entries = [.. entries.Select(id => Entry(id))],
    };

    public static PlaybookEntry Entry(string id, string? imperative = null, string lifecycle = EntryLifecycle.Provisional) =>
        Build.Entry(id, lifecycle) with { Action = new EntryAction { Imperative = imperative ?? $"Do {id}" } };

    public static string Sha(PlaybookEntry entry) => GivenPlaybook.Short(EntryWords.Sha256Of(entry));

    public T Execute<T>(Decision<T> decision)
    {
        foreach (var happened in decision.Events)
        {
            // Through JSON, as the journal has it.
            var text = JsonSerializer.Serialize(happened with { Sequence = State.Revision + 1 }, AtlasJson.Options);
            var stored = JsonSerializer.Deserialize<LearningKeyEvent>(text, AtlasJson.Options)!;
            _journal.Add(stored);
            State = LearningKeyFold.Apply(State, stored);
        }

        return decision.Result;
    }

    /// <summary>Puts a trial in place of the key's own, as if it had come to be so.</summary>
    public void Put(EntryTrial trial) => State = State with { Trials = State.Trials! with { Evidence = State.Trials.Evidence.Put(trial) } };

    public void Import(LearnedPlaybook playbook, PlaybookCause cause = PlaybookCause.Import) =>
        Execute(LearningKeyDecisions.Import(State, playbook, cause, Options, By));

    /// <summary>A synthesis that proposes entries, after a session of a task.</summary>
    public SynthesisConclusion Synthesize(string task, params object[] entries) => Conclude(task, new { add_entries = entries });

    /// <summary>A synthesis that says an entry in other words under its id, after a session of a task.</summary>
    public SynthesisConclusion Revise(string task, string id, object entry)
    {
        var revised = JsonSerializer.SerializeToNode(entry)!.AsObject();
        revised["id"] = id;
        return Conclude(task, new { revise_entries = new[] { revised } });
    }

    private SynthesisConclusion Conclude(string task, object answer)
    {
        var session = ++_sessions;
        return Execute(SynthesisDecisions.Conclude(
            State,
            new SynthesisProposal
            {
                Synthesizer = "model",
                Snapshot = State,
                SessionIds = [session],
                Answer = JsonSerializer.SerializeToElement(answer),
                Support = new(
                    ImmutableDictionary<string, ImmutableArray<long>>.Empty,
                    ImmutableDictionary<long, string?>.Empty.Add(session, task).Add(1001, "other task").Add(1002, "third task"),
                    session,
                    Options.Quorum),
                Context = new SynthesisContext
                {
                    Now = Build.Now,
                    Options = Options,
                    SessionIds = [session],
                    Vectors = Vectors,
                },
            },
            mayRerun: false));
    }

    /// <summary>Counts a session with these draws.</summary>
    public long Count(SessionAssignment assignment, double reward)
    {
        var session = ++_sessions;
        Execute(LearningKeyDecisions.Observe(
            State, SessionStanding.Unknown, Outcome(session, assignment, reward), teaches: false, Options, new DriftOptions { Enabled = false }, By));
        return session;
    }

    /// <summary>Counts a session without a reward, and gives it one later.</summary>
    public void CountLate(SessionAssignment assignment, double reward, bool failed)
    {
        var ended = Outcome(++_sessions, assignment, reward) with { Score = null, Failed = failed };
        Execute(LearningKeyDecisions.Observe(State, SessionStanding.Unknown, ended, teaches: false, Options, new DriftOptions { Enabled = false }, By));
        Execute(LateRewardDecisions.Reward(
            State, SessionStanding.Observed, isKnown: false, ended with { Score = reward }, teaches: false, Options, new DriftOptions { Enabled = false }, By));
    }

    public static SessionOutcome Outcome(long session, SessionAssignment assignment, double reward) => new() { SessionId = session, Assignment = assignment, Score = reward };

    /// <summary>The draws of a session for one entry.</summary>
    public static SessionAssignment Drawn(PlaybookEntry entry, bool shown, double p = 0.5) => new()
    {
        Task = "task",
        Entries = [new(entry.Id!, Sha(entry), p, shown)],
    };

    /// <summary>The draws of a session for the version on trial.</summary>
    public SessionAssignment Arm(bool isNew) => new() { Task = "task", Canary = new(State.Trials!.Evidence.Canary!.Salt, 0.5, isNew) };

    public EntryTrial Trial(PlaybookEntry entry) => State.Trials!.Evidence.Find(entry.Id!, Sha(entry))!;

    /// <summary>A key whose second version is on trial against its first.</summary>
    public static TriedKey Canary()
    {
        var key = new TriedKey();
        key.Import(Playbook("Stay calm.", "one"));
        key.Import(Playbook("Hurry.", "one"));
        return key;
    }

    /// <summary>Counts sessions by turns until the trial of the version is over.</summary>
    public void RunUntilOver(Func<bool, double> reward)
    {
        var version = State.Trials!.Evidence.Canary!.Version.Number;
        for (var count = 0; count < 500 && State.Trials.Evidence.Canary?.Version.Number == version; count++)
        {
            Count(Arm(count % 2 == 0), reward(count % 2 == 0));
        }

        Assert.NotEqual(version, State.Trials.Evidence.Canary?.Version.Number);
    }
}
