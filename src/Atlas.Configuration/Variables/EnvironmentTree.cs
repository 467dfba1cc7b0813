using System.Collections.Immutable;
using System.Globalization;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Nodes;
using Atlas.Configuration.Schema;

namespace Atlas.Configuration.Variables;

/// <summary>
/// Reads <c>Atlas__Section__Key</c> variables: parts are parted by two underscores, neither case nor single underscores count,
/// items of a list are numbered from 0.
/// </summary>
internal sealed class EnvironmentTree
{
    public const string Prefix = "Atlas__";

    private readonly ProblemLog _log;
    private readonly CanonicalNames _names;
    private readonly Branch _root = new(SchemaOfRecords.Root);

    private EnvironmentTree(ProblemLog log)
    {
        _log = log;
        _names = new CanonicalNames(loose: true, log);
    }

    public static MappingNode Read(IReadOnlyDictionary<string, string> variables, ProblemLog log)
    {
        var tree = new EnvironmentTree(log);
        foreach (var (name, value) in variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !HostSections.Own(name[Prefix.Length..].Split("__")[0]))
            {
                tree.Add(name, value);
            }
        }

        return (MappingNode)tree._root.ToNode();
    }

    private void Add(string variable, string value)
    {
        var source = ValueSource.Variable(variable);
        var branch = _root;
        foreach (var part in variable[Prefix.Length..].Split("__"))
        {
            if (part.Length == 0)
            {
                _log.Error(source, "", "a part of the name is empty; write Atlas__Section__Key, with two underscores between the parts.");
                return;
            }

            var (name, schema) = _names.Resolve(branch.Schema, part);
            branch = branch.Child(name, schema, source);
        }

        if (branch.Value is { } other)
        {
            _log.Error(source, "", $"sets the same key as {other.Source}; remove one of the two.");
        }
        else
        {
            branch.Value = new ScalarNode(ScalarKind.Text, value, source);
        }
    }

    private sealed class Branch(ValueSchema? schema)
    {
        private readonly Dictionary<string, Branch> _children = new(StringComparer.Ordinal);
        private ValueSource _source = ValueSource.Default;

        public ValueSchema? Schema { get; } = schema;

        public ScalarNode? Value { get; set; }

        public Branch Child(string name, ValueSchema? childSchema, ValueSource source)
        {
            if (!_children.TryGetValue(name, out var child))
            {
                _children.Add(name, child = new Branch(childSchema) { _source = source });
            }

            return child;
        }

        public ConfigurationNode ToNode()
        {
            // A variable for a whole block beside variables for its keys: the scalar is kept, and refused as no block.
            if (Value is { } scalar)
            {
                return scalar;
            }

            var isList = Schema is ListSchema && _children.Keys.All(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _));
            return isList
                ? new ListItemsNode(_children.ToImmutableSortedDictionary(child => int.Parse(child.Key, CultureInfo.InvariantCulture), child => child.Value.ToNode()), _source)
                : new MappingNode([.. _children.Select(child => new Entry(child.Key, child.Value.ToNode(), child.Value._source))], _source);
        }
    }
}
