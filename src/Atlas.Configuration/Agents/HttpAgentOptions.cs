using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Configuration.Schema;

namespace Atlas.Configuration.Agents;

/// <summary>An agent behind an HTTP address that takes and gives JSON.</summary>
public sealed record HttpAgentOptions : AgentOptions
{
    /// <summary>Where the agent is, and how it is called.</summary>
    public required TransportOptions Transport { get; init; }

    /// <summary>The request's body; <c>prompt</c> and <c>metadata</c> are added unless it has them.</summary>
    /// <value>The default is an empty object.</value>
    public JsonElement PayloadTemplate { get; init; } = FreeForm.Empty;

    /// <summary>The keys that lead to the answer in the response, outermost first.</summary>
    /// <value>The default is <c>output</c>; null means the same.</value>
    [NullMeansDefault]
    public ImmutableArray<string> ResultPath { get; init; } = ["output"];
}
