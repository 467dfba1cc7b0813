using System.Text.Json;

namespace Atlas.Cli.Up;

/// <summary>The health that a silo reports.</summary>
/// <param name="State"><c>healthy</c>, <c>unhealthy</c>, <c>unreachable</c> or <c>stopped</c>.</param>
/// <param name="Detail">The silo's own answer; null if there is none.</param>
internal sealed record SiloHealth(string State, JsonElement? Detail)
{
    public static SiloHealth Stopped { get; } = new("stopped", null);

    public bool IsHealthy => State == "healthy";

    /// <summary>Asks a running silo.</summary>
    public static async Task<SiloHealth> AskAsync(HttpClient http, SiloPorts ports, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(ports.HttpAddress, "/health"), cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return new SiloHealth(answer.IsSuccessStatusCode ? "healthy" : "unhealthy", Parse(text));
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
