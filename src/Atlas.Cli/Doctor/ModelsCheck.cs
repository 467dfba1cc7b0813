using System.Globalization;
using Atlas.Configuration;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Atlas.Models.Providers.Probing;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Configured;

namespace Atlas.Cli.Doctor;

/// <summary>Checks the configured language models: whether each answers one small call.</summary>
internal sealed class ModelsCheck(IReadOnlyList<ConfiguredModel> models, ModelOptions limits) : ICheck
{
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        if (models.Count == 0)
        {
            return
            [
                Finding.Warning(
                    "models", "the configuration names no models; the offline synthesizer makes the playbooks, and no session is judged",
                    "Configure models in learning.llm and rim, and name the file with --config or ATLAS_CONFIG."),
            ];
        }

        List<(ConfiguredModel Model, ProbeShape Shape)> calls;
        try
        {
            calls = [.. models.Select(model => (model, ShapeOf(model)))];
        }
        catch (AgentException wrong)
        {
            return [Finding.Problem("agent.llm", wrong.Message, "Correct agent.response_format.")];
        }

        await using var factory = new ChatClientFactory(ChatClientFactoryOptions.Of(limits));
        var tries = calls.Select(call => (call.Model.Model, call.Shape)).Distinct().ToDictionary(
            call => call, call => ModelProbe.TryAsync(factory, call.Model, call.Shape, cancellationToken: cancellation));
        var findings = new List<Finding>();
        foreach (var (model, shape) in calls)
        {
            findings.Add(Describe(model, await tries[(model.Model, shape)]));
        }

        return findings;
    }

    private static Finding Describe(ConfiguredModel model, ModelProbeResult result) => result switch
    {
        { Answered: true, Model.Provider: LlmProvider.Offline } when model.Model.Provider is not LlmProvider.Offline => Finding.Warning(
            model.Path, "was not called: ATLAS_OFFLINE_MODE replaces every model with scripted answers", "Unset ATLAS_OFFLINE_MODE to try the model."),
        { Answered: true } => Finding.Ok(model.Path, string.Create(
            CultureInfo.InvariantCulture, $"{model.Model.Model} answered in {result.Elapsed.TotalSeconds:0.0} s ({result.Usage.TotalTokens} tokens){Without(result)}")),
        _ => Finding.Problem(model.Path, result.Problem!, AdviceFor(model, result)),
    };

    // Probes what each role really sends, because a server may accept one shape and refuse another.
    private static ProbeShape ShapeOf(ConfiguredModel model) => model.Path switch
    {
        "agent.llm" => new ProbeShape { Streams = true, HasTools = model.HasTools, Format = ResponseFormats.Of(model.ResponseFormat) },
        "rim.small_model" => new ProbeShape { Schema = true, Temperature = 0.2f },
        "rim.large_model" => new ProbeShape { Schema = true, Temperature = 0.3f },
        "learning.llm" => new ProbeShape { Schema = true },
        _ => new ProbeShape { Json = true },
    };

    private static string Without(ModelProbeResult result) =>
        result.LeftOut.IsEmpty ? "" : $"; it refuses {string.Join(", ", result.LeftOut.Distinct())}, so calls leave that out";

    private static string AdviceFor(ConfiguredModel model, ModelProbeResult result)
    {
        var (path, key) = (model.Path, model.Model.ApiKeyEnv);
        return result.Failure switch
        {
            ModelFailure.Configuration when result.StatusCode is 404 => $"Check {path}.model, and then {path}.api_base.",
            ModelFailure.Configuration => $"Set what is missing in the environment of the silo and the agents, or change {path}.",
            ModelFailure.NotAllowed => $"Check that {key} contains a valid key for this provider, and that its account has access to the model.",
            ModelFailure.BadRequest => $"Change {path}; the provider's message says what it rejects.",
            ModelFailure.RateLimited => "Try again later, or check the limits and the credit of the account.",
            ModelFailure.TimedOut => $"Try again. If the model stays slow, raise {path}.timeout_seconds or use a smaller model.",
            ModelFailure.Unreachable => $"Check that {path}.api_base is correct, that something listens there, and that the network allows the call.",
            ModelFailure.ServerError => "Try again later; the problem is at the provider.",
            ModelFailure.Refused or ModelFailure.Incomplete => "Try again. If it happens again, check the provider's log of the call.",
            ModelFailure.Unreadable => $"Something other than the provider seems to answer there. Check {path}.api_base and {path}.provider.",
            _ => $"Check {path}.",
        };
    }
}
