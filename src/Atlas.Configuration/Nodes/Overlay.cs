using System.Collections.Immutable;
using Atlas.Configuration.Checking;

namespace Atlas.Configuration.Nodes;

/// <summary>Lays one tree over another: blocks are merged key by key, everything else is replaced.</summary>
internal sealed class Overlay(ProblemLog log)
{
    public ConfigurationNode Merge(ConfigurationNode? lower, ConfigurationNode upper, string path = "") => (lower, upper) switch
    {
        (_, MappingNode block) => MergeBlocks(lower as MappingNode, block, path),
        (_, ListItemsNode items) => ReplaceItems(lower as SequenceNode, items, path),
        _ => upper,
    };

    private MappingNode MergeBlocks(MappingNode? lower, MappingNode upper, string path)
    {
        var entries = (lower?.Entries ?? []).ToBuilder();
        foreach (var entry in upper.Entries)
        {
            var position = IndexOf(entries, entry.Name);
            var merged = entry with
            {
                Value = Merge(position < 0 ? null : entries[position].Value, entry.Value, MappingBuilder.PathOf(path, entry.Name)),
            };
            if (position < 0)
            {
                entries.Add(merged);
            }
            else
            {
                entries[position] = merged;
            }
        }

        return new MappingNode(entries.ToImmutable(), lower?.Source ?? upper.Source);
    }

    private SequenceNode ReplaceItems(SequenceNode? lower, ListItemsNode upper, string path)
    {
        var items = (lower?.Items ?? []).ToBuilder();
        foreach (var (index, item) in upper.Items)
        {
            if (index < items.Count)
            {
                items[index] = Merge(items[index], item, $"{path}[{index}]");
            }
            else if (index == items.Count)
            {
                items.Add(Merge(null, item, $"{path}[{index}]"));
            }
            else
            {
                log.Error(item.Source, $"{path}[{index}]", $"leaves a gap: the list has {items.Count} items so far, so the next index is {items.Count}.");
            }
        }

        return new SequenceNode(items.ToImmutable(), upper.Source);
    }

    private static int IndexOf(ImmutableArray<Entry>.Builder entries, string name)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
