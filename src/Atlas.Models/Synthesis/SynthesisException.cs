namespace Atlas.Models.Synthesis;

/// <summary>A synthesizer could not answer. The message is a sentence for the person who reads the key's record.</summary>
public sealed class SynthesisException : Exception
{
    public SynthesisException(string message) : base(message)
    {
    }

    public SynthesisException(string message, Exception inner) : base(message, inner)
    {
    }

    public SynthesisException()
    {
    }
}
