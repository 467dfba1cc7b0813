using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Learning.Evidence;

/// <summary>The sessions from which a candidate was learned. Most of what only one session says never occurs again. Immutable.</summary>
public sealed record CandidateSupport
{
    /// <summary>Number of tasks kept; more than any quorum requires.</summary>
    public const int Kept = 32;

    /// <summary>Number of sessions kept of a task. If all of them are quarantined, the task no longer counts, whoever came after
    /// them.</summary>
    public const int KeptSessions = 8;

    private const string By = " by ";

    /// <summary>No sessions.</summary>
    public static CandidateSupport None { get; } = new();

    /// <summary>The tasks of the sessions, once per author, in ordinal order: the task's identity followed, if the author is known, by <c>
    /// by </c> and the author's.</summary>
    public ImmutableArray<string> Tasks { get; init; } = [];

    /// <summary>The first sessions of each of the <see cref="Tasks"/>, in their order. A task from before sessions were kept has none, and
    /// always counts. Null if no task has any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ImmutableArray<long>>? Sessions { get; init; }

    /// <summary>Those of the sessions that are quarantined, in ascending order; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<long>? Out { get; init; }

    /// <summary>The tasks with a session that is not quarantined.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Counted => Out is not { } quarantined ? Tasks :
        [.. Tasks.Where((_, at) => SessionsOf(at) is var sessions && (sessions.IsEmpty || sessions.Any(session => !quarantined.Contains(session))))];

    /// <summary>Returns the support with more cited sessions.</summary>
    /// <param name="sessions">Number, task and author of each session; see <see cref="TaskIdentity"/> and <see cref="AuthorIdentity"/>. A
    /// session with an unknown task counts as its own task.</param>
    public CandidateSupport With(IEnumerable<(long Session, string? Task, string? Author)> sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        return With(
            sessions.GroupBy(
                session => (session.Task ?? TrialDraw.Unit(null, session.Session)) + (session.Author is { } author ? By + author : ""),
                session => session.Session,
                (task, cited) => (task, cited.ToImmutableArray()),
                StringComparer.Ordinal),
            []);
    }

    /// <summary>Returns the support of both.</summary>
    public CandidateSupport With(CandidateSupport other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return With(other.Tasks.Select((task, at) => (task, other.SessionsOf(at))), other.Out ?? []);
    }

    /// <summary>Returns the support after a session was quarantined, or its quarantine was lifted; the same instance if nothing
    /// changes.</summary>
    public CandidateSupport Reviewed(long session, bool isOut)
    {
        var quarantined = Out ?? [];
        return quarantined.Contains(session) == isOut || Sessions is not { } sessions || !sessions.Any(task => task.Contains(session)) ? this
            : isOut ? this with { Out = [.. quarantined.Add(session).Order()] }
            : this with { Out = quarantined.Length == 1 ? null : quarantined.Remove(session) };
    }

    /// <summary>Returns the support without sessions that are forgotten, and without tasks that only they supported.</summary>
    /// <param name="forgotten">Whether a session is forgotten.</param>
    /// <param name="tasks">Tasks of forgotten sessions alone.</param>
    public CandidateSupport Without(Func<long, bool> forgotten, IReadOnlySet<string> tasks)
    {
        var left = Tasks.Select((task, at) => (Task: task, Before: SessionsOf(at), Sessions: SessionsOf(at).RemoveAll(session => forgotten(session))))
            .Where(each => !tasks.Contains(each.Task) && (each.Before.IsEmpty || !each.Sessions.IsEmpty)).ToList();
        return Of([.. left.Select(each => each.Task)], [.. left.Select(each => each.Sessions)], Out ?? []);
    }

    /// <summary>Whether both consist of the same sessions.</summary>
    public bool IsSame(CandidateSupport other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Tasks.AsSpan().SequenceEqual(other.Tasks.AsSpan()) && (Out ?? []).AsSpan().SequenceEqual((other.Out ?? []).AsSpan())
            && Enumerable.Range(0, Tasks.Length).All(at => SessionsOf(at).AsSpan().SequenceEqual(other.SessionsOf(at).AsSpan()));
    }

    /// <summary>Whether sessions of enough different tasks support the candidate, so that it goes on trial.</summary>
    /// <param name="quorum"><c>learning.quorum</c>, 1 to 32.</param>
    /// <param name="perAuthor">How many of them can come from one author; see <see cref="AuthorLimit"/>.</param>
    public bool Reaches(int quorum, int perAuthor = int.MaxValue) => SupportCount.Of(Counted.Select(entry => (TaskOf(entry), AuthorOf(entry))), perAuthor) >= quorum;

    private CandidateSupport With(IEnumerable<(string Task, ImmutableArray<long> Sessions)> more, ImmutableArray<long> quarantined)
    {
        var sessions = new Dictionary<string, ImmutableArray<long>>(StringComparer.Ordinal);
        foreach (var (task, cited) in Tasks.Select((task, at) => (task, SessionsOf(at))).Concat(more))
        {
            // A task that counts for sessions that nobody knows any more goes on to count.
            sessions[task] = !sessions.TryGetValue(task, out var known) ? [.. cited.Distinct().Take(KeptSessions)]
                : known.IsEmpty || cited.IsEmpty ? []
                : [.. known.Concat(cited).Distinct().Take(KeptSessions)];
        }

        // An author with many tasks must not displace those of others.
        ImmutableArray<string> tasks =
        [
            .. sessions.Keys.Order(StringComparer.Ordinal).GroupBy(AuthorOf).SelectMany(author => author.Select((entry, place) => (entry, place)))
                .OrderBy(ranked => ranked.place).ThenBy(ranked => ranked.entry, StringComparer.Ordinal).Take(Kept)
                .Select(ranked => ranked.entry).Order(StringComparer.Ordinal),
        ];
        return Of(tasks, [.. tasks.Select(task => sessions[task])], (Out ?? []).AddRange(quarantined));
    }

    private static CandidateSupport Of(ImmutableArray<string> tasks, ImmutableArray<ImmutableArray<long>> sessions, ImmutableArray<long> quarantined)
    {
        ImmutableArray<long> known = [.. quarantined.Where(session => sessions.Any(task => task.Contains(session))).Distinct().Order()];
        return new() { Tasks = tasks, Sessions = sessions.All(task => task.IsEmpty) ? null : sessions, Out = known.IsEmpty ? null : known };
    }

    private ImmutableArray<long> SessionsOf(int at) => Sessions is { } sessions && at < sessions.Length ? sessions[at] : [];

    private static string TaskOf(string entry) => entry.LastIndexOf(By, StringComparison.Ordinal) is >= 0 and var at ? entry[..at] : entry;

    private static string? AuthorOf(string entry) => entry.LastIndexOf(By, StringComparison.Ordinal) is >= 0 and var at ? entry[(at + By.Length)..] : null;
}
