using System.Collections.Immutable;

namespace Atlas.Runtime.Triage;

/// <summary>The built-in adapters.</summary>
public static class TriageAdapters
{
    /// <summary>Gets the adapter that uses the usual keys of the metadata.</summary>
    public static ITriageAdapter Default { get; } = new DefaultTriageAdapter();

    /// <summary>Gets the adapters by name: <c>default</c>, <c>sre</c>, <c>support</c>, <c>code</c>.</summary>
    public static ImmutableDictionary<string, ITriageAdapter> ByName { get; } = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        [
            KeyValuePair.Create("default", Default),
            KeyValuePair.Create<string, ITriageAdapter>("sre", new SreTriageAdapter()),
            KeyValuePair.Create<string, ITriageAdapter>("support", new SupportTriageAdapter()),
            KeyValuePair.Create<string, ITriageAdapter>("code", new CodeTriageAdapter()),
        ]);
}
