using System.Text.Json;

namespace Atlas.Cli.Up;

/// <summary>The health that a silo reports.</summary>
/// <param name="State"><c>healthy</c>, <c>degraded</c> (it does its work, and something is wrong), <c>unhealthy</c>, <c>unreachable</c> or <c>stopped</c>.</param>
/// <param name="Detail">The silo's own answer; null if there is none.</param>
internal sealed record SiloHealth(string State, JsonElement? Detail)
{
    public static SiloHealth Stopped { get; } = new("stopped", null);

    /// <summary>Whether the silo does its work.</summary>
    public bool IsHealthy => State is "healthy" or "degraded";

    /// <summary>What the silo says is wrong; null if nothing is, or if it does not say.</summary>
    public string? Trouble
    {
        get
        {
            var checks = Member(Detail, "checks") is { ValueKind: JsonValueKind.Object } all ? all.EnumerateObject().ToList() : [];
            var told = checks.Where(check => Text(check.Value, "status") != "healthy").Select(check => Text(check.Value, "description")).OfType<string>().ToList();
            return told.Count == 0 ? null : string.Join(' ', told);
        }
    }

    /// <summary>Asks a running silo.</summary>
    public static async Task<SiloHealth> AskAsync(HttpClient http, SiloPorts ports, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(ports.HttpAddress, "/health"), cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            var detail = Parse(text);
            return new SiloHealth(!answer.IsSuccessStatusCode ? "unhealthy" : Text(detail, "status") == "degraded" ? "degraded" : "healthy", detail);
        }
        catch (HttpRequestException)
        {
            return new SiloHealth("unreachable", null);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SiloHealth("unreachable", null);
        }
    }

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } of && of.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            // Some other server may be listening on this port.
            return null;
        }
    }
}
