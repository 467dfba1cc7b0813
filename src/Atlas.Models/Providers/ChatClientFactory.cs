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

/// <summary>Creates clients of language models from configured parameters. Use one per process: its clients share connections, limits and
/// circuit breakers.</summary>
/// <remarks><list type="bullet">
/// <item><c>openai</c>, and every server with its protocol at <c>api_base</c>: the package OpenAI.</item>
/// <item><c>azure-openai</c>, <c>gemini</c> (<c>google</c>), <c>xai</c>, <c>bedrock</c>: the package OpenAI with the endpoint for that
/// protocol that each of them offers; <c>bedrock</c> needs a Bedrock API key.</item>
/// <item><c>anthropic</c>: the package Anthropic. Temperature and top-p are not sent, because the protocol has neither.</item>
/// <item><c>offline</c>, or any provider while <c>ATLAS_OFFLINE_MODE</c> is set: scripted answers.</item>
/// </list></remarks>
public sealed class ChatClientFactory : IAsyncDisposable
{
    /// <summary>The name of the activity source and of the meter: calls, durations and tokens under OpenTelemetry's names, without the
    /// content of messages.</summary>
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

    /// <summary>Initializes a factory.</summary>
    /// <exception cref="ValidationException">A limit is out of range.</exception>
    public ChatClientFactory(ChatClientFactoryOptions? options = null)
    {
        _options = options ?? new();
        foreach (var limits in _options.LimitsByProvider.Values.Append(_options.Limits))
        {
            Validator.ValidateObject(limits, new ValidationContext(limits), validateAllProperties: true);
        }
    }

    /// <summary>Creates a client. It can be shared and lives as long as the factory.</summary>
    /// <param name="parameters">The model, and how to call it. Options set by a call, such as the temperature, take precedence.</param>
    /// <returns>A client whose failures are <see cref="ModelException"/>s and that provides a <see cref="ModelDescription"/> as a service.</returns>
    /// <exception cref="ModelException">The variable with the key is not set, or provider, model and address do not fit together.</exception>
    /// <exception cref="ValidationException">A parameter is out of range.</exception>
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
                $"The model '{parameters.Model}' has an 'organization', which {ModelRoute.NameOf(route.Provider)} does not support. Remove it.");
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

    /// <summary>Returns true for the vendors' own endpoints; nothing is known about other servers with OpenAI's protocol.</summary>
    private static bool TakesJsonSchema(ModelRoute route) => route.Provider switch
    {
        LlmProvider.OpenAI => route.Address is null,
        LlmProvider.Anthropic or LlmProvider.AzureOpenAI or LlmProvider.XAI or LlmProvider.Gemini => true,
        _ => false,
    };
}
