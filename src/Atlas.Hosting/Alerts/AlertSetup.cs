using Atlas.Configuration.Alerting;
using Atlas.Grains.Alerts;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atlas.Hosting.Alerts;

/// <summary>Sends alerts to the configured webhook, if there is one.</summary>
internal static class AlertSetup
{
    public static void AddAtlasAlerts(this IServiceCollection services, AlertOptions options)
    {
        if (options.Webhook is null)
        {
            return;
        }

        services.TryAddSingleton(options);
        services.TryAddSingleton<AlertWebhook>();
        services.TryAddSingleton<IKeyAlerts>(provider => provider.GetRequiredService<AlertWebhook>());
        services.AddHostedService(provider => provider.GetRequiredService<AlertWebhook>());
    }
}
