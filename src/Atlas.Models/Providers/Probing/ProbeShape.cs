using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers.Probing;

/// <summary>The shape of what a role sends to its model, apart from the words: a server can accept one shape and refuse another.</summary>
public sealed record ProbeShape
{
    /// <summary>Gets the shape of a plain question.</summary>
    public static ProbeShape Plain { get; } = new();

    /// <summary>Gets a value indicating whether the answer is streamed.</summary>
    public bool Streams { get; init; }

    /// <summary>Gets a value indicating whether there are tools to call.</summary>
    public bool HasTools { get; init; }

    /// <summary>Gets a value indicating whether the call asks for JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Gets a value indicating whether the call asks for JSON of a given form, with a schema if the provider supports schemas.</summary>
    public bool Schema { get; init; }

    /// <summary>Gets the configured response format; null for none.</summary>
    public ChatResponseFormat? Format { get; init; }

    /// <summary>Gets the temperature that the role sets; null for the configured one.</summary>
    public float? Temperature { get; init; }
}
