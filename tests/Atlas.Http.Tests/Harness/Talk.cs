using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Atlas.Http.Tests.Harness;

/// <summary>Requests in one line.</summary>
internal static class Talk
{
    public static string Escaped(this string key) => Uri.EscapeDataString(key);

    public static async Task<JsonElement> GetAsync(this HttpClient client, string path, HttpStatusCode expected)
    {
        using var response = await client.GetAsync(path);
        return await response.ReadAsync(expected);
    }

    public static async Task<JsonElement> PostAsync(
        this HttpClient client, string path, object body, HttpStatusCode expected = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        using var response = await client.SendAsync(path, body, headers);
        return await response.ReadAsync(expected);
    }

    public static async Task<HttpResponseMessage> SendAsync(this HttpClient client, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();

    /// <summary>A whole session; returns its number.</summary>
    public static async Task<long> RunSessionAsync(this HttpClient client, string key, double? score = 1, string task = "Refund order 1042")
    {
        var started = await client.PostAsync("v1/sessions", new { task, learning_key = key });
        var id = started.Number("session_id");
        await client.PostAsync($"v1/sessions/{id}/events", new { events = new object[] { new { type = "tool_call", name = "get_order" } } });
        await client.PostAsync($"v1/sessions/{id}/complete", score is { } value
            ? new { status = "succeeded", final_answer = "Done.", reward = new { score = value } }
            : (object)new { status = "succeeded", final_answer = "Done." });
        return id;
    }

    public static void IsProblem(this JsonElement problem, string code) => Assert.Equal($"urn:atlas:problem:{code}", problem.Text("type"));
}
