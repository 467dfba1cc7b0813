using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Nodes;
using Atlas.Configuration.Schema;

namespace Atlas.Configuration.Binding;

/// <summary>Makes records of a tree, strictly, and goes on after an error so that all of them are found.</summary>
internal sealed class ConfigurationBinder(ProblemLog log, ValueSources sources)
{
    /// <summary>Whether keys that must be there may be missing: for blocks that are laid over another one.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether the blocks an agent needs must be there.</summary>
    public ConfigurationProfile Profile { get; init; }

    /// <summary>The record; where something was wrong, with the default in its place.</summary>
    public object BindBlock(BlockSchema schema, MappingNode mapping, string path)
    {
        var record = Activator.CreateInstance(schema.Type)!;
        sources.Remember(path, mapping.Source);
        var given = new Dictionary<KeySchema, Entry>();
        foreach (var entry in mapping.Entries)
        {
            if (schema.Find(entry.Name) is not { } key)
            {
                Unknown(schema, entry, path);
            }
            else
            {
                given.Add(key, entry);
            }
        }

        foreach (var key in schema.Keys)
        {
            if (given.TryGetValue(key, out var entry))
            {
                if (BindKey(key, entry.Value, MappingBuilder.PathOf(path, key.Name)) is { } bound)
                {
                    key.Property.SetValue(record, bound.Value);
                }
            }
            else if (IsMissing(key))
            {
                log.Error(mapping.Source, MappingBuilder.PathOf(path, key.Name), $"is missing; it must be {key.Value.Expectation}.");
            }
        }

        return record;
    }

    private bool IsMissing(KeySchema key) =>
        !IsPartial && (key.IsRequired || (key.IsRequiredByAgent && Profile == ConfigurationProfile.Agent));

    /// <summary>The value in a box of its own, so that null can be one; no box if there was an error.</summary>
    private Bound? BindKey(KeySchema key, ConfigurationNode node, string path)
    {
        if (node is ScalarNode { ScalarKind: ScalarKind.Null } empty)
        {
            if (key.IsNullable && !IsMissing(key))
            {
                sources.Remember(path, empty.Source);
                return new Bound(key.NullMeansDefault ? key.Default : null);
            }

            log.Error(empty.Source, path, $"is empty, but must be {key.Value.Expectation}{(key.IsRequired ? "" : "; remove the key to use its default")}.");
            return null;
        }

        if (Bind(key.Value, node, path) is not { } value)
        {
            return null;
        }

        sources.Remember(path, node.Source);
        foreach (var check in key.Checks.Where(check => !check.IsValid(value)))
        {
            // Where the name of a key's variable belongs, people write the key.
            var shown = key.Name.EndsWith("_env", StringComparison.Ordinal) ? Secrets.Mask : ScalarConversion.Quote(value.ToString()!);
            var complaint = check is RequiredAttribute ? "must not be blank" : check.ErrorMessage;
            log.Error(node.Source, path, $"is {shown}, but {complaint}.");
            return null;
        }

        return new Bound(value);
    }

    private object? Bind(ValueSchema schema, ConfigurationNode node, string path, bool isSecret = false)
    {
        switch (schema, node)
        {
            case (BlockSchema block, MappingNode mapping):
                return BindBlock(block, mapping, path);
            case (UnionSchema union, MappingNode mapping):
                return BindUnion(union, mapping, path);
            case (ListSchema list, SequenceNode sequence):
                return BindList(list, sequence.Items, path);
            case (ListSchema { IsTags: true } list, ScalarNode):
                return BindList(list, [node], path);
            case (MapSchema map, MappingNode mapping):
                return BindMap(map, mapping, path);
            case (FreeFormSchema, MappingNode):
                RememberAll(node, path);
                return FreeFormValues.ToElement(node);
            default:
                var value = ScalarConversion.Convert(schema, node, isSecret, out var complaint);
                if (complaint is not null)
                {
                    log.Error(node.Source, path, complaint);
                }

                return value;
        }
    }

