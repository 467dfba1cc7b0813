using System.Text.Json;

namespace Atlas.Http.Door;

/// <summary>Explains what is wrong with JSON that was sent.</summary>
/// <remarks>The serializer's messages name .NET types; callers need the path and the wrong member instead.</remarks>
internal static class JsonFaults
{
    public static string Sentence(JsonException wrong, Type type)
    {
        var message = wrong.Message;
        var at = wrong.Path is { Length: > 1 } path ? $" at {Parameters.Short(path)}" : "";
        const string Unknown = "The JSON property '";
        if (message.StartsWith(Unknown, StringComparison.Ordinal) && message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            var name = message[Unknown.Length..message.IndexOf('\'', Unknown.Length)];
            return $"there is no member '{Parameters.Short(name)}' here. The members are {string.Join(", ", Members(type))}.";
        }

        if (message.Contains("missing required properties", StringComparison.Ordinal))
        {
            return $"required members are missing{at}: {message[(message.LastIndexOf(':') + 1)..].Trim().TrimEnd('.')}.";
        }

        if (message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
        {
            return $"the value{at} is of the wrong type.";
        }

        var place = message.IndexOf(" Path: $", StringComparison.Ordinal);
        var plain = place < 0 ? message : message[..place];
        return $"{(plain.Contains("Atlas.", StringComparison.Ordinal) || plain.Contains("System.", StringComparison.Ordinal) ? "a value does not fit" : plain.TrimEnd('.'))}{at}"
            + (wrong.LineNumber is { } line && at.Length == 0 ? FormattableString.Invariant($", line {line + 1}, byte {wrong.BytePositionInLine}.") : ".");
    }

    private static IEnumerable<string> Members(Type type) =>
        ApiJson.Options.GetTypeInfo(type).Properties.Select(property => property.Name);
}
