namespace Atlas.Contracts;

/// <summary>The exception thrown for a request that cannot be carried out now because the database or the cluster is unreachable. Nothing
/// was lost; you can send the same request again.</summary>
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
