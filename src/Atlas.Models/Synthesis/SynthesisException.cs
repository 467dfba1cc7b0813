namespace Atlas.Models.Synthesis;

/// <summary>The exception thrown if a synthesizer cannot answer. The message is a sentence for the reader of the key's record.</summary>
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
