using System.Text.Json;
using Atlas.Learning.Options;
using Microsoft.Extensions.AI;
using Effort = Microsoft.Extensions.AI.ReasoningEffort;

namespace Atlas.Models.Providers.Chat;

/// <summary>Fills in what a call leaves open, and leaves out what the model does not take.</summary>
internal sealed class CallSettings(LlmParameters parameters, ModelDescription model)
{
    /// <summary>Models of OpenAI that reason: they refuse any temperature and top-p but their own. Anthropic's protocol has
    /// neither of them any more.</summary>
    private static readonly string[] ReasoningModels = ["o1", "o3", "o4", "gpt-5"];

    private readonly bool _reasons = model.Provider is LlmProvider.OpenAI or LlmProvider.AzureOpenAI
        && ReasoningModels.Any(prefix => model.Model.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The options of a call; the given ones are not changed. A schema that the model is not known to take is asked for as
    /// JSON, and is at hand if it has no JSON mode.</summary>
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
