using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Atlas.Models.Providers.Wire;

/// <summary>Removes from a request what its model refuses, one step for each refusal.</summary>
internal static partial class Negotiation
{
    private const string Schema = "response_format.json_schema";
    private const string JsonMode = "response_format.json_object";

    /// <summary>Removes what was refused before.</summary>
    public static void Apply(JsonObject request, ImmutableHashSet<string> refused, bool isAnthropic, CallNotes? notes)
    {
        if (refused.IsEmpty)
        {
            return;
        }

        foreach (var optional in Of(isAnthropic).Where(optional => refused.Contains(optional.Name)))
        {
            Remove(request, optional.Name, optional, refused, notes);
        }

        while (request["response_format"]?["type"]?.ToString() is { } type && refused.Contains($"response_format.{type}"))
        {
            NextFormat(request, refused, notes);
        }

        foreach (var message in Messages(request))
        {
            foreach (var name in message.Select(member => member.Key).Where(name => refused.Contains($"messages.{name}")).ToArray())
            {
                message.Remove(name);
                notes?.LeftOut.Enqueue($"messages.{name}");
            }
        }
    }

    /// <summary>Determines whether a refusal is about the content of the request. Some servers report that with a status of another meaning,
    /// or with a success status; then their words decide.</summary>
    public static bool IsAboutTheRequest(int status, ProviderReason reason) => status switch
    {
        400 or 422 or 501 => true,
        401 or 403 or 408 or 429 => false,
        _ => NotTaken().IsMatch(reason.Text),
    };

    /// <summary>Returns the member of the request that a reason names, in the form of <see cref="RefusedMembers"/>; null if it names none
    /// that can be left out.</summary>
    public static string? Refused(JsonObject request, ProviderReason reason, bool isAnthropic)
    {
        var present = Of(isAnthropic).Where(optional => optional.IsIn(request)).ToArray();

        // What the provider points at takes precedence over what its words happen to contain.
        foreach (var member in reason.Members)
        {
            if (MessageExtra(request, member) is { } extra)
            {
                return extra;
            }

            if (present.FirstOrDefault(optional => member == optional.Name || member.StartsWith(optional.Name + ".", StringComparison.Ordinal) || member.StartsWith(optional.Name + "[", StringComparison.Ordinal)) is { } pointed)
            {
                return Name(pointed, request);
            }
        }

        if (Messages(request).SelectMany(message => message.Select(member => member.Key)).FirstOrDefault(
            name => WireExtras.Is(name) && Regex.IsMatch(reason.Text, $@"(?<![A-Za-z_]){Regex.Escape(name)}(?![A-Za-z_])", RegexOptions.CultureInvariant)) is { } said)
        {
            return $"messages.{said}";
        }

        return present.Select(optional => (Optional: optional, At: optional.Words.Match(reason.Text) is { Success: true } match ? match.Index : int.MaxValue))
            .Where(found => found.At < int.MaxValue).OrderBy(found => found.At).Select(found => found.Optional).FirstOrDefault() is { } named
            ? Name(named, request)
            : null;
    }

    /// <summary>Determines whether a refusal applies to this call only: a token limit that is too large for what this prompt leaves.</summary>
    public static bool IsOfThisCall(string member, ProviderReason reason) =>
        member is "max_tokens" or "max_completion_tokens" && Size().IsMatch(reason.Text);

    private static Optional[] Of(bool isAnthropic) => isAnthropic ? Optional.OfAnthropic : Optional.OfOpenAI;

    private static string Name(Optional optional, JsonObject request) =>
        optional.Name == "response_format" ? $"response_format.{request["response_format"]?["type"]}" : optional.Name;

    private static void Remove(JsonObject request, string name, Optional optional, ImmutableHashSet<string> refused, CallNotes? notes)
    {
        if (name == "max_completion_tokens" && request["max_completion_tokens"] is { } limit)
        {
            // The older name; most servers know one of the two.
            request.Remove("max_completion_tokens");
            if (!refused.Contains("max_tokens"))
            {
                request["max_tokens"] = limit.DeepClone();
                return;
            }
        }
        else if (!optional.Remove(request))
        {
            return;
        }

        if (name == "stream")
        {
            request.Remove("stream_options");
        }

        notes?.LeftOut.Enqueue(name);
    }

    /// <summary>Falls back from a schema to JSON mode, then to no format; without a JSON mode, the schema comes first.</summary>
    private static void NextFormat(JsonObject request, ImmutableHashSet<string> refused, CallNotes? notes)
    {
        notes?.LeftOut.Enqueue($"response_format.{request["response_format"]!["type"]}");
        request["response_format"] =
            !refused.Contains(Schema) && notes?.Schema is { } schema ? JsonNode.Parse(schema.GetRawText())
            : !refused.Contains(JsonMode) ? new JsonObject { ["type"] = "json_object" }
            : null;
        if (request["response_format"] is null)
        {
            request.Remove("response_format");
        }
    }

    private static IEnumerable<JsonObject> Messages(JsonObject request) => (request["messages"] as JsonArray ?? []).OfType<JsonObject>();

    private static string? MessageExtra(JsonObject request, string member)
    {
        var name = member[(member.LastIndexOf('.') + 1)..];
        return member.StartsWith("messages", StringComparison.Ordinal) && WireExtras.Is(name) && Messages(request).Any(message => message.ContainsKey(name))
            ? $"messages.{name}"
            : null;
    }

    [GeneratedRegex(@"support|permitted|allowed|unknown|unrecogni[sz]ed|unexpected|invalid|deprecated|must be|only the default|\bextra\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotTaken();

    [GeneratedRegex(@"too (?:large|big|high|long|many)|at most|maximum|exceed|context|less than|must be (?:<|<=|between)|range", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Size();
}
