namespace Atlas.Contracts.Playbooks;

/// <summary>How old a playbook returned by a read can be.</summary>
public enum PlaybookFreshness
{
    /// <summary>Never older than a change that was acknowledged before the read began. The read fails if that cannot be guaranteed.</summary>
    Strict = 0,

    /// <summary>The copy of the silo that answers; <see cref="ResolvedPlaybook.Age"/> says how old it is. Such a read also succeeds while
    /// the owner of the key is unreachable.</summary>
    Relaxed = 1,
}
