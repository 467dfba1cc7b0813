using System.Globalization;
using System.Text.Json;
using Atlas.Configuration.Proxying;
using Atlas.Domain.Json;
using Atlas.Http.Webhooks;
using Atlas.Proxy.Telemetry;

namespace Atlas.Proxy.Outcomes;

/// <summary>Asks the webhook of <c>proxy.outcome</c> for the reward of a session.</summary>
internal sealed class OutcomeWebhook : IDisposable
{
    private readonly ILogger _log;
    private readonly SignedWebhook? _webhook;

    public OutcomeWebhook(ProxyOptions options, TimeProvider time, ILogger<OutcomeWebhook> log)
    {
        _log = log;
        _webhook = options.Outcome is { } asked
            ? new SignedWebhook("proxy.outcome", asked.Url, asked.SecretEnv, TimeSpan.FromSeconds(asked.TimeoutSeconds), asked.Attempts, time)
            : null;
    }

    /// <summary>Gets a value indicating whether a webhook is configured.</summary>
    public bool IsThere => _webhook is not null;

    /// <summary>Returns what the webhook says about a session; an empty outcome if it cannot be reached or its answer is invalid.</summary>
    public async Task<Outcome> AskAsync(EndedSession session)
    {
        if (_webhook is null)
        {
            return Outcome.Nothing;
        }

        try
        {
            var said = Outcome.Read(await _webhook.PostAsync(
                string.Create(CultureInfo.InvariantCulture, $"msg_atlas-session-{session.SessionId}"), JsonSerializer.SerializeToUtf8Bytes(session, AtlasJson.Options)).ConfigureAwait(false));
            ProxyTelemetry.Outcomes.Add(1, new KeyValuePair<string, object?>("result", said.Reward is null ? "none" : "reward"));
            return said;
        }
        catch (Exception failure)
        {
            ProxyTelemetry.Outcomes.Add(1, new KeyValuePair<string, object?>("result", "failed"));
            _log.NotAsked(session.SessionId, failure.Message);
            return Outcome.Nothing;
        }
    }

    public void Dispose() => _webhook?.Dispose();
}
