using Atlas.Grains.Telemetry;
using Atlas.Models.Providers;
using Atlas.Proxy.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Atlas.Hosting.Telemetry;

/// <summary>Traces and metrics: exported over OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, and scraped at <c>/metrics</c>.</summary>
internal static class SiloTelemetry
{
    public const string MetricsPath = "/metrics";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddAtlasTelemetry(this WebApplicationBuilder builder, string siloName)
    {
        var otlp = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("atlas-silo", serviceInstanceId: siloName))
            .WithMetrics(metrics =>
            {
                metrics.AddAspNetCoreInstrumentation()
                    .AddMeter("Microsoft.Orleans", "Npgsql", AtlasTelemetry.Name, ChatClientFactory.TelemetryName, ProxyTelemetry.Name)
                    .AddPrometheusExporter();
                if (otlp)
                {
                    metrics.AddOtlpExporter();
                }
            });

        // Every call and every statement would create spans, at some cost, with nobody to see them.
        if (otlp)
        {
            telemetry.WithTracing(traces => traces
                .AddAspNetCoreInstrumentation()
                .AddNpgsql()
                .AddSource("Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", AtlasTelemetry.Name, ChatClientFactory.TelemetryName)
                .AddOtlpExporter());
        }
        else
        {
            builder.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, RequestLogs>();
        }
    }
}
