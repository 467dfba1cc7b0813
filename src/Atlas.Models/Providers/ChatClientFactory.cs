using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Atlas.Learning.Options;
using Atlas.Models.Providers.Calls;
using Atlas.Models.Providers.Chat;
using Atlas.Models.Providers.Offline;
using Atlas.Models.Providers.Routing;
using Atlas.Models.Providers.Wire;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers;

/// <summary>Makes clients of language models from configured parameters. One per process: its clients share connections,
/// limits and circuit breakers.</summary>
/// <remarks><list type="bullet">
/// <item><c>openai</c>, and every server that speaks its protocol at <c>api_base</c>: the package OpenAI.</item>
/// <item><c>azure-openai</c>, <c>gemini</c> (<c>google</c>), <c>xai</c>, <c>bedrock</c>: the package OpenAI against the
/// endpoint of that protocol which each of them offers; for <c>bedrock</c> that takes a Bedrock API key.</item>
/// <item><c>anthropic</c>: the package Anthropic. Temperature and top-p are not sent: the protocol has none.</item>
/// <item><c>offline</c>, or any provider while <c>ATLAS_OFFLINE_MODE</c> is set: scripted answers.</item>
/// </list></remarks>
public sealed class ChatClientFactory : IAsyncDisposable
{
    /// <summary>Name of the source of spans and of the meter: calls, durations and tokens under OpenTelemetry's names, without
    /// what was said.</summary>
    public const string TelemetryName = "Atlas.Models";

    private readonly ChatClientFactoryOptions _options;
    private readonly ConcurrentDictionary<string, Lazy<EndpointGate>> _gates = new(StringComparer.Ordinal);
    private readonly SocketsHttpHandler _connections = new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
    };
    private readonly RefusedMembers _refused = new();

    /// <summary>Makes a factory.</summary>
    /// <exception cref="ValidationException">A limit is out of its range.</exception>
    public ChatClientFactory(ChatClientFactoryOptions? options = null)
    {
        _options = options ?? new();
        foreach (var limits in _options.LimitsByProvider.Values.Append(_options.Limits))
        {
            Validator.ValidateObject(limits, new ValidationContext(limits), validateAllProperties: true);
        }
    }

    /// <summary>Makes a client. It may be shared and lives as long as the factory.</summary>
    /// <param name="parameters">Which model, and how to call it. What a call sets itself, say the temperature, goes first.</param>
    /// <returns>A client whose failures are <see cref="ModelException"/>s, and that gives a <see cref="ModelDescription"/> as a service.</returns>
    /// <exception cref="ModelException">The key's variable is not set, or provider, model and address do not fit together.</exception>
    /// <exception cref="ValidationException">A parameter is out of its range.</exception>
    public IChatClient Create(LlmParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Validator.ValidateObject(parameters, new ValidationContext(parameters), validateAllProperties: true);
        if (OfflineMode.IsOn(_options.ReadVariable))
        {
            return new OfflineChatClient(parameters.Model);
        }

        var route = ModelRoute.Of(parameters, _options.ReadVariable);
        if (route.Provider == LlmProvider.Offline)
        {
            return new OfflineChatClient(route.Model);
        }

        if (parameters.Organization is not null && route.Provider != LlmProvider.OpenAI)
        {
            throw new ModelException(
                ModelFailure.Configuration,
                $"The model '{parameters.Model}' has an 'organization', which {ModelRoute.NameOf(route.Provider)} does not know; take it out.");
        }

        var secrets = Secrets.Of(parameters, route.Provider, _options.ReadVariable);
        var pipeline = CallPipeline.Build(parameters, GateOf(route), _options.Time);
        var voice = new Voice(route, secrets);
        var calls = new CallHandler(parameters, route, secrets, voice, pipeline, _connections);
        var http = new HttpClient(new NegotiatingHandler(voice, $"{route.Endpoint}|{route.Model}", _refused, calls), disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var client = new ModelChatClient(
            VendorClients.Create(route, parameters, secrets, http),
            parameters,
            new ModelDescription(route.Provider, route.Model, TakesJsonSchema(route)),
            secrets,
            _options.Time);
        return client.AsBuilder().UseOpenTelemetry(sourceName: TelemetryName).Build();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _connections.Dispose();
        foreach (var gate in _gates.Values)
        {
            await gate.Value.DisposeAsync().ConfigureAwait(false);
        }
    }

    private EndpointGate GateOf(ModelRoute route) => _gates.GetOrAdd(route.Endpoint, _ => new Lazy<EndpointGate>(() =>
        new EndpointGate(_options.LimitsByProvider.GetValueOrDefault(route.Provider, _options.Limits), _options.Time))).Value;

    /// <summary>The vendors' own endpoints do; of another server that speaks OpenAI's protocol nothing is known.</summary>
    private static bool TakesJsonSchema(ModelRoute route) => route.Provider switch
    {
        LlmProvider.OpenAI => route.Address is null,
        LlmProvider.Anthropic or LlmProvider.AzureOpenAI or LlmProvider.XAI or LlmProvider.Gemini => true,
        _ => false,
    };
}
