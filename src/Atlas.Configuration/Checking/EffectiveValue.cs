using System.Text.Json;

namespace Atlas.Configuration.Checking;

/// <summary>A value that is in force.</summary>
/// <param name="Path">The key, from the root, as in <c>agent.tools[0].name</c>.</param>
/// <param name="Value">The value; secrets are masked.</param>
/// <param name="Source">Where it was written.</param>
public sealed record EffectiveValue(string Path, JsonElement Value, ValueSource Source)
{
    /// <summary>Path, value and source on one line.</summary>
    public override string ToString() => $"{Path} = {Value.GetRawText()} ({Source})";
}
