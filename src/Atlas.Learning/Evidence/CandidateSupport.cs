using System.Collections.Immutable;

namespace Atlas.Learning.Evidence;

/// <summary>The sessions from which a candidate was learned. What only one session says is mostly never seen again. Immutable.</summary>
public sealed record CandidateSupport
{
    /// <summary>Tasks that are kept; more than any quorum asks for.</summary>
    public const int Kept = 32;

    /// <summary>Nothing cited.</summary>
    public static CandidateSupport None { get; } = new();

    /// <summary>The tasks of the sessions, each once, in ordinal order.</summary>
    public ImmutableArray<string> Tasks { get; init; } = [];

    /// <summary>With sessions that were cited for it.</summary>
    /// <param name="sessions">Number of each session, and its task; see <see cref="TaskIdentity"/>. A session of an unknown task stands for itself.</param>
    public CandidateSupport With(IEnumerable<(long Session, string? Task)> sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        var tasks = sessions.Select(session => session.Task ?? TrialDraw.Unit(null, session.Session));
        return new() { Tasks = [.. Tasks.Concat(tasks).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(Kept)] };
    }

    /// <summary>Whether sessions of so many different tasks support it: then it goes on trial.</summary>
    /// <param name="quorum"><c>learning.quorum</c>, 1 to 32.</param>
    public bool Reaches(int quorum) => Tasks.Length >= quorum;
}
