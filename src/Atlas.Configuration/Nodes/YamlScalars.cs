using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Atlas.Configuration.Checking;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Atlas.Configuration.Nodes;

/// <summary>Decides what a scalar is, by the core schema of YAML 1.2.</summary>
internal static partial class YamlScalars
{
    private const string CorePrefix = "tag:yaml.org,2002:";

    private static readonly FrozenSet<string> CoreTags =
        new[] { "str", "int", "float", "bool", "null", "seq", "map" }.Select(name => CorePrefix + name).ToFrozenSet(StringComparer.Ordinal);

    public static ScalarNode Resolve(Scalar scalar, ValueSource source)
    {
        RefuseForeignTag(scalar.Tag, source);
        var isText = scalar.Tag.IsEmpty ? scalar.Style != ScalarStyle.Plain : scalar.Tag.Value == CorePrefix + "str" || scalar.Tag.IsNonSpecific;
        return new ScalarNode(isText ? ScalarKind.Text : KindOf(scalar.Value), scalar.Value, source);
    }

    /// <exception cref="UnreadableFileException">The tag asks for a type of some language or program.</exception>
    public static void RefuseForeignTag(TagName tag, ValueSource source)
    {
        if (!tag.IsEmpty && !tag.IsNonSpecific && !CoreTags.Contains(tag.Value))
        {
            throw new UnreadableFileException(source, $"the tag {tag.Value} is not supported; a configuration needs no tags.");
        }
    }

    private static ScalarKind KindOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
        _ => Number().IsMatch(text) ? ScalarKind.Number : ScalarKind.Text,
    };

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
