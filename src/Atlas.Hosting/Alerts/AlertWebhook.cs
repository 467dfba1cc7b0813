using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Atlas.Configuration.Alerting;
using Atlas.Domain.Json;
using Atlas.Grains.Alerts;
using Atlas.Http.Webhooks;

namespace Atlas.Hosting.Alerts;

/// <summary>Posts alerts to the webhook of <c>alerts.webhook</c>, beside the keys: a key never waits for it.</summary>
internal sealed class AlertWebhook : BackgroundService, IKeyAlerts
{
    private const int MostWaiting = 1000;

    private readonly AlertOptions _options;
    private readonly ILogger _log;
    private readonly SignedWebhook _webhook;
    private readonly Channel<KeyAlert> _waiting = Channel.CreateBounded<KeyAlert>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait });

    public AlertWebhook(AlertOptions options, TimeProvider time, ILogger<AlertWebhook> log)
    {
        (_options, _log) = (options, log);
        var webhook = options.Webhook!;
        _webhook = new SignedWebhook("alerts.webhook", webhook.Url, webhook.SecretEnv, TimeSpan.FromSeconds(webhook.TimeoutSeconds), webhook.Attempts, time);
    }

    public void Raise(KeyAlert alert)
    {
        if (!_waiting.Writer.TryWrite(alert))
        {
            _log.AlertNotSent(alert.LearningKey, alert.At, $"{MostWaiting} alerts are already waiting");
        }
    }

    public override void Dispose()
    {
        _webhook.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var alert in _waiting.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(AlertMessage.Of(alert, _options.ConsoleUrl), AtlasJson.Options);
                await _webhook.PostAsync(IdOf(alert), body, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                _log.AlertNotSent(alert.LearningKey, alert.At, failure.Message);
            }
        }
    }

    // The same alarm has the same id, whichever silo reports it, so that a receiver can drop a repetition.
    private static string IdOf(KeyAlert alert) =>
        $"msg_atlas-alert-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{alert.Kind}\n{alert.LearningKey}\n{alert.At:O}"))))[..32]}";
}

/// <summary>What the webhook is told.</summary>
/// <param name="Event"><c>alert.raised</c>.</param>
/// <param name="Kind">What is wrong: <c>rewards_declined</c>.</param>
/// <param name="LearningKey">The learning key, as it is stored.</param>
/// <param name="RaisedAt">When the alarm was raised.</param>
/// <param name="Version">The version that was current.</param>
/// <param name="SessionsPerFalseAlarm">Without a real decline, the alarm is raised about once in so many sessions.</param>
/// <param name="Summary">The same in a sentence.</param>
/// <param name="Link">The page of the key in the console; null if <c>alerts.console_url</c> is not set.</param>
internal sealed record AlertMessage(
    string Event, string Kind, string LearningKey, DateTimeOffset RaisedAt, int Version, double SessionsPerFalseAlarm, string Summary, string? Link)
{
    public static AlertMessage Of(KeyAlert alert, string? consoleUrl) => new(
        "alert.raised", alert.Kind, alert.LearningKey, alert.At, alert.Version, alert.SessionsPerFalseAlarm, alert.Summary,
        consoleUrl is null ? null : $"{consoleUrl.TrimEnd('/')}/key?key={Uri.EscapeDataString(alert.LearningKey)}");
}

/// <summary>What is logged about alerts.</summary>
internal static partial class AlertLog
{
    [LoggerMessage(1198, LogLevel.Warning, "The alert of {LearningKey} ({Raised}) was not sent to alerts.webhook: {Reason}. It is in `atlas status` and on the page of the key.")]
    public static partial void AlertNotSent(this ILogger logger, string learningKey, DateTimeOffset raised, string reason);
}
