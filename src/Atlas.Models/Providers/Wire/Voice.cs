using System.Globalization;
using Atlas.Learning.Options;
using Atlas.Models.Providers.Routing;

namespace Atlas.Models.Providers.Wire;

/// <summary>Formulates the failures of a model: who it was and what it said, without any key.</summary>
/// <param name="route">The model.</param>
/// <param name="secrets">The values to hide.</param>
internal sealed class Voice(ModelRoute route, Secrets secrets)
{
    /// <summary>Gets provider and model, as in <c>openai (model 'gpt-4.1')</c>.</summary>
    public string Who { get; } = $"{ModelRoute.NameOf(route.Provider)} (model '{route.Model}')";

    /// <summary>Gets a value indicating whether the model speaks Anthropic's protocol; all others speak OpenAI's.</summary>
    public bool IsAnthropic => route.Provider == LlmProvider.Anthropic;

    /// <summary>Creates a failure with a sentence about the model.</summary>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="what">What the model did, without a full stop.</param>
    /// <param name="said">The provider's own words; blank if there are none.</param>
    public ModelException Failure(ModelFailure failure, string what, string said = "") =>
        new(failure, $"{Who} {what}{(said.Length == 0 ? "." : $": {secrets.Hide(said)}")}");

    /// <summary>Creates the failure for what the provider said instead of an answer.</summary>
    /// <param name="reason">Its words.</param>
    /// <param name="status">The HTTP status, or the one that the words name.</param>
    /// <param name="where">Where the words were, if not in an answer with that status, as in <c>in the middle of its answer</c>.</param>
    public ModelException Refusal(ProviderReason reason, int status, string? where = null)
    {
        var (failure, what) = status switch
        {
            401 or 403 => (ModelFailure.NotAllowed, "does not accept the key, or the key has no access to this model"),
            404 => (ModelFailure.Configuration, "does not have this model, or 'api_base' is wrong"),
            408 => (ModelFailure.TimedOut, "gave up the call because it took too long"),
            429 => (ModelFailure.RateLimited, "accepts no more calls for now, or the account has no credit"),
            >= 500 => (ModelFailure.ServerError, "had an internal error"),
            _ => (ModelFailure.BadRequest, "does not accept the call"),
        };
        var place = where is null ? string.Create(CultureInfo.InvariantCulture, $"(status {status})") : $"({where})";
        var said = reason.Text.Length == 0 ? "." : $": {secrets.Hide(reason.Text)}";
        return new ModelException(failure, $"{Who} {what} {place}{said}") { StatusCode = status, Reason = reason };
    }
}
