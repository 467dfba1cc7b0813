using System.Globalization;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Schema;

namespace Atlas.Configuration.Nodes;

/// <summary>Brings second names and, where the source may write them so, other spellings to the names of the schema.</summary>
/// <param name="loose">Whether neither case nor underscores count, as in <c>HistoryLimit</c>.</param>
/// <param name="log">Told of keys that are there under two names.</param>
internal sealed class CanonicalNames(bool loose, ProblemLog log)
{
    public ConfigurationNode Apply(ConfigurationNode node, ValueSchema? schema, string path = "")
    {
        switch (node)
        {
            case MappingNode mapping when schema is BlockSchema or UnionSchema or MapSchema:
                var builder = new MappingBuilder(path, log);
                foreach (var entry in mapping.Entries)
                {
                    var (name, value) = Resolve(schema, entry.Name);
                    builder.Add(new Entry(name, Apply(entry.Value, value, MappingBuilder.PathOf(path, name)), entry.KeySource));
                }

                return builder.Build(mapping.Source);
            case SequenceNode sequence when schema is ListSchema list:
                return new SequenceNode([.. sequence.Items.Select((item, i) => Apply(item, list.Item, Index(path, i)))], sequence.Source);
            default:
                return node;
        }
    }

    /// <summary>The name in the schema and what stands under it; an unknown name stays as it is.</summary>
    public (string Name, ValueSchema? Value) Resolve(ValueSchema? schema, string name) => schema switch
    {
        BlockSchema block => InBlock(block, name) ?? (name, null),
        UnionSchema union when Same(union.Discriminator, name) => (union.Discriminator, new TextSchema()),
        UnionSchema union => union.Variants.Select(variant => InBlock(variant.Value, name)).FirstOrDefault(found => found is not null) ?? (name, null),
        MapSchema map => (name, map.Item),
        ListSchema list => (name, list.Item),
        FreeFormSchema => (name, schema),
        _ => (name, null),
    };

    private (string, ValueSchema?)? InBlock(BlockSchema block, string name) =>
        block.Keys.FirstOrDefault(key => Same(key.Name, name) || (key.Alias is { } alias && Same(alias, name))) is { } key ? (key.Name, key.Value) : null;

    private bool Same(string known, string written) =>
        loose ? KeyNames.Loose(known) == KeyNames.Loose(written) : known == written;

    private static string Index(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
