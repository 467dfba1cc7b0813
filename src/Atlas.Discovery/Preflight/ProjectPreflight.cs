using System.Collections.Immutable;
using System.Net.Sockets;
using Atlas.Configuration;
using Atlas.Configuration.Agents;
using Atlas.Configuration.Checking;
using Atlas.Discovery.Findings;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Microsoft.Extensions.AI;

namespace Atlas.Discovery.Preflight;

/// <summary>Checks what can be checked before the first run: the configuration, keys, models, addresses, tools.</summary>
public static class ProjectPreflight
{
    /// <summary>Runs all checks, in a fixed order. A check that fails is a result, never an exception.</summary>
    /// <param name="findings">The findings in the project.</param>
    /// <param name="configuration">The configuration to use, already validated.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellation">Cancels the checks.</param>
    public static async Task<ImmutableArray<PreflightCheck>> RunAsync(
        ProjectFindings findings, ConfigurationCheck configuration, PreflightOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(options);
        var checks = ImmutableArray.CreateBuilder<PreflightCheck>();
        checks.Add(configuration.IsValid
            ? new("configuration", "generated_config.yaml", "ok", "The generated configuration is valid.")
            : new("configuration", "generated_config.yaml", "failed", "The generated configuration is not valid: " + configuration.Errors[0].Sentence));
        if (configuration.Configuration is { } settings)
        {
            foreach (var model in ModelsOf(settings))
            {
                checks.AddRange(await CheckModelAsync(model, options, cancellation).ConfigureAwait(false));
            }

            if (settings.Agent is HttpAgentOptions http)
            {
                checks.Add(await CheckAddressAsync("endpoint", settings.Agent.Name, http.Transport.BaseUrl, options, cancellation).ConfigureAwait(false));
            }
        }

        foreach (var server in findings.McpServers)
        {
            checks.Add(await CheckServerAsync(server, options, cancellation).ConfigureAwait(false));
        }

        checks.AddRange(findings.Tools.Select(CheckTool));
        return checks.ToImmutable();
    }

    private static IEnumerable<LlmParameters> ModelsOf(AtlasConfiguration settings) =>
        new[] { (settings.Agent as ChatAgentOptions)?.Llm, settings.Teacher?.Llm, settings.Rim?.SmallModel, settings.Rim?.LargeModel, settings.Learning.Llm }
            .OfType<LlmParameters>()
            .DistinctBy(model => (model.Provider, model.Model, model.ApiKeyEnv, model.ApiBase));

    private static async Task<IEnumerable<PreflightCheck>> CheckModelAsync(
        LlmParameters model, PreflightOptions options, CancellationToken cancellation)
    {
        if (model.Provider is LlmProvider.Offline)
        {
            return [new("model", model.Model, "skipped", "No model is configured; the canned answers of `offline` need no check.")];
        }

        if (string.IsNullOrWhiteSpace(options.ReadVariable(model.ApiKeyEnv)))
        {
            return
            [
                new("key", model.ApiKeyEnv, "failed", $"The variable {model.ApiKeyEnv} is not set. Set it to the API key for {model.Model}."),
                new("model", model.Model, "skipped", $"{model.Model} was not called, because its key is missing."),
            ];
        }

        var key = new PreflightCheck("key", model.ApiKeyEnv, "ok", $"The variable {model.ApiKeyEnv} is set.");
        return options.UsesNetwork
            ? [key, await AskAsync(model, options, cancellation).ConfigureAwait(false)]
            : [key, new("model", model.Model, "skipped", $"{model.Model} was not called: use of the network is turned off.")];
    }

    private static async Task<PreflightCheck> AskAsync(LlmParameters model, PreflightOptions options, CancellationToken cancellation)
    {
        try
        {
            var factory = new ChatClientFactory(new ChatClientFactoryOptions { ReadVariable = options.ReadVariable });
            await using var factoryDisposal = factory.ConfigureAwait(false);
            using var client = factory.Create(model with { TimeoutSeconds = options.Patience.TotalSeconds, Retry = new RetryOptions { Attempts = 1 } });
            var answer = await client.GetResponseAsync("Answer with the one word: ready", cancellationToken: cancellation).ConfigureAwait(false);
            return new("model", model.Model, "ok", $"{model.Model} answers ({answer.Text.Length} characters).");
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return new("model", model.Model, "failed", $"{model.Model} does not answer: {Secrets.MaskText(failure.Message)}");
        }
    }

    private static async Task<PreflightCheck> CheckServerAsync(McpServerFinding server, PreflightOptions options, CancellationToken cancellation) =>
        server switch
        {
            { Transport: "provided" } => new("mcp_server", server.Name, "skipped", $"This project is the MCP server {server.Name}; it was not started."),
            { Command: { } command } => IsOnPath(command, options)
                ? new("mcp_server", server.Name, "ok", $"The program {command} of the MCP server {server.Name} is installed.")
                : new("mcp_server", server.Name, "failed", $"The program {command} of the MCP server {server.Name} is not on the PATH. Install it."),
            { Address: { } address } => await CheckAddressAsync("mcp_server", server.Name, address, options, cancellation).ConfigureAwait(false),
            _ => new("mcp_server", server.Name, "skipped", $"The address of the MCP server {server.Name} is known only to the running program."),
        };

    private static async Task<PreflightCheck> CheckAddressAsync(
        string name, string subject, string address, PreflightOptions options, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return new(name, subject, "failed", $"'{address}' is not an absolute address.");
        }

        if (!options.UsesNetwork)
        {
            return new(name, subject, "skipped", $"{uri.Authority} was not called: use of the network is turned off.");
        }

        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(options.Patience);
            using var socket = new TcpClient();
            await socket.ConnectAsync(uri.Host, uri.Port, patience.Token).ConfigureAwait(false);
            return new(name, subject, "ok", $"{uri.Authority} accepts connections.");
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new(name, subject, "failed", $"{uri.Authority} does not accept connections. Start the service, or change its address.");
        }
    }

    private static PreflightCheck CheckTool(ToolFinding tool) => tool.Function is { } function
        ? new("tool", tool.Name, "ok", $"{tool.Name} is {function} ({tool.At}).")
        : new("tool", tool.Name, "failed", $"The function behind {tool.Name} ({tool.At}) could not be found in the sources. Restore the project, then run the discovery again.");

    private static bool IsOnPath(string command, PreflightOptions options) => command.Contains('/', StringComparison.Ordinal)
        ? File.Exists(command)
        : (options.ReadVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && (File.Exists(Path.Combine(folder, command)) || File.Exists(Path.Combine(folder, command + ".exe"))));
}
