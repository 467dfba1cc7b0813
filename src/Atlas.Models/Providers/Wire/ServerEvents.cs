using System.Runtime.CompilerServices;
using System.Text;

namespace Atlas.Models.Providers.Wire;

/// <summary>Reads server-sent events: lines that end in LF, CR or both, comments, a byte order mark, data over several lines.</summary>
/// <remarks>The framework's parser drops a last event without a blank line after it, as the standard requires. Here that would be the end
/// mark of servers that close the connection right after it.</remarks>
internal static class ServerEvents
{
    public static async IAsyncEnumerable<(string Type, string Data)> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var (type, data) = ("", (StringBuilder?)null);
        while (await reader.ReadLineAsync(ct).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0)
            {
                if (data is not null)
                {
                    yield return (type, data.ToString());
                }

                (type, data) = ("", null);
            }
            else if (Field(line, "data") is { } text)
            {
                data = data is null ? new StringBuilder(text) : data.Append('\n').Append(text);
            }
            else if (Field(line, "event") is { } named)
            {
                type = named.Trim();
            }
        }

        if (data is not null)
        {
            yield return (type, data.ToString());
        }
    }

    private static string? Field(string line, string name) =>
        !line.StartsWith(name, StringComparison.Ordinal) || line.Length <= name.Length || line[name.Length] != ':' ? null
        : line.Length > name.Length + 1 && line[name.Length + 1] == ' ' ? line[(name.Length + 2)..]
        : line[(name.Length + 1)..];
}
