using System.Text;
using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Models.Providers.Wire;

/// <summary>The body of an answer with status 200: events, or one JSON value. Its first character decides, not its header: servers send
/// events as plain text, and errors as a stream.</summary>
internal sealed record AnswerBody
{
    private const int LargestAnswer = 64 * 1024 * 1024;
    private static readonly string[] EventFields = ["data:", "event:", "id:", "retry:", ":"];

    /// <summary>Gets the events, which can be read once; null if there are none.</summary>
    public Stream? Events { get; private init; }

    /// <summary>Gets the JSON value; undefined if there are events.</summary>
    public JsonElement Json { get; private init; }

    /// <exception cref="ModelException">The body is neither.</exception>
    public static async Task<AnswerBody> ReadAsync(HttpResponseMessage response, Voice voice, bool streams, CancellationToken ct)
    {
        var kind = response.Content.Headers.ContentType?.MediaType ?? "";
        var isStream = kind == "text/event-stream";
        if (!isStream)
        {
            await response.Content.LoadIntoBufferAsync(LargestAnswer, ct).ConfigureAwait(false);
        }

        var stream = new PeekedStream(await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false));
        if (isStream && await stream.FirstAsync(ct).ConfigureAwait(false) is not ((byte)'{' or (byte)'[' or (byte)'<'))
        {
            return new AnswerBody { Events = stream };
        }

        var text = (await new StreamReader(stream, Encoding.UTF8).ReadToEndAsync(ct).ConfigureAwait(false)).Trim().TrimStart('\uFEFF');
        if (EventFields.Any(field => text.StartsWith(field, StringComparison.Ordinal)))
        {
            return new AnswerBody { Events = new MemoryStream(Encoding.UTF8.GetBytes(text)) };
        }

        if (text.StartsWith('{') || text.StartsWith('['))
        {
            try
            {
                return new AnswerBody { Json = SafeJson.Whole(JsonElement.Parse(text)) };
            }
            catch (JsonException broken)
            {
                throw voice.Failure(ModelFailure.Unreadable, $"answered with JSON that cannot be read ({ProviderReason.Line(broken.Message).TrimEnd('.')})");
            }
        }

        var wanted = streams ? "a stream of events" : "JSON";
        var came = text.Length == 0 ? "nothing at all" : kind.Length == 0 ? "a text of no kind" : ProviderReason.Line(kind);
        throw voice.Failure(
            ModelFailure.Unreadable,
            $"answered with {came} where {wanted} was asked for; 'api_base' may be wrong, or a proxy answered in its place",
            ProviderReason.Of(text).Text);
    }
}
