namespace Atlas.Contracts.Playbooks;

/// <summary>How old a playbook may be that a read returns.</summary>
public enum PlaybookFreshness
{
    /// <summary>Never older than a change that was acknowledged before the read began. Fails where that cannot be known.</summary>
    Strict = 0,

    /// <summary>As the silo at hand has it; <see cref="ResolvedPlaybook.Age"/> says how old that is. Answers also while the owner
    /// of the key is out of reach.</summary>
    Relaxed = 1,
}
