using System.Globalization;
using Atlas.Learning.Options;
using Atlas.Models.Providers.Routing;

namespace Atlas.Models.Providers.Wire;

/// <summary>Speaks of a model's failures: who it was, what it said, and never a key.</summary>
/// <param name="route">Which model.</param>
/// <param name="secrets">What must not show.</param>
internal sealed class Voice(ModelRoute route, Secrets secrets)
{
    /// <summary>Provider and model, as in <c>openai (model 'gpt-4.1')</c>.</summary>
    public string Who { get; } = $"{ModelRoute.NameOf(route.Provider)} (model '{route.Model}')";

    /// <summary>Whether it speaks Anthropic's protocol; everybody else speaks OpenAI's.</summary>
    public bool IsAnthropic => route.Provider == LlmProvider.Anthropic;

    /// <summary>A failure, as a sentence about the model.</summary>
    /// <param name="failure">Its kind.</param>
    /// <param name="what">What the model did, without a full stop.</param>
    /// <param name="said">The provider's own words; blank if there are none.</param>
    public ModelException Failure(ModelFailure failure, string what, string said = "") =>
        new(failure, $"{Who} {what}{(said.Length == 0 ? "." : $": {secrets.Hide(said)}")}");

    /// <summary>What the provider said instead of an answer.</summary>
    /// <param name="reason">Its words.</param>
    /// <param name="status">The HTTP status, or the one that the words name.</param>
    /// <param name="where">Where the words stood, if not in an answer with that status, as in <c>in the middle of its answer</c>.</param>
    public ModelException Refusal(ProviderReason reason, int status, string? where = null)
    {
        var (failure, what) = status switch
        {
            401 or 403 => (ModelFailure.NotAllowed, "does not accept the key, or the key may not use this model"),
            404 => (ModelFailure.Configuration, "knows no such model, or 'api_base' is wrong"),
            408 => (ModelFailure.TimedOut, "gave the call up because it took too long"),
            429 => (ModelFailure.RateLimited, "takes no more calls for now, or the account has no credit"),
            >= 500 => (ModelFailure.ServerError, "has trouble of its own"),
            _ => (ModelFailure.BadRequest, "does not accept the call"),
        };
        var place = where is null ? string.Create(CultureInfo.InvariantCulture, $"(status {status})") : $"({where})";
        var said = reason.Text.Length == 0 ? "." : $": {secrets.Hide(reason.Text)}";
        return new ModelException(failure, $"{Who} {what} {place}{said}") { StatusCode = status, Reason = reason };
    }
}
