namespace Atlas.Models.Synthesis;

/// <summary>Distils rewarded sessions into a proposal for a playbook.</summary>
public interface ISynthesizer
{
    /// <summary>The provider's name, say <c>offline</c>; goes into the records of what was learned.</summary>
    string Name { get; }

    /// <summary>Whether an answer takes calls of a language model, which <c>learning.syntheses_per_hour</c> bounds.</summary>
    bool CallsModel => true;

    /// <summary>Proposes a playbook. Nothing is changed by it; gates and acceptance come later.</summary>
    /// <param name="request">What is known of the key.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <exception cref="SynthesisException">The synthesizer could not answer; the sentence says why. Try again later.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct);
}
