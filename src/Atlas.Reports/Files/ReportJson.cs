using System.Text.Encodings.Web;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Reports.Documents;

namespace Atlas.Reports.Files;

/// <summary>Writes reports as JSON: indented by two spaces, with everything outside ASCII escaped.</summary>
public static class ReportJson
{
    private static readonly JavaScriptEncoder Ascii = JavaScriptEncoder.Default;

    /// <summary>The serializer options for the documents.</summary>
    public static JsonSerializerOptions Options { get; } = new(AtlasJson.Indented) { Encoder = Ascii };

    /// <summary>Writes a report with all its sessions, without loading all of them into memory.</summary>
    /// <param name="report">The report; its own list of sessions is not written.</param>
    /// <param name="sessions">The sessions, each a JSON text, in order.</param>
    /// <param name="output">The stream to write to; left open.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public static async Task WriteAsync(
        LearningReport report, IAsyncEnumerable<string> sessions, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(sessions);
        var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = Ascii });
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            foreach (var member in JsonSerializer.SerializeToElement(report with { Sessions = [] }, Options).EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                if (!member.NameEquals("sessions"))
                {
                    member.Value.WriteTo(writer);
                    continue;
                }

                writer.WriteStartArray();
                await foreach (var session in sessions.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    using var document = JsonDocument.Parse(session);
                    document.RootElement.WriteTo(writer);
                    if (writer.BytesPending > 64 * 1024)
                    {
                        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                    }
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }
    }
}
