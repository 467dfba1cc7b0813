using System.Globalization;
using System.Text.Json;

namespace Atlas.Benchmarks.Load;

/// <summary>The twenty events of a session: tool calls and their results.</summary>
internal static class SampleEvents
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. Enumerable.Range(0, 20).Select(number => string.Create(CultureInfo.InvariantCulture, $$$"""
            {"type":"tool_call","tool":"get_order","number":{{{number}}},"arguments":{"order_id":"#{{{1000 + number}}}"},"result":"The order was shipped on Monday and is to arrive on Thursday; the customer paid by card.","metadata":{"actor":"student","timestamp":"2026-01-05T08:00:00+00:00"}}
            """)),
    ];

    /// <summary>Gets the same events as values.</summary>
    public static IReadOnlyList<JsonElement> Read { get; } = [.. All.Select(json => JsonElement.Parse(json))];
}
