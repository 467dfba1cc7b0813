using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain;

namespace Atlas.Models.Synthesis;

/// <summary>What a synthesizer proposes.</summary>
public sealed record SynthesisAnswer
{
    /// <summary>A JSON object of the form <c>playbook_entry.v1</c>: both texts, the entries, session notes and metadata.</summary>
    public required JsonElement Answer { get; init; }

    /// <summary>What the answer cost; zero where no model was called.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.None;

    /// <summary>True if the sessions do not support any change; the answer then changes nothing.</summary>
    public bool NothingToSay { get; init; }

    /// <summary>One sentence: what was found, or why nothing was.</summary>
    public required string Summary { get; init; }

    /// <summary>The call of the model: <c>{model, messages, response, reasoning, raw_response, structured_output, …}</c>; null
    /// where no model was called.</summary>
    public JsonObject? Audit { get; init; }
}
