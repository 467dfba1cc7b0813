using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Configuration.Schema;

namespace Atlas.Configuration.Agents;

/// <summary>An agent behind an HTTP address that receives and returns JSON.</summary>
public sealed record HttpAgentOptions : AgentOptions
{
    /// <summary>Where the agent is, and how it is called.</summary>
    public required TransportOptions Transport { get; init; }

    /// <summary>The body of the request. <c>prompt</c> and <c>metadata</c> are added unless it already has them.</summary>
    /// <value>The default is an empty object.</value>
    public JsonElement PayloadTemplate { get; init; } = FreeForm.Empty;

    /// <summary>The keys that lead to the answer in the response, outermost first.</summary>
    /// <value>The default is <c>output</c>; null means the same.</value>
    [NullMeansDefault]
    public ImmutableArray<string> ResultPath { get; init; } = ["output"];
}
