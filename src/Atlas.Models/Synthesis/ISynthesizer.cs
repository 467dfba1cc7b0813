namespace Atlas.Models.Synthesis;

/// <summary>Distills rewarded sessions into a proposal for a playbook.</summary>
public interface ISynthesizer
{
    /// <summary>Gets the provider's name, for example <c>offline</c>. It goes into the records of what was learned.</summary>
    string Name { get; }

    /// <summary>Gets a value indicating whether an answer takes calls of a language model, which <c>learning.syntheses_per_hour</c> limits.</summary>
    bool CallsModel => true;

    /// <summary>Proposes a playbook. It changes nothing; gates and acceptance come later.</summary>
    /// <param name="request">What is known about the key.</param>
    /// <param name="ct">Cancels the synthesis.</param>
    /// <exception cref="SynthesisException">The synthesizer could not answer; the message says why. Try again later.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct);
}
