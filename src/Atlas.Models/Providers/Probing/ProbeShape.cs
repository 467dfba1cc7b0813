using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers.Probing;

/// <summary>What a role sends to its model, apart from the words: a server may take one and refuse another.</summary>
public sealed record ProbeShape
{
    /// <summary>A plain question.</summary>
    public static ProbeShape Plain { get; } = new();

    /// <summary>Whether the answer comes piece by piece.</summary>
    public bool Streams { get; init; }

    /// <summary>Whether there are tools that may be called.</summary>
    public bool HasTools { get; init; }

    /// <summary>Whether JSON is asked for.</summary>
    public bool Json { get; init; }

    /// <summary>Whether JSON of a given form is asked for, with a schema where the provider has them.</summary>
    public bool Schema { get; init; }

    /// <summary>The form of the answer that somebody configured; null for none.</summary>
    public ChatResponseFormat? Format { get; init; }

    /// <summary>The temperature that the role itself sets; null leaves it to the configuration.</summary>
    public float? Temperature { get; init; }
}
