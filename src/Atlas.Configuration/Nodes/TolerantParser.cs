using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Atlas.Configuration.Nodes;

/// <summary>
/// A parser whose every complaint about the text is a <see cref="YamlException"/>. The library's own stumbles over some
/// broken texts with exceptions that are meant for programming errors.
/// </summary>
internal sealed class TolerantParser(IParser parser) : IParser
{
    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            var place = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(place, place, "the text from here on cannot be parsed", error);
        }
    }
}
