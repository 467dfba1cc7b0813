using System.Globalization;
using System.Text.Json;
using Atlas.Learning.Json;
using Atlas.Models.Providers.Routing;

namespace Atlas.Models.Providers.Calls;

/// <summary>Makes a sentence of a provider's error.</summary>
internal static class ProviderError
{
    private const int LongestMessage = 300;

    public static async Task<ModelException> ReadAsync(HttpResponseMessage response, string who, Secrets secrets, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
        var (failure, what) = status switch
        {
            401 or 403 => (ModelFailure.NotAllowed, "does not accept the key, or the key may not use this model"),
            404 => (ModelFailure.Configuration, "knows no such model, or 'api_base' is wrong"),
            408 => (ModelFailure.TimedOut, "gave the call up because it took too long"),
            429 => (ModelFailure.RateLimited, "takes no more calls for now, or the account has no credit"),
            >= 500 => (ModelFailure.ServerError, "has trouble of its own"),
            _ => (ModelFailure.BadRequest, "does not accept the call"),
        };
        var said = Message(body);
        return new ModelException(
            failure,
            string.Create(CultureInfo.InvariantCulture, $"{who} {what} (status {status}){(said.Length == 0 ? "." : $": {secrets.Hide(said)}")}"))
        {
            StatusCode = status,
        };
    }

    /// <summary>The message in the body: at <c>error.message</c>, <c>error</c> or <c>message</c>, first of a list; else the
    /// beginning of a body that is plain text.</summary>
    private static string Message(string body)
    {
        try
        {
            var json = JsonElement.Parse(body);
            json = json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0 ? json[0] : json;
            var error = Member(json, "error");
            var message = Member(error, "message") is { ValueKind: JsonValueKind.String } inner ? inner
                : error.ValueKind == JsonValueKind.String ? error
                : Member(json, "message");
            return message.ValueKind == JsonValueKind.String ? Short(SafeJson.Text(message)) : "";
        }
        catch (JsonException)
        {
            return body.TrimStart().StartsWith('<') ? "" : Short(body);
        }
    }

    private static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "…";
    }
}
