using Atlas.Learning.Options;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Decides which tools an entry can name without being refused by the gates.</summary>
internal sealed class HandlePolicy(SynthesisRequest request)
{
    private readonly string[] _handles =
        [.. request.Options.Schema.AllowedRuntimeHandles.Concat(request.RuntimeHandles)
            .Select(handle => handle.Trim()).Where(handle => handle.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    private readonly EntrySchemaOptions _schema = request.Options.Schema;

    /// <summary>Gets a value indicating whether nothing is known about the agents' tools; an entry can then name any tool or none.</summary>
    public bool Unrestricted => _handles.Length == 0 && _schema.RuntimeHandlePrefixes.IsEmpty;

    /// <summary>Returns the tool's name as the agents spell it; null if an entry cannot name it.</summary>
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

    /// <summary>Determines whether the gate lets an entry with this handle pass.</summary>
    public bool Allows(string? handle) =>
        string.IsNullOrWhiteSpace(handle)
            ? Unrestricted || _schema.AllowMissingToolMapping
            : _schema.AllowMissingToolMapping || Canonical(handle.Trim()) is not null;
}
