using System.Collections.Immutable;
using Atlas.Configuration.Checking;

namespace Atlas.Configuration.Nodes;

/// <summary>Puts the keys of one block together and tells of those that come twice.</summary>
internal sealed class MappingBuilder(string path, ProblemLog log)
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Entry>.Builder _entries = ImmutableArray.CreateBuilder<Entry>();

    public void Add(Entry entry)
    {
        if (_positions.TryGetValue(entry.Name, out var first))
        {
            log.Error(
                entry.KeySource,
                PathOf(path, entry.Name),
                $"is set twice, first at {_entries[first].KeySource}; remove one of the two.");
            return;
        }

        _positions.Add(entry.Name, _entries.Count);
        _entries.Add(entry);
    }

    /// <summary>Adds a key that a merged block brings along, unless the block has one of its own.</summary>
    public void AddMerged(Entry entry)
    {
        if (_positions.TryAdd(entry.Name, _entries.Count))
        {
            _entries.Add(entry);
        }
    }

    public MappingNode Build(ValueSource source) => new(_entries.ToImmutable(), source);

    public static string PathOf(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
