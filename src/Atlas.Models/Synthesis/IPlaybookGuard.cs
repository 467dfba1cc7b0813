namespace Atlas.Models.Synthesis;

/// <summary>Looks at what a synthesizer proposes before anything of it is learned, and may object. Bring your own by implementing
/// this.</summary>
/// <remarks>A guard is shared by all keys of a process and asked about several of them at once. The gates of the product judge what
/// all guards let pass.</remarks>
public interface IPlaybookGuard
{
    /// <summary>The guard's name; goes into the record of what was not learned.</summary>
    string Name { get; }

    /// <summary>Says whether a proposal may be learned.</summary>
    /// <param name="request">What the synthesizer was given: the key, its playbook, its sessions.</param>
    /// <param name="answer">What it proposes.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <returns>Null to let it pass; else a sentence that says why not. The sessions then count as learned from, the playbook stays
    /// as it is, and the key's journal has the sentence.</returns>
    /// <exception cref="SynthesisException">The guard could not tell. The synthesis is tried again later.</exception>
    Task<string?> ObjectAsync(SynthesisRequest request, SynthesisAnswer answer, CancellationToken ct);
}
