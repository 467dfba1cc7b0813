using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atlas.Domain.Json;

namespace Atlas.Models.Providers.Wire;

/// <summary>Why a provider gave no answer, in its own words, wherever they are in the body.</summary>
/// <param name="Text">One line without control characters and of bounded length; empty if the body gives no reason.</param>
/// <param name="Members">Members of the request that the reason points at, such as <c>temperature</c> or <c>messages.1.reasoning</c>.</param>
/// <param name="Status">The HTTP status named in the body; null if it names none.</param>
internal sealed partial record ProviderReason(string Text, ImmutableArray<string> Members, int? Status)
{
    private const int LongestText = 400;
    private const int MostReasons = 5;

    /// <summary>Where an object can have the reason, the most specific first.</summary>
    private static readonly string[] Places = ["error", "errors", "message", "detail", "details", "error_description", "msg", "reason", "title", "type", "code"];

    /// <summary>Finds the reason in a body.</summary>
    public static ProviderReason Of(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var trimmed = body.Trim().TrimStart('\uFEFF');
        try
        {
            return Of(JsonElement.Parse(trimmed));
        }
        catch (JsonException)
        {
            // Then it is a page, an event, or plain text.
        }

        if (trimmed.StartsWith('<'))
        {
            return new(Line(Title(trimmed)), [], null);
        }

        return EventData().Match(trimmed) is { Success: true } data ? Of(data.Groups[1].Value) : new(Line(trimmed), [], null);
    }

    /// <summary>Finds the reason in a JSON body.</summary>
    public static ProviderReason Of(JsonElement body)
    {
        var members = ImmutableArray.CreateBuilder<string>();
        var text = Line(Words(body, members, 0));
        return new(text, members.ToImmutable(), StatusOf(body));
    }

    /// <summary>Converts a text to one line that is safe to print: no control or direction characters, and not too long.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in ControlSequence().Replace(text, " ").EnumerateRunes())
        {
            if (line.Length >= LongestText)
            {
                line.Append('…');
                break;
            }

            var isHidden = Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control
                or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
                or System.Globalization.UnicodeCategory.ParagraphSeparator;
            line.Append(isHidden ? " " : rune.ToString());
        }

        return Spaces().Replace(line.ToString(), " ").Trim();
    }

    private static string Words(JsonElement value, ImmutableArray<string>.Builder members, int depth)
    {
        if (depth > 6)
        {
            return "";
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                var text = SafeJson.Text(value);

                // A gateway passes on the error of the model behind it as text.
                return text.TrimStart().StartsWith('{') && Inside(text) is { } inner && Words(inner, members, depth + 1) is { Length: > 0 } said ? said : text;
            case JsonValueKind.Array:
                return string.Join("; ", value.EnumerateArray().Take(MostReasons).Select(item => Words(item, members, depth + 1)).Where(words => words.Length > 0));
            case JsonValueKind.Object:
                return OfObject(value, members, depth);
            default:
                return "";
        }
    }

    private static string OfObject(JsonElement value, ImmutableArray<string>.Builder members, int depth)
    {
        if (value.TryGetProperty("param", out var param) && param.ValueKind == JsonValueKind.String)
        {
            members.Add(SafeJson.Text(param));
        }

        var place = value.TryGetProperty("loc", out var loc) && loc.ValueKind == JsonValueKind.Array
            ? string.Join('.', loc.EnumerateArray().Select(step => step.ToString()).SkipWhile(step => step == "body"))
            : "";
        if (place.Length > 0)
        {
            members.Add(place);
        }

        foreach (var name in Places)
        {
            if (value.TryGetProperty(name, out var member) && Words(member, members, depth + 1) is { Length: > 0 } words)
            {
                // Gateways say that "the provider returned an error" and put the error next to it.
                var raw = value.TryGetProperty("metadata", out var more) && more.ValueKind == JsonValueKind.Object && more.TryGetProperty("raw", out var upstream)
                    ? Words(upstream, members, depth + 1)
                    : "";
                return (place.Length == 0 ? words : $"{place}: {words}") + (raw.Length == 0 ? "" : $" ({raw})");
            }
        }

        return "";
    }

    private static JsonElement? Inside(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int? StatusOf(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Array && body.GetArrayLength() > 0)
        {
            return StatusOf(body[0]);
        }

        if (body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (body.TryGetProperty("error", out var error) && StatusOf(error) is { } within)
        {
            return within;
        }

        foreach (var name in (string[])["status", "status_code", "code"])
        {
            if (body.TryGetProperty(name, out var code)
                && int.TryParse(code.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var status) && status is >= 400 and < 600)
            {
                return status;
            }
        }

        return body.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? SafeJson.Text(type) switch
            {
                "invalid_request_error" => 400,
                "authentication_error" => 401,
                "permission_error" => 403,
                "not_found_error" => 404,
                "rate_limit_error" or "rate_limit_exceeded" => 429,
                "overloaded_error" or "api_error" or "server_error" or "InternalServerError" => 500,
                _ => null,
            }
            : null;
    }

    /// <summary>Returns the title of a page, or its first heading; for XML, the message of an error.</summary>
    private static string Title(string page)
    {
        var title = TitleElement().Match(page);
        return title.Success ? System.Net.WebUtility.HtmlDecode(Tags().Replace(title.Groups[2].Value, " ")) : "";
    }

    [GeneratedRegex(@"<(title|h1|Message)\b[^>]*>(.{1,2000}?)</\1>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TitleElement();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\A(?::[^\n]*\n|event:[^\n]*\n|\s)*data:\s*([^\r\n]+)", RegexOptions.CultureInvariant)]
    private static partial Regex EventData();

    [GeneratedRegex(@"\x1B\[[0-9;?]*[ -/]*[@-~]|\x1B\][^\x07\x1B]*(?:\x07|\x1B\\)", RegexOptions.CultureInvariant)]
    private static partial Regex ControlSequence();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
