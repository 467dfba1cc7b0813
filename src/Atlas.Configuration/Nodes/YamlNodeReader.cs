using System.Collections.Immutable;
using Atlas.Configuration.Checking;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Atlas.Configuration.Nodes;

/// <summary>
/// Reads one YAML document. Aliases share the anchored node instead of copying it, and its unfolded size is counted, so a
/// file of a few lines cannot unfold to gigabytes.
/// </summary>
internal sealed class YamlNodeReader
{
    private readonly string _file;
    private readonly ProblemLog _log;
    private readonly IParser _parser;
    private readonly Dictionary<AnchorName, ConfigurationNode> _anchors = [];
    private long _values;

    private YamlNodeReader(string text, string file, ProblemLog log)
    {
        _file = file;
        _log = log;
        _parser = new TolerantParser(new Parser(new Scanner(new StringReader(text), skipComments: true)));
    }

    /// <summary>The document's root; an empty file is an empty block.</summary>
    /// <exception cref="UnreadableFileException">The text is not YAML, or not of a reasonable size.</exception>
    public static ConfigurationNode Read(string text, string file, ProblemLog log)
    {
        var reader = new YamlNodeReader(text, file, log);
        try
        {
            return reader.ReadStream();
        }
        catch (YamlException error)
        {
            throw new UnreadableFileException(
                TabIndent(text, error) is { } line ? new ValueSource(ValueSourceKind.File, file, line, 1) : reader.At(error.Start),
                $"this is not valid YAML: {error.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>The line of a tab that indents, which the parser places at the beginning of the block around it.</summary>
    private static int? TabIndent(string text, YamlException error)
    {
        if (!error.Message.Contains("tab as indentation", StringComparison.Ordinal))
        {
            return null;
        }

        var lines = text.Split('\n');
        var index = Array.FindIndex(
            lines,
            (int)error.Start.Line - 1,
            line => line.AsSpan(0, line.Length - line.AsSpan().TrimStart().Length).Contains('\t'));
        return index < 0 ? null : index + 1;
    }

    private ConfigurationNode ReadStream()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return new MappingNode([], ValueSource.InFile(_file));
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode("", depth: 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            throw new UnreadableFileException(At(second.Start), "a second YAML document begins here; a configuration must be a single document.");
        }

        return root is ScalarNode { ScalarKind: ScalarKind.Null } ? new MappingNode([], root.Source) : root;
    }

    private ConfigurationNode ReadNode(string path, int depth)
    {
        var current = _parser.Current ?? throw new UnreadableFileException(ValueSource.InFile(_file), "the file ends too early.");
        if (depth > NodeLimits.Depth)
        {
            throw new UnreadableFileException(At(current.Start), $"the blocks are nested more than {NodeLimits.Depth} deep.");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value, out var target)
                ? Counted(target, alias.Start)
                : throw new UnreadableFileException(At(alias.Start), $"*{alias.Value} refers to an anchor that is not complete at this point.");
        }

        var start = (NodeEvent)current;
        ConfigurationNode node = start switch
        {
            Scalar => YamlScalars.Resolve(_parser.Consume<Scalar>(), At(start.Start)),
            SequenceStart => ReadSequence(path, depth),
            _ => ReadMapping(path, depth),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node is ScalarNode ? Counted(node, start.Start) : node;
    }

    private SequenceNode ReadSequence(string path, int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        YamlScalars.RefuseForeignTag(start.Tag, At(start.Start));
        var items = ImmutableArray.CreateBuilder<ConfigurationNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode($"{path}[{items.Count}]", depth + 1));
        }

        return new SequenceNode(items.ToImmutable(), At(start.Start));
    }

    private MappingNode ReadMapping(string path, int depth)
    {
        var start = _parser.Consume<MappingStart>();
        YamlScalars.RefuseForeignTag(start.Tag, At(start.Start));
        var mapping = new MappingBuilder(path, _log);
        var merged = new List<ConfigurationNode>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw new UnreadableFileException(At(_parser.Current!.Start), "a key must be a text.");
            }

            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                merged.Add(ReadNode(path, depth + 1));
                continue;
            }

            mapping.Add(new Entry(key.Value, ReadNode(MappingBuilder.PathOf(path, key.Value), depth + 1), At(key.Start)));
        }

        foreach (var node in merged)
        {
            AddMerged(mapping, node);
        }

        return mapping.Build(At(start.Start));
    }

    private void AddMerged(MappingBuilder mapping, ConfigurationNode node)
    {
        switch (node)
        {
            case MappingNode block:
                foreach (var entry in block.Entries)
                {
                    mapping.AddMerged(entry);
                }

                break;
            case SequenceNode { Items: var items } when items.All(item => item is MappingNode):
                foreach (var item in items)
                {
                    AddMerged(mapping, item);
                }

                break;
            default:
                throw new UnreadableFileException(node.Source, "<< takes a block of keys, or a list of such blocks.");
        }
    }

    private ConfigurationNode Counted(ConfigurationNode node, in Mark place)
    {
        _values += node.Weight;
        return _values <= NodeLimits.Values
            ? node
            : throw new UnreadableFileException(At(place), $"with its aliases expanded, the file has more than {NodeLimits.Values} values.");
    }

    private ValueSource At(in Mark mark) => new(ValueSourceKind.File, _file, (int)mark.Line, (int)mark.Column);
}