    private object? BindUnion(UnionSchema union, MappingNode mapping, string path)
    {
        var typePath = MappingBuilder.PathOf(path, union.Discriminator);
        if (mapping.Find(union.Discriminator) is not { } node)
        {
            log.Error(mapping.Source, typePath, $"is missing; it must be one of {string.Join(", ", union.VariantNames)}.");
            return null;
        }

        var name = (node as ScalarNode)?.Text ?? "";
        if (RefusedKeys.AgentTypes.TryGetValue(name, out var reason))
        {
            log.Error(node.Source, typePath, reason);
            return null;
        }

        if (RefusedKeys.AgentTypeAliases.TryGetValue(name, out var instead))
        {
            log.Warning(node.Source, typePath, $"is {name}, the older name of {instead}.");
            name = instead;
        }

        var variant = union.Variants.FirstOrDefault(variant => variant.Key == name).Value;
        if (variant is null)
        {
            var words = new ChoiceSchema([.. union.VariantNames.Select(word => KeyValuePair.Create(word, (object)word))]);
            ScalarConversion.Convert(words, node, isSecret: false, out var complaint);
            log.Error(node.Source, typePath, complaint!);
            return null;
        }

        sources.Remember(typePath, node.Source);
        var rest = new MappingNode(mapping.Entries.RemoveAll(entry => entry.Name == union.Discriminator), mapping.Source);
        return BindBlock(variant, rest, path);
    }

    private object? BindList(ListSchema schema, ImmutableArray<ConfigurationNode> nodes, string path)
    {
        var items = new List<object>();
        for (var i = 0; i < nodes.Length; i++)
        {
            if (Bind(schema.Item, schema.IsTags ? AsText(nodes[i]) : nodes[i], $"{path}[{i}]") is { } item)
            {
                items.Add(item);
            }
        }

        if (schema.IsTags)
        {
            items = [.. items.Cast<string>().Select(tag => tag.Trim()).Where(tag => tag.Length > 0)];
        }

        return Collections.ToArray(schema.ItemType, items);
    }

    private object? BindMap(MapSchema schema, MappingNode mapping, string path)
    {
        var items = new List<KeyValuePair<string, object>>();
        foreach (var entry in mapping.Entries)
        {
            var itemPath = MappingBuilder.PathOf(path, entry.Name);
            if (Bind(schema.Item, entry.Value, itemPath, isSecret: schema.Item is TextSchema) is { } item)
            {
                sources.Remember(itemPath, entry.Value.Source);
                items.Add(KeyValuePair.Create(entry.Name, item));
            }
        }

        return Collections.ToMap(schema.ItemType, items);
    }

    private static ConfigurationNode AsText(ConfigurationNode node) =>
        node is ScalarNode { ScalarKind: ScalarKind.Number or ScalarKind.Boolean } scalar
            ? new ScalarNode(ScalarKind.Text, scalar.Text, scalar.Source)
            : node;

    private void RememberAll(ConfigurationNode node, string path)
    {
        sources.Remember(path, node.Source);
        if (node is MappingNode mapping)
        {
            foreach (var entry in mapping.Entries)
            {
                RememberAll(entry.Value, MappingBuilder.PathOf(path, entry.Name));
            }
        }
    }

    private void Unknown(BlockSchema schema, Entry entry, string path)
    {
        var keyPath = MappingBuilder.PathOf(path, entry.Name);
        if (RefusedKeys.Find(schema.Type, entry.Name) is { } refused)
        {
            if (refused.Harmless == FreeFormValues.ToElement(entry.Value).GetRawText())
            {
                log.Warning(entry.KeySource, keyPath, $"has no effect and can be removed: {refused.Reason}");
            }
            else
            {
                log.Error(entry.KeySource, keyPath, $"is not supported: {refused.Reason}");
            }

            return;
        }

        var names = schema.Keys.Select(key => key.Name);
        var near = Suggestion.For(entry.Name, names);
        log.Error(
            entry.KeySource,
            keyPath,
            near is null ? $"is not a known key; the known keys here are {string.Join(", ", names)}." : $"is not a known key; did you mean {near}?");
    }

    private sealed record Bound(object? Value);
}
