using System.Text.Json;
using Atlas.Configuration.AdaptiveTeaching;
using Atlas.Configuration.Agents;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Rewards;
using Atlas.Configuration.Storage;
using Atlas.Learning.Options;
using Atlas.Learning.Redaction;

namespace Atlas.Configuration.Binding;

/// <summary>Rules between keys. A rule is left out where one of its keys is wrong by itself; that was told already.</summary>
internal sealed class CrossFieldRules
{
    private readonly ValueSources _sources;
    private readonly ProblemLog _log;
    private readonly HashSet<string> _wrong;

    private CrossFieldRules(ValueSources sources, ProblemLog log)
    {
        _sources = sources;
        _log = log;
        _wrong = [.. log.Errors.Select(error => error.Path)];
    }

    public static void Check(AtlasConfiguration configuration, ValueSources sources, ProblemLog log)
    {
        var rules = new CrossFieldRules(sources, log);
        rules.WhenSound("agent", configuration.Agent, rules.Agent);
        rules.WhenSound("storage", configuration.Storage, rules.Storage);
        rules.WhenSound("adaptive_teaching.probe.thresholds", configuration.AdaptiveTeaching.Probe.Thresholds, rules.Thresholds);
        rules.WhenSound("adaptive_teaching.reward", configuration.AdaptiveTeaching.Reward, rules.Reward);
        rules.WhenSound("learning.rubric_weights", configuration.Learning.RubricWeights, rules.RubricWeights);
        rules.WhenSound("learning.llm", configuration, rules.Synthesizer);
        rules.WhenSound("learning.redaction_except", configuration.Learning, rules.RedactionKinds);
        rules.Advice(configuration.Learning);
        foreach (var (path, model) in Models(configuration))
        {
            rules.WhenSound(path, model, parameters => rules.KeyVariable(path, parameters));
            rules.WhenSound(path, model, parameters => rules.UnknownToProvider(path, parameters));
        }
    }

    private static IEnumerable<(string Path, LlmParameters? Model)> Models(AtlasConfiguration configuration) =>
    [
        ("agent.llm", (configuration.Agent as ChatAgentOptions)?.Llm),
        ("teacher.llm", configuration.Teacher?.Llm),
        ("rim.small_model", configuration.Rim?.SmallModel),
        ("rim.large_model", configuration.Rim?.LargeModel),
        ("learning.llm", configuration.Learning.Llm),
        ("adaptive_teaching.probe.llm", configuration.AdaptiveTeaching.Probe.Llm),
    ];

    private void WhenSound<T>(string path, T? block, Action<T> rule)
        where T : class
    {
        if (block is not null && !_wrong.Any(wrong => wrong == path || wrong.StartsWith(path + ".", StringComparison.Ordinal)))
        {
            rule(block);
        }
    }

    private void Agent(AgentOptions agent)
    {
        if (agent is ChatAgentOptions { Llm.Provider: LlmProvider.Google })
        {
            Error("agent.llm.provider", "is google, but must be one of openai, anthropic, azure-openai, bedrock, gemini, xai, offline; use gemini.");
        }

        if (agent is ChatAgentOptions { MetadataDigest.ProviderCharBudgets: var budgets })
        {
            var providers = ((Schema.ChoiceSchema)((Schema.BlockSchema)Schema.SchemaOfRecords.Of(typeof(LlmParameters))).Find("provider")!.Value)
                .Choices.Select(choice => choice.Key).ToArray();
            foreach (var name in budgets.Keys.Except(providers))
            {
                Error($"agent.metadata_digest.provider_char_budgets.{name}", $"is not a provider; known providers are {string.Join(", ", providers)}.");
            }
        }

        for (var i = 0; i < agent.Tools.Length; i++)
        {
            Tool(agent, i);
        }

        for (var i = 0; i < agent.McpServers.Length; i++)
        {
            ToolServer(agent, i);
        }
    }

    private void ToolServer(AgentOptions agent, int index)
    {
        var server = agent.McpServers[index];
        var path = FormattableString.Invariant($"agent.mcp_servers[{index}]");
        if (agent.McpServers.Take(index).Any(other => other.Name == server.Name))
        {
            Error($"{path}.name", $"is {ScalarConversion.Quote(server.Name)}, which another server already has; give each server a unique name.");
        }

        if ((server.Command is null) == (server.Url is null))
        {
            Error(path, server.Command is null
                ? "has neither command nor url; set the program to start or the address to call."
                : "has both command and url; remove one of them.");
            return;
        }

        string[] idle = server.Command is null
            ? [.. Written("arguments", !server.Arguments.IsEmpty), .. Written("working_directory", server.WorkingDirectory is not null),
                .. Written("environment", !server.Environment.IsEmpty), .. Written("pass_environment", !server.PassEnvironment.IsEmpty)]
            : [.. Written("headers", !server.Headers.IsEmpty), .. Written("token_env", server.TokenEnv is not null)];
        foreach (var key in idle)
        {
            Error($"{path}.{key}", $"is set, but {(server.Command is null ? "a server with a url is not started here" : "a server with a command is not called over HTTP")}; remove it.");
        }

        static IEnumerable<string> Written(string key, bool isWritten) => isWritten ? [key] : [];
    }

    private void Tool(AgentOptions agent, int index)
    {
        var tool = agent.Tools[index];
        var path = $"agent.tools[{index}]";
        if (agent.Tools.Take(index).Any(other => other.Name == tool.Name))
        {
            Error($"{path}.name", $"is {ScalarConversion.Quote(tool.Name)}, which another tool already has; give each tool a unique name.");
        }

        var properties = tool.Parameters.Properties.EnumerateObject().ToArray();
        var missing = tool.Parameters.Required.Where(name => !properties.Any(property => property.NameEquals(name)));
        foreach (var name in missing)
        {
            Error($"{path}.parameters.required", $"names {ScalarConversion.Quote(name)}, which is not in properties; add it there or remove it here.");
        }

        foreach (var property in properties.Where(property => property.Value.ValueKind != JsonValueKind.Object))
        {
            Error($"{path}.parameters.properties.{property.Name}", "must be a JSON schema, as in { type: string }.");
        }
    }

