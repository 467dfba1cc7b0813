using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Proxy.Requests;
using Atlas.Proxy.Routing;

namespace Atlas.Proxy.Sessions;

/// <summary>Determines the learning key of a call from, in this order: the address, Atlas's header, the model's name, OpenAI's metadata,
/// and the API key's default.</summary>
internal static class KeyLadder
{
    public const string Header = "x-atlas-learning-key";
    private const string ModelMark = "atlas::";

    /// <summary>Returns the learning key as the caller writes it; null for none: the call then passes, and nothing is learned from
    /// it.</summary>
    /// <exception cref="ProblemException">The model's name begins like one with a learning key, but is not valid.</exception>
    public static string? Of(ProxyRoute route, HttpRequest request, ScannedRequest? body, CallKind kind, Caller caller) =>
        Text(route.LearningKey)
        ?? Text(request.Headers[Header].ToString())
        ?? Text(OfModel(body?.Model).Key)
        ?? (kind.IsAnthropic() ? null : Text(body?.LearningKey))
        ?? caller.DefaultKey;

    /// <summary>Returns the learning key in <c>atlas::KEY::MODEL</c>, and the actual model.</summary>
    /// <exception cref="ProblemException">The name contains no model.</exception>
    public static (string? Key, string? Model) OfModel(string? model)
    {
        if (model is null || !model.StartsWith(ModelMark, StringComparison.Ordinal))
        {
            return (null, model);
        }

        var end = model.LastIndexOf("::", StringComparison.Ordinal);
        return end > ModelMark.Length && end + 2 < model.Length
            ? (model[ModelMark.Length..end], model[(end + 2)..])
            : throw Problem.InvalidRequest.With("A model that begins with 'atlas::' must have the form 'atlas::LEARNING-KEY::MODEL', for example 'atlas::support/refunds::gpt-5'.");
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
