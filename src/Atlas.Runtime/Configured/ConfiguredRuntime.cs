using System.Collections.Immutable;
using Atlas.Client;
using Atlas.Configuration;
using Atlas.Configuration.Agents;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Agents.ToolServers;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Triage;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Configured;

/// <summary>Everything that a configuration names, created and connected: agent, tools, teacher and probe. Dispose of it after the last
/// run.</summary>
public sealed class ConfiguredRuntime : IAsyncDisposable
{
    private readonly AtlasConfiguration _configuration;
    private readonly ToolServers _servers;
    private readonly ChatClientFactory? _ownModels;
    private readonly HttpClient _http;

    private ConfiguredRuntime(AtlasConfiguration configuration, ToolServers servers, ChatClientFactory? ownModels, HttpClient http)
    {
        _configuration = configuration;
        _servers = servers;
        _ownModels = ownModels;
        _http = http;
    }

    /// <summary>Gets the participants.</summary>
    public RuntimeParts Parts { get; private set; } = null!;

    /// <summary>Gets a sentence that says why there is no probe although the configuration asks for one; otherwise, null.</summary>
    public string? ProbeAbsent { get; private set; }

    /// <summary>Creates what a configuration names, and connects to its MCP servers.</summary>
    /// <param name="configuration">A configuration with the block <c>agent</c>.</param>
    /// <param name="options">What the application adds; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="AgentException">There is no agent, or the agent or one of its tools is not available.</exception>
    /// <exception cref="ModelException">A model cannot work: its key is missing, or provider, model and address do not fit together.</exception>
    public static async Task<ConfiguredRuntime> CreateAsync(
        AtlasConfiguration configuration, ConfiguredRuntimeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        options ??= new();
        var agent = configuration.Agent ?? throw new AgentException(
            "The configuration has no agent block, so no agent can do the task. See docs/configuration.md.");
        var ownModels = options.Models is null ? new ChatClientFactory(ChatClientFactoryOptions.Of(configuration.Models) with { ReadVariable = options.ReadVariable, Time = options.Time }) : null;
        var models = options.Models ?? ownModels!;
        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        ToolServers? servers = null;
        try
        {
            servers = await ToolServers.ConnectAsync(
                agent.McpServers, options.ReadVariable, options.Logging, options.Time, cancellationToken).ConfigureAwait(false);
            var runtime = new ConfiguredRuntime(configuration, servers, ownModels, http);
            runtime.Parts = new RuntimeParts
            {
                Agent = AgentAssembly.Create(agent, [.. options.Functions, .. servers.Tools], models, http, options.Time),
                Teacher = configuration.Teacher is { } teacher ? models.Create(teacher.Llm) : null,
                Probe = runtime.Probe(models),
                TriageAdapters = options.TriageAdapters,
                Prices = Prices(configuration),
                Observers = options.Observers,
                Time = options.Time,
                Logging = options.Logging,
            };
            return runtime;
        }
        catch
        {
            http.Dispose();
            await DisposeAsync(servers, ownModels).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Creates a runtime over a cluster.</summary>
    /// <param name="cluster">The client of the cluster, which the caller disposes of.</param>
    /// <param name="options">How the runtime interacts with its environment; null for the defaults, with a heartbeat that fits the lease of
    /// its sessions.</param>
    public AtlasRuntime Over(IAtlasClient cluster, AtlasRuntimeOptions? options = null) =>
        new(cluster, Parts, _configuration, options);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return DisposeAsync(_servers, _ownModels);
    }

    private static ImmutableDictionary<string, TokenPrice> Prices(AtlasConfiguration configuration)
    {
        (string Role, TokenPrice? Price)[] all =
        [
            (Actors.Student, (configuration.Agent as ChatAgentOptions)?.Llm.Price),
            (Actors.Teacher, configuration.Teacher?.Llm.Price),
            (Actors.Probe, configuration.AdaptiveTeaching.Probe.Llm.Price),
        ];
        return all.Where(role => role.Price is not null).ToImmutableDictionary(role => role.Role, role => role.Price!, StringComparer.Ordinal);
    }

    // Without its key the probe is left out, because the fallback mode takes its place. For any other model, a missing key is an error.
    private IChatClient? Probe(ChatClientFactory models)
    {
        var teaching = _configuration.AdaptiveTeaching;
        if (!teaching.Enabled || teaching.ModeOverride is not null || _configuration.Orchestration.ForcedMode is not null)
        {
            return null;
        }

        try
        {
            return models.Create(teaching.Probe.Llm with { TimeoutSeconds = teaching.Probe.TimeoutSeconds });
        }
        catch (ModelException absent) when (absent.Failure is ModelFailure.Configuration)
        {
            ProbeAbsent = absent.Message;
            return null;
        }
    }

    private static async ValueTask DisposeAsync(ToolServers? servers, ChatClientFactory? models)
    {
        if (servers is not null)
        {
            await servers.DisposeAsync().ConfigureAwait(false);
        }

        if (models is not null)
        {
            await models.DisposeAsync().ConfigureAwait(false);
        }
    }
}
