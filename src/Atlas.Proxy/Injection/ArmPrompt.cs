using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Atlas.Domain.Experiments;
using Atlas.Domain.Json;
using Atlas.Proxy.Requests;
using Atlas.Proxy.Routing;
using static Atlas.Proxy.Injection.InjectedBlock;

namespace Atlas.Proxy.Injection;

/// <summary>Writes the system prompt of an experiment's arm into a body, in the place of the client's own. This is the one case in which the
/// proxy changes what the client wrote, and only the sessions of that arm have it.</summary>
internal static class ArmPrompt
{
    private const string Own = "{base_prompt}";

    /// <summary>Returns the body with the arm's prompt, scanned again, so that the playbook goes around that prompt as it goes around the
    /// client's own. Without such an arm, it is the body that came.</summary>
    public static (ReadOnlyMemory<byte> Body, ScannedRequest Scanned) Apply(ReadOnlyMemory<byte> body, ScannedRequest scanned, CallKind kind, ArmSettings? settings)
    {
        if (settings?.SystemPrompt is not { } template || Splices(body, scanned, kind, settings, template) is not { Count: > 0 } splices)
        {
            return (body, scanned);
        }

        using var spliced = new SplicedBody(body, splices);
        var written = new byte[spliced.Length];
        spliced.ReadExactly(written);
        return RequestScanner.Scan(written, kind) is { } again ? (written, again) : (body, scanned);
    }

    private static IReadOnlyList<Splice> Splices(ReadOnlyMemory<byte> body, ScannedRequest request, CallKind kind, ArmSettings settings, string template)
    {
        switch (kind)
        {
            case CallKind.Chat when request.List.IsThere && !request.ListIsEmpty:
                return request.Leading is [var turn, ..] && turn.Content.Form is ContentForm.Text or ContentForm.Blocks
                    ? Into(turn.Content, "text")
                    : [new Splice(request.List.Start + 1, 0, Join(Utf8("""{"role":"system","content":"""), Quoted(settings.Prompt("")), Utf8("},")))];
            case CallKind.Responses when request.System.Form is ContentForm.None && !request.SystemNull.IsThere
                && request.Leading is [var first, ..] && first.Content.Form is ContentForm.Text or ContentForm.Blocks:
                return Into(first.Content, "input_text");
            case CallKind.Responses:
                return Member("instructions", "input_text");
            case CallKind.Messages or CallKind.CountTokens:
                return Member("system", "text");
            default:
                return [];
        }

        IReadOnlyList<Splice> Member(string name, string type) => request.System.Form switch
        {
            ContentForm.Text or ContentForm.Blocks => Into(request.System, type),
            ContentForm.Other => [],
            _ when request.SystemNull.IsThere => [Instead(request.SystemNull, Quoted(settings.Prompt("")))],
            _ => [Injector.Member(request, name, Quoted(settings.Prompt("")))],
        };

        IReadOnlyList<Splice> Into(Content content, string type) => content.Form is ContentForm.Text
            ? [Instead(content.At, Quoted(settings.Prompt(Text(body, content.At))))]
            : IntoBlocks(content, type);

        // The client's blocks stay as they are, with their cache markers, if the template has a place for them.
        IReadOnlyList<Splice> IntoBlocks(Content content, string type)
        {
            var own = content.Blocks.SkipWhile(block => block.MustBeFirst).ToList();
            var at = template.IndexOf(Own, StringComparison.Ordinal);
            if (own.Count == 0)
            {
                var alone = Block(settings.Prompt(""), type);
                return content.Blocks.Count == 0 ? [new Splice(content.At.Start + 1, 0, alone)] : [new Splice(content.Blocks[^1].At.End, 0, Join(Utf8(","), alone))];
            }

            if (at < 0)
            {
                return [Instead(new Place(own[0].At.Start, own[^1].At.End), Block(template, type))];
            }

            var (before, after) = (template[..at], settings with { SystemPrompt = template[(at + Own.Length)..] });
            var splices = new List<Splice>();
            if (!string.IsNullOrWhiteSpace(before))
            {
                splices.Add(new Splice(own[0].At.Start, 0, Join(Block(before, type), Utf8(","))));
            }

            if (!string.IsNullOrWhiteSpace(after.SystemPrompt))
            {
                var words = string.Join("\n\n", own.Where(block => block.IsText).Select(block => TextOf(body, block)));
                splices.Add(new Splice(own[^1].At.End, 0, Join(Utf8(","), Block(after.Prompt(words), type))));
            }

            return splices;
        }
    }

    private static Splice Instead(Place place, byte[] bytes) => new(place.Start, place.End - place.Start, bytes);

    private static string Text(ReadOnlyMemory<byte> body, Place place)
    {
        using var parsed = JsonDocument.Parse(body[place.Start..place.End]);
        return SafeJson.Text(parsed.RootElement);
    }

    private static string TextOf(ReadOnlyMemory<byte> body, Block block)
    {
        using var parsed = JsonDocument.Parse(body[block.At.Start..block.At.End]);
        return RequestText(parsed.RootElement);
    }

    private static string RequestText(JsonElement block) =>
        block.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String ? SafeJson.Text(text) : "";

    private static byte[] Block(string text, string type) => Join(Utf8($"{{\"type\":\"{type}\",\"text\":"), Quoted(text.Trim()), Utf8("}"));

    private static byte[] Quoted(string text) => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");
}
