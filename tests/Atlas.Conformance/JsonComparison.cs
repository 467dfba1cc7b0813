using System.Globalization;
using System.Text.Json;

namespace Atlas.Conformance;

/// <summary>Compares what is expected with what there is, as JSON.</summary>
/// <remarks>Numbers may differ by 1e-9. <c>&lt;timestamp&gt;</c> stands for any ISO 8601 time. A member that one side does not
/// have must be null, empty or zero on the other: Atlas writes whole records where the original left defaults out.</remarks>
internal static class JsonComparison
{
    private const double Tolerance = 1e-9;
    private const string AnyTime = "<timestamp>";

    /// <summary>A sentence per difference; none if the values agree.</summary>
    public static IEnumerable<string> Differences(JsonElement expected, JsonElement actual, string path = "$")
    {
        if (expected.ValueKind == JsonValueKind.Object && actual.ValueKind == JsonValueKind.Object)
        {
            return Members(expected, actual, path);
        }

        if (expected.ValueKind == JsonValueKind.Array && actual.ValueKind == JsonValueKind.Array)
        {
            return Items(expected, actual, path);
        }

        return Agree(expected, actual) ? [] : [$"{path}: expected {Short(expected)}, was {Short(actual)}"];
    }

    private static IEnumerable<string> Members(JsonElement expected, JsonElement actual, string path)
    {
        foreach (var member in expected.EnumerateObject())
        {
            var found = actual.TryGetProperty(member.Name, out var other);
            var differences = found ? Differences(member.Value, other, $"{path}.{member.Name}")
                : IsDefault(member.Value) ? []
                : [$"{path}.{member.Name}: expected {Short(member.Value)}, was missing"];
            foreach (var difference in differences)
            {
                yield return difference;
            }
        }

        foreach (var member in actual.EnumerateObject())
        {
            if (!expected.TryGetProperty(member.Name, out _) && !IsDefault(member.Value))
            {
                yield return $"{path}.{member.Name}: was {Short(member.Value)}, not expected";
            }
        }
    }

    private static IEnumerable<string> Items(JsonElement expected, JsonElement actual, string path)
    {
        if (expected.GetArrayLength() != actual.GetArrayLength())
        {
            return [$"{path}: expected {expected.GetArrayLength()} items, was {actual.GetArrayLength()}: {Short(actual)}"];
        }

        return expected.EnumerateArray()
            .Zip(actual.EnumerateArray())
            .SelectMany((pair, index) => Differences(pair.First, pair.Second, $"{path}[{index}]"));
    }

    private static bool Agree(JsonElement expected, JsonElement actual) => (expected.ValueKind, actual.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => Math.Abs(expected.GetDouble() - actual.GetDouble()) <= Tolerance,
        (JsonValueKind.String, JsonValueKind.String) when expected.GetString() == AnyTime =>
            DateTimeOffset.TryParse(actual.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        (JsonValueKind.String, JsonValueKind.String) => expected.GetString() == actual.GetString(),
        var (left, right) => left == right,
    };

    private static bool IsDefault(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Number => value.GetDouble() == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => value.EnumerateObject().All(member => IsDefault(member.Value)),
        _ => false,
    };

    private static string Short(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 120 ? text : text[..117] + "...";
    }
}
