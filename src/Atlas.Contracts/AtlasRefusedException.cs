namespace Atlas.Contracts;

/// <summary>The exception thrown for a request that Atlas understood and refuses. The message says what was wrong and what would be right.</summary>
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
