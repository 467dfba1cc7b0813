using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Atlas.Models.Providers.Wire;

/// <summary>What each model behind each endpoint has refused so far, for the lifetime of the process.</summary>
internal sealed class RefusedMembers
{
    private readonly ConcurrentDictionary<string, ImmutableHashSet<string>> _refused = new(StringComparer.Ordinal);

    /// <summary>Returns what a model refuses.</summary>
    public ImmutableHashSet<string> Of(string model) => _refused.GetValueOrDefault(model, []);

    /// <summary>Remembers a refusal.</summary>
    public void Add(string model, string member) =>
        _refused.AddOrUpdate(model, [member], (_, known) => known.Add(member));
}
