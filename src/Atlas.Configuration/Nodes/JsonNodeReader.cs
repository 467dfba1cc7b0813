using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Atlas.Configuration.Checking;

namespace Atlas.Configuration.Nodes;

/// <summary>Reads one JSON document; comments and trailing commas are allowed, as in <c>appsettings.json</c>.</summary>
internal sealed class JsonNodeReader
{
    private readonly string _file;
    private readonly ProblemLog _log;
    private readonly LineIndex _lines;
    private int _values;

    private JsonNodeReader(byte[] utf8, string file, ProblemLog log)
    {
        _file = file;
        _log = log;
        _lines = new LineIndex(utf8);
    }

    /// <summary>The document's root; an empty file is an empty block.</summary>
    /// <exception cref="UnreadableFileException">The text is not JSON, or not of a reasonable size.</exception>
    public static ConfigurationNode Read(string text, string file, ProblemLog log)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new MappingNode([], ValueSource.InFile(file));
        }

        var utf8 = Encoding.UTF8.GetBytes(text);
        var json = new JsonNodeReader(utf8, file, log);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = NodeLimits.Depth,
        });
        try
        {
            reader.Read();
            var root = json.ReadNode(ref reader, "");

            // The reader itself complains about anything that follows the root.
            reader.Read();
            return root;
        }
        catch (JsonException error)
        {
            var place = new ValueSource(ValueSourceKind.File, file, (int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1);
            var reason = error.Message.Split(" LineNumber:")[0].TrimEnd('.');
            throw new UnreadableFileException(place, $"this is not valid JSON: {reason}.");
        }
    }

    private ConfigurationNode ReadNode(ref Utf8JsonReader reader, string path)
    {
        var source = At(reader.TokenStartIndex);
        if (++_values > NodeLimits.Values)
        {
            throw new UnreadableFileException(source, $"the file has more than {NodeLimits.Values} values.");
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var mapping = new MappingBuilder(path, _log);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    var keySource = At(reader.TokenStartIndex);
                    reader.Read();
                    mapping.Add(new Entry(name, ReadNode(ref reader, MappingBuilder.PathOf(path, name)), keySource));
                }

                return mapping.Build(source);
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<ConfigurationNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadNode(ref reader, $"{path}[{items.Count}]"));
                }

                return new SequenceNode(items.ToImmutable(), source);
            case JsonTokenType.String:
                return new ScalarNode(ScalarKind.Text, reader.GetString()!, source);
            case JsonTokenType.Number:
                return new ScalarNode(ScalarKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), source);
            case JsonTokenType.True or JsonTokenType.False:
                return new ScalarNode(ScalarKind.Boolean, reader.GetBoolean() ? "true" : "false", source);
            default:
                return new ScalarNode(ScalarKind.Null, "", source);
        }
    }

    private ValueSource At(long offset)
    {
        var (line, column) = _lines.Find(offset);
        return new ValueSource(ValueSourceKind.File, _file, line, column);
    }
}
