namespace Atlas.Models.Synthesis;

/// <summary>Reviews what a synthesizer proposes before any of it is learned, and can object. Implement this interface to bring your own
/// guard.</summary>
/// <remarks>All keys of a process share a guard, and it is called for several of them concurrently. The built-in gates judge what all guards
/// let pass.</remarks>
public interface IPlaybookGuard
{
    /// <summary>Gets the guard's name. It goes into the record of what was not learned.</summary>
    string Name { get; }

    /// <summary>Returns an objection to a proposal, or null to let it pass.</summary>
    /// <param name="request">What the synthesizer was given: the key, its playbook, its sessions.</param>
    /// <param name="answer">The proposal.</param>
    /// <param name="ct">Cancels the review.</param>
    /// <returns>Null to let the proposal pass; otherwise, a sentence that says why not. The sessions then count as learned from, the
    /// playbook stays as it is, and the sentence goes into the key's journal.</returns>
    /// <exception cref="SynthesisException">The guard could not tell. The synthesis is tried again later.</exception>
    Task<string?> ObjectAsync(SynthesisRequest request, SynthesisAnswer answer, CancellationToken ct);
}
