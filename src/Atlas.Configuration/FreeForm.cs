using System.Text.Json;

namespace Atlas.Configuration;

/// <summary>Blocks whose keys are the user's own.</summary>
public static class FreeForm
{
    /// <summary>The object without keys: the default of every free-form block.</summary>
    public static JsonElement Empty { get; } = JsonDocument.Parse("{}").RootElement.Clone();
}
