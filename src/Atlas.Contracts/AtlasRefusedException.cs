namespace Atlas.Contracts;

/// <summary>A request that Atlas understood and does not carry out. The message says what was wrong and what would be right.</summary>
[GenerateSerializer, Alias("atlas.refused")]
public sealed class AtlasRefusedException : Exception
{
    public AtlasRefusedException(string message) : base(message)
    {
    }

    public AtlasRefusedException(string message, Exception inner) : base(message, inner)
    {
    }

    public AtlasRefusedException()
    {
    }
}
