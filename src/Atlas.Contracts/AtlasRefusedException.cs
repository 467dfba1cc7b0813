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

/// <summary>A request that could not be carried out now, the database or the cluster being out of reach. Nothing was lost;
/// the same request may be sent again.</summary>
[GenerateSerializer, Alias("atlas.unavailable")]
public sealed class AtlasUnavailableException : Exception
{
    public AtlasUnavailableException(string message) : base(message)
    {
    }

    public AtlasUnavailableException(string message, Exception inner) : base(message, inner)
    {
    }

    public AtlasUnavailableException()
    {
    }
}
