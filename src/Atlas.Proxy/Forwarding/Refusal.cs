using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Atlas.Http.Problems;

namespace Atlas.Proxy.Forwarding;

/// <summary>Writes a refusal in the protocol of the client, so that its user reads the message.</summary>
internal static class Refusal
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, int status, string code, string sentence, bool isAnthropic, int? retryAfterSeconds = null)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers["x-atlas-refusal"] = code;
        if (retryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (status == StatusCodes.Status426UpgradeRequired)
        {
            response.Headers.Connection = "close";
        }

        if (code == Problem.BudgetExhausted.Code)
        {
            // The vendors' clients retry on 429, which is pointless before midnight.
            response.Headers["x-should-retry"] = "false";
        }

        var message = $"Atlas: {sentence}";
        await response.Body.WriteAsync(
            isAnthropic
                ? JsonSerializer.SerializeToUtf8Bytes(new { type = "error", error = new { type = Kind(status), message } }, Readable)
                : JsonSerializer.SerializeToUtf8Bytes(new { error = new { message, type = Kind(status), param = (string?)null, code } }, Readable),
            CancellationToken.None).ConfigureAwait(false);
    }

    private static string Kind(int status) => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}
