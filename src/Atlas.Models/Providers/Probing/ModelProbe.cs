using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Options;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers.Probing;

/// <summary>Tests models with one small call each.</summary>
public static class ModelProbe
{
    /// <summary>Enough for a word, and the minimum that some providers allow.</summary>
    private const int OutputTokens = 16;

    private static readonly ChatMessage[] Question = [new(ChatRole.User, "Answer with the word ok.")];
    private static readonly ChatMessage[] JsonQuestion = [new(ChatRole.User, "Answer with the JSON object {\"answer\": \"ok\"} and nothing else.")];
    private static readonly JsonElement AnswerSchema = JsonElement.Parse(
        """{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"],"additionalProperties":false}""");

    /// <summary>Tests a model with a single attempt, whatever its retry settings are.</summary>
    /// <param name="factory">Creates the client.</param>
    /// <param name="parameters">The model.</param>
    /// <param name="shape">The shape of what its role will send; null for a plain question.</param>
    /// <param name="time">The clock that measures the duration; null for the system clock.</param>
    /// <param name="cancellationToken">Cancels the test.</param>
    /// <returns>The result; only cancellation is thrown.</returns>
    public static async Task<ModelProbeResult> TryAsync(
        ChatClientFactory factory, LlmParameters parameters, ProbeShape? shape = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(parameters);
        time ??= TimeProvider.System;
        var began = time.GetTimestamp();
        try
        {
            using var client = factory.Create(parameters with { Retry = new RetryOptions() });
            var role = shape ?? ProbeShape.Plain;
            var question = role.Json || role.Schema || role.Format is ChatResponseFormatJson ? JsonQuestion : Question;
            var options = OptionsOf(role, parameters);
            var response = role.Streams
                ? await client.GetStreamingResponseAsync(question, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false)
                : await client.GetResponseAsync(question, options, cancellationToken).ConfigureAwait(false);
            return new ModelProbeResult(client.GetService<ModelDescription>(), null, null, time.GetElapsedTime(began), TokenUsage.Of(response))
            {
                LeftOut = [.. LeftOutParameters.Of(response)],
            };
        }
        catch (ModelException thinking) when (thinking.Failure is ModelFailure.Empty)
        {
            // A reasoning model can use up its few tokens before the first word. It has answered all the same.
            using var client = factory.Create(parameters);
            return new ModelProbeResult(client.GetService<ModelDescription>(), null, null, time.GetElapsedTime(began), new TokenUsage(1, 0, 0));
        }
        catch (ModelException failure)
        {
            return new ModelProbeResult(null, failure.Failure, failure.Message, time.GetElapsedTime(began), TokenUsage.None) { StatusCode = failure.StatusCode };
        }
        catch (ValidationException wrong)
        {
            return new ModelProbeResult(null, ModelFailure.Configuration, wrong.Message, time.GetElapsedTime(began), TokenUsage.None);
        }
    }

    private static ChatOptions OptionsOf(ProbeShape role, LlmParameters parameters) => new()
    {
        MaxOutputTokens = Math.Min(OutputTokens, parameters.MaxOutputTokens ?? OutputTokens),
        Temperature = role.Temperature,
        ResponseFormat = role.Schema ? ChatResponseFormat.ForJsonSchema(AnswerSchema, "answer") : role.Json ? ChatResponseFormat.Json : role.Format,
        AdditionalProperties = role.Schema ? new() { ["strict"] = true } : null,
        Tools = role.HasTools ? [AIFunctionFactory.Create(() => "ok", "look_up", "Looks something up. Not needed for this question.")] : null,
        ToolMode = role.HasTools ? ChatToolMode.Auto : null,
    };
}
