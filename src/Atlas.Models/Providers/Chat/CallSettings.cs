using System.Text.Json;
using Atlas.Learning.Options;
using Microsoft.Extensions.AI;
using Effort = Microsoft.Extensions.AI.ReasoningEffort;

namespace Atlas.Models.Providers.Chat;

/// <summary>Fills in what a call does not set, and removes what the model does not accept.</summary>
internal sealed class CallSettings(LlmParameters parameters, ModelDescription model)
{
    /// <summary>Reasoning models of OpenAI, which only accept their own temperature and top-p. Anthropic's protocol no longer has either.</summary>
    private static readonly string[] ReasoningModels = ["o1", "o3", "o4", "gpt-5"];

    private readonly bool _reasons = model.Provider is LlmProvider.OpenAI or LlmProvider.AzureOpenAI
        && ReasoningModels.Any(prefix => model.Model.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the options of a call without changing the given ones. If the model is not known to accept a schema, the options ask
    /// for JSON, and the schema is returned for a server that has no JSON mode.</summary>
    public (ChatOptions Options, JsonElement? Schema) Apply(ChatOptions? given)
    {
        var options = given?.Clone() ?? new ChatOptions();
        options.ModelId ??= model.Model;
        options.Temperature = parameters.Temperature is { } usual ? options.Temperature ?? (float)usual : null;
        options.TopP ??= (float?)parameters.TopP;
        options.MaxOutputTokens ??= parameters.MaxOutputTokens;
        if (parameters.ReasoningEffort is { } effort)
        {
            options.Reasoning ??= new ReasoningOptions { Effort = EffortOf(effort) };
        }

        if (RefusesSampling)
        {
            (options.Temperature, options.TopP) = (null, null);
        }

        if (options.ResponseFormat is not ChatResponseFormatJson { Schema: { } schema } format || model.TakesJsonSchema)
        {
            return (options, null);
        }

        options.ResponseFormat = ChatResponseFormat.Json;
        return (options, JsonSerializer.SerializeToElement(new
        {
            type = "json_schema",
            json_schema = new { name = format.SchemaName ?? "answer", schema, strict = true },
        }));
    }

    private bool RefusesSampling => _reasons || model.Provider == LlmProvider.Anthropic;

    private static Effort EffortOf(Learning.Options.ReasoningEffort effort) => effort switch
    {
        Learning.Options.ReasoningEffort.Low => Effort.Low,
        Learning.Options.ReasoningEffort.High => Effort.High,
        _ => Effort.Medium,
    };
}
