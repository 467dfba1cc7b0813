using Atlas.Learning.Options;
using Atlas.Models.Providers.Routing;
using Microsoft.Extensions.AI;
using Effort = Microsoft.Extensions.AI.ReasoningEffort;

namespace Atlas.Models.Providers.Chat;

/// <summary>Fills in what a call leaves open, and leaves out what the model does not take.</summary>
internal sealed class CallSettings(LlmParameters parameters, ModelRoute route)
{
    /// <summary>Models of OpenAI that reason: they refuse any temperature and top-p but their own. Anthropic's protocol has
    /// neither of them any more.</summary>
    private static readonly string[] ReasoningModels = ["o1", "o3", "o4", "gpt-5"];

    private readonly bool _reasons = route.Provider is LlmProvider.OpenAI or LlmProvider.AzureOpenAI
        && ReasoningModels.Any(prefix => route.Model.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The options of a call; the given ones are not changed.</summary>
    public ChatOptions Apply(ChatOptions? given)
    {
        var options = given?.Clone() ?? new ChatOptions();
        options.ModelId ??= route.Model;
        options.Temperature ??= (float)parameters.Temperature;
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

        return options;
    }

    private bool RefusesSampling => _reasons || route.Provider == LlmProvider.Anthropic;

    private static Effort EffortOf(Learning.Options.ReasoningEffort effort) => effort switch
    {
        Learning.Options.ReasoningEffort.Low => Effort.Low,
        Learning.Options.ReasoningEffort.High => Effort.High,
        _ => Effort.Medium,
    };
}
