using System.Collections.Immutable;
using Atlas.Configuration.Checking;

namespace Atlas.Configuration.Nodes;

/// <summary>A configuration as it was written, whatever the language, with the place of every value.</summary>
/// <param name="source">Where it was written.</param>
internal abstract class ConfigurationNode(ValueSource source)
{
    public ValueSource Source { get; } = source;

    /// <summary>How many values this one unfolds to, itself included. Aliases share nodes, so this can be far more than was written.</summary>
    public abstract long Weight { get; }

    /// <summary>The node in words, for sentences: "a list".</summary>
    public abstract string Kind { get; }
}

internal enum ScalarKind
{
    Null,
    Boolean,
    Number,
    Text,
}

internal sealed class ScalarNode(ScalarKind scalarKind, string text, ValueSource source) : ConfigurationNode(source)
{
    public ScalarKind ScalarKind { get; } = scalarKind;

    public string Text { get; } = text;

    public override long Weight => 1;

    public override string Kind => ScalarKind switch
    {
        ScalarKind.Null => "empty",
        ScalarKind.Boolean => $"the boolean {Text}",
        ScalarKind.Number => $"the number {Text}",
        _ => "a text",
    };
}

internal sealed class SequenceNode(ImmutableArray<ConfigurationNode> items, ValueSource source) : ConfigurationNode(source)
{
    public ImmutableArray<ConfigurationNode> Items { get; } = items;

    public override long Weight { get; } = 1 + items.Sum(item => item.Weight);

    public override string Kind => "a list";
}

/// <summary>One key of a mapping. The key has a place of its own, for errors about the key itself.</summary>
internal readonly record struct Entry(string Name, ConfigurationNode Value, ValueSource KeySource);

internal sealed class MappingNode(ImmutableArray<Entry> entries, ValueSource source) : ConfigurationNode(source)
{
    public ImmutableArray<Entry> Entries { get; } = entries;

    public override long Weight { get; } = 1 + entries.Sum(entry => entry.Value.Weight);

    public override string Kind => "a block of keys";

    public ConfigurationNode? Find(string name)
    {
        foreach (var entry in Entries)
        {
            if (entry.Name == name)
            {
                return entry.Value;
            }
        }

        return null;
    }
}

/// <summary>Single items of a list, by index: what environment variables such as <c>Atlas__Agent__Tools__0__Name</c> say.</summary>
internal sealed class ListItemsNode(ImmutableSortedDictionary<int, ConfigurationNode> items, ValueSource source) : ConfigurationNode(source)
{
    public ImmutableSortedDictionary<int, ConfigurationNode> Items { get; } = items;

    public override long Weight { get; } = 1 + items.Values.Sum(item => item.Weight);

    public override string Kind => "a list";
}
