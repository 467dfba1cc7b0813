using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.Copies;

/// <summary>One key's place in a silo's <see cref="PlaybookCopies"/>. Its members are changed under its lock only.</summary>
internal sealed class PlaybookCopy(string learningKey)
{
    public string LearningKey { get; } = learningKey;

    public Lock Lock { get; } = new();

    /// <summary>Null until a copy was lent.</summary>
    public volatile HeldPlaybook? Held;

    /// <summary>The question that is under way, for others to share.</summary>
    public Task<ResolvedPlaybook>? Asking;

    /// <summary>Raised whenever the owner takes copies back; an answer to a question from before is not kept.</summary>
    public int Withdrawals;

    /// <summary>When it was read last, for keys that nobody reads any more.</summary>
    public long LastRead;

    /// <summary>When the owner had to be asked last; twice in short order make a key worth a copy.</summary>
    public long LastAsked;

    /// <summary>Whether it has lost its place and must not be used any more.</summary>
    public bool IsRetired;
}
