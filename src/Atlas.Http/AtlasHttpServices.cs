using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Experiments;
using Atlas.Http.Keys;
using Atlas.Http.Mcp;
using Atlas.Http.Proposals;
using Atlas.Http.Reviews;
using Atlas.Http.Sessions;
using Atlas.Learning.Redaction;
using Atlas.Storage.Access;
using Atlas.Storage.Learning;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the HTTP API of Atlas to an application.</summary>
public static class AtlasHttpServices
{
    /// <summary>Adds what <c>app.MapAtlasApi()</c> needs. The application provides the cluster (a silo, or <c>UseOrleansClient</c>) and an
    /// <c>NpgsqlDataSource</c> of its database.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the options; null leaves the defaults.</param>
    public static IServiceCollection AddAtlasHttp(this IServiceCollection services, Action<AtlasHttpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<AtlasHttpOptions>().ValidateDataAnnotations().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Backend>();
        services.TryAddSingleton<ResponseIds>();
        services.TryAddSingleton<OpenSessions>();
        services.TryAddSingleton<SessionDesk>();
        services.TryAddSingleton<KeyDesk>();
        services.TryAddSingleton<ExperimentDesk>();
        services.TryAddSingleton<EventNumbers>();
        services.TryAddSingleton<ChosenSessions>();
        services.TryAddSingleton<ApiKeyStore>();
        services.TryAddSingleton<AuditLog>();

        // A silo registers its own, with its configuration. Any other host takes everything that is recognized out of the audit.
        services.TryAddSingleton(provider => new SessionRedaction(Redactor.Of([], provider.GetServices<IRedactor>()), RedactionMode.All));
        services.TryAddSingleton<BudgetStore>();
        services.TryAddSingleton<Gatekeeper>();
        services.TryAddSingleton<Auditor>();
        services.TryAddSingleton<Idempotency>();
        services.TryAddSingleton<FrontDoor>();
        services.TryAddSingleton<EntryProposals>();
        services.TryAddSingleton<ProposalDesk>();
        McpSetup.Add(services);
        return services;
    }
}
