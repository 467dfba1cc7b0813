using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.Copies;

/// <summary>One key's slot in a silo's <see cref="PlaybookCopies"/>. Its members are changed only under its lock.</summary>
internal sealed class PlaybookCopy(string learningKey)
{
    public string LearningKey { get; } = learningKey;

    public Lock Lock { get; } = new();

    /// <summary>The copy; null until one was lent.</summary>
    public volatile HeldPlaybook? Held;

    /// <summary>The running request, shared with other readers.</summary>
    public Task<ResolvedPlaybook>? Asking;

    /// <summary>Incremented whenever the owner withdraws copies; an answer to an earlier request is not kept.</summary>
    public int Withdrawals;

    /// <summary>When it was last read, to find keys that nobody reads any more.</summary>
    public long LastRead;

    /// <summary>When the owner was last asked; two requests in quick succession make a key worth a copy.</summary>
    public long LastAsked;

    /// <summary>Whether it was removed and must not be used any more.</summary>
    public bool IsRetired;
}