    private void Storage(StorageOptions storage)
    {
        if (storage.MaxConnections < storage.MinConnections)
        {
            Error(
                "storage.max_connections",
                FormattableString.Invariant($"is {storage.MaxConnections}, but must be at least storage.min_connections, which is {storage.MinConnections}."));
        }

        if (RetentionOptions.LengthOf(storage.Retention.Events) > RetentionOptions.LengthOf(storage.Retention.Sessions))
        {
            Error("storage.retention.events", $"is {storage.Retention.Events}, but must not be longer than storage.retention.sessions, which is {storage.Retention.Sessions}, because events are removed with their session.");
        }
    }

    private void Thresholds(ProbeThresholdOptions thresholds)
    {
        const string Path = "adaptive_teaching.probe.thresholds";
        if (thresholds.Auto < thresholds.Paired || thresholds.Paired < thresholds.Coach)
        {
            Error(
                Path,
                FormattableString.Invariant($"are auto {thresholds.Auto}, paired {thresholds.Paired}, coach {thresholds.Coach}, but auto must be at least paired, and paired at least coach."));
        }
    }

    private void Reward(RewardOptions reward)
    {
        const string Path = "adaptive_teaching.reward";
        var isOwn = reward.Type == RewardType.Python;
        var isHttp = reward.Type == RewardType.Http;
        if (isOwn && string.IsNullOrWhiteSpace(reward.ImportPath))
        {
            Error($"{Path}.import_path", "is missing; with type: python it must be the name that your judge is registered under.");
        }

        if (!isOwn && reward.ImportPath is not null)
        {
            Error($"{Path}.import_path", $"is set, but has no effect with type: {(isHttp ? "http" : "rim")}; use type: python or remove it.");
        }

        if (isHttp && !(Uri.TryCreate(reward.Address, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")))
        {
            Error($"{Path}.address", "must be an absolute http or https address with type: http, as in http://127.0.0.1:8080/judge.");
        }

        if (!isHttp && reward.Address is not null)
        {
            Error($"{Path}.address", "is set, but has no effect; use type: http or remove it.");
        }

        if (reward.Attribute is not null && reward.ImportPath is null)
        {
            Error($"{Path}.attribute", "is set, but needs import_path; set both or neither.");
        }
    }

    private void RubricWeights(RubricWeightOptions weights)
    {
        if (weights.Actionability + weights.Generality + weights.Hookability + weights.Concision <= 0)
        {
            Error("learning.rubric_weights", "are all 0; at least one must be above 0.");
        }
    }

    private void Synthesizer(AtlasConfiguration configuration)
    {
        if (configuration.ArbiterSynthesizes && configuration.Rim is null && !_wrong.Any(path => path == "rim" || path.StartsWith("rim.", StringComparison.Ordinal)))
        {
            Error("learning.llm", "is null, which means rim.large_model, but there is no block rim; configure a model in one of the two places.");
        }
    }

    // Every advice begins with the key that it is about.
    private void RedactionKinds(LearningOptions learning)
    {
        foreach (var kind in (learning.RedactionExcept.IsDefault ? [] : learning.RedactionExcept).Except(Redactor.Kinds, StringComparer.Ordinal))
        {
            Error("learning.redaction_except", $"names {ScalarConversion.Quote(kind)}, which is not a known kind; known kinds are {string.Join(", ", Redactor.Kinds)}.");
        }
    }

    private void Advice(LearningOptions learning)
    {
        foreach (var advice in OptionAdvice.For(learning))
        {
            var end = advice.IndexOf(' ', StringComparison.Ordinal);
            var path = advice[..end];
            _log.Warning(_sources.Nearest(path), path, advice[(end + 1)..]);
        }
    }

    private void KeyVariable(string path, LlmParameters model)
    {
        var isUnwritten = _sources.Of($"{path}.api_key_env").Kind == ValueSourceKind.Default && _sources.Of(path).Kind != ValueSourceKind.Default;
        var takesOpenAIKey = model.Provider is LlmProvider.OpenAI or LlmProvider.Offline || model.ApiBase is not null;
        if (isUnwritten && !takesOpenAIKey && model.ApiKeyEnv == "OPENAI_API_KEY")
        {
            _log.Warning(
                _sources.Nearest(path),
                $"{path}.api_key_env",
                $"is OPENAI_API_KEY by default, although the provider is {Schema.KeyNames.Of(typeof(LlmProvider).GetField(model.Provider.ToString())!)}; set it to the variable with the key of that provider.");
        }
    }

    private void UnknownToProvider(string path, LlmParameters model)
    {
        if (model is { Organization: not null, Provider: not (LlmProvider.OpenAI or LlmProvider.Offline) })
        {
            Error($"{path}.organization", "is set, but only OpenAI has organizations; remove it.");
        }

        foreach (var key in (string[])["temperature", "top_p"])
        {
            if (model.Provider is LlmProvider.Anthropic && _sources.Of($"{path}.{key}").Kind is not ValueSourceKind.Default)
            {
                _log.Warning(_sources.Nearest($"{path}.{key}"), $"{path}.{key}", "is not sent: Anthropic's protocol has no such setting.");
            }
        }
    }

    private void Error(string path, string message) => _log.Error(_sources.Nearest(path), path, message);
}
