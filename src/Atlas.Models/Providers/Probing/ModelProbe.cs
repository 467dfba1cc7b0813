using System.ComponentModel.DataAnnotations;
using Atlas.Learning.Options;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers.Probing;

/// <summary>Tries models with one small call each.</summary>
public static class ModelProbe
{
    /// <summary>Enough for a word, and as little as some providers allow.</summary>
    private const int OutputTokens = 16;

    private static readonly ChatMessage[] Question = [new(ChatRole.User, "Answer with the word ok.")];

    /// <summary>Tries one model, once, whatever its retries say.</summary>
    /// <param name="factory">Makes the client.</param>
    /// <param name="parameters">The model.</param>
    /// <param name="time">Measures how long it takes; null for the system's clock.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>What came of it; only cancellation is thrown.</returns>
    public static async Task<ModelProbeResult> TryAsync(
        ChatClientFactory factory, LlmParameters parameters, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(parameters);
        time ??= TimeProvider.System;
        var began = time.GetTimestamp();
        try
        {
            using var client = factory.Create(parameters with { Retry = new RetryOptions() });
            var options = new ChatOptions { MaxOutputTokens = Math.Min(OutputTokens, parameters.MaxOutputTokens ?? OutputTokens) };
            var response = await client.GetResponseAsync(Question, options, cancellationToken).ConfigureAwait(false);

            // A model that thinks first may have used its few tokens up before it came to a word: it answers all the same.
            return new ModelProbeResult(client.GetService<ModelDescription>(), null, null, time.GetElapsedTime(began), ModelUsage.Of(response));
        }
        catch (ModelException failure)
        {
            return new ModelProbeResult(null, failure.Failure, failure.Message, time.GetElapsedTime(began), ModelUsage.None) { StatusCode = failure.StatusCode };
        }
        catch (ValidationException wrong)
        {
            return new ModelProbeResult(null, ModelFailure.Configuration, wrong.Message, time.GetElapsedTime(began), ModelUsage.None);
        }
    }
}
