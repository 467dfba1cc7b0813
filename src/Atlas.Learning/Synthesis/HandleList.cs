using System.Collections.Immutable;
using Atlas.Learning.Options;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>The tools that an entry can name.</summary>
internal sealed class HandleList
{
    private readonly Dictionary<string, string> _canonical = new(StringComparer.OrdinalIgnoreCase);
    private readonly ImmutableArray<string> _prefixes;

    public HandleList(EntrySchemaOptions schema, IEnumerable<string> agentHandles)
    {
        foreach (var handle in (schema.AllowedRuntimeHandles.IsDefault ? [] : schema.AllowedRuntimeHandles).Concat(agentHandles))
        {
            if (!PythonText.IsBlank(handle))
            {
                _canonical.TryAdd(PythonText.Strip(handle), PythonText.Strip(handle));
            }
        }

        _prefixes = [.. (schema.RuntimeHandlePrefixes.IsDefault ? [] : schema.RuntimeHandlePrefixes).Where(prefix => !PythonText.IsBlank(prefix))];
    }

    /// <summary>All tools, in their canonical spelling.</summary>
    public IReadOnlyCollection<string> All => _canonical.Values;

    /// <summary>Whether the agent has no tools, so that no entry needs one.</summary>
    public bool IsToolless => _canonical.Count == 0 && _prefixes.IsEmpty;

    public bool Allows(string? handle) =>
        !PythonText.IsBlank(handle)
        && (_canonical.ContainsKey(PythonText.Strip(handle!))
            || _prefixes.Any(prefix => PythonText.Strip(handle!).StartsWith(PythonText.Strip(prefix), StringComparison.OrdinalIgnoreCase)));

    /// <summary>Returns the handle in the list's spelling; unchanged if the list does not contain it.</summary>
    public string? Canonical(string? handle) =>
        handle is not null && _canonical.TryGetValue(PythonText.Strip(handle), out var known) ? known : handle;
}
