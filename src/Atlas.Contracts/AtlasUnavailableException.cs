namespace Atlas.Contracts;

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
