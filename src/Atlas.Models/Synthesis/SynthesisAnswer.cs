using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain;

namespace Atlas.Models.Synthesis;

/// <summary>The proposal of a synthesizer.</summary>
public sealed record SynthesisAnswer
{
    /// <summary>Gets a JSON object in the form of <c>playbook_entry.v1</c>: both texts, the entries, session notes and metadata.</summary>
    public required JsonElement Answer { get; init; }

    /// <summary>Gets what the answer cost; zero if no model was called.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.None;

    /// <summary>Gets a value indicating whether the sessions do not support any change. The answer then changes nothing.</summary>
    public bool NothingToSay { get; init; }

    /// <summary>Gets one sentence: what was found, or why nothing was.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets the call of the model: <c>{model, messages, response, reasoning, raw_response, structured_output, …}</c>; null if no
    /// model was called.</summary>
    public JsonObject? Audit { get; init; }
}
