using Atlas.Learning.Options;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Which tools an entry may name, so that the gates will not refuse it.</summary>
internal sealed class HandlePolicy(SynthesisRequest request)
{
    private readonly string[] _handles =
        [.. request.Options.Schema.AllowedRuntimeHandles.Concat(request.RuntimeHandles)
            .Select(handle => handle.Trim()).Where(handle => handle.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    private readonly EntrySchemaOptions _schema = request.Options.Schema;

    /// <summary>Whether nothing is known of the agents' tools; any tool may be named then, or none.</summary>
    public bool Unrestricted => _handles.Length == 0 && _schema.RuntimeHandlePrefixes.IsEmpty;

    /// <summary>The tool's name as the agents spell it; null if an entry may not name it.</summary>
    public string? Canonical(string tool)
    {
        if (Array.Find(_handles, handle => handle.Equals(tool, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        return Unrestricted || _schema.RuntimeHandlePrefixes.Any(prefix => tool.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            ? tool
            : null;
    }

    /// <summary>Whether the gate lets an entry with this handle pass.</summary>
    public bool Allows(string? handle) =>
        string.IsNullOrWhiteSpace(handle)
            ? Unrestricted || _schema.AllowMissingToolMapping
            : _schema.AllowMissingToolMapping || Canonical(handle.Trim()) is not null;
}
