using Atlas.Domain;
using Atlas.Learning.Redaction;
using Atlas.Proxy.Sessions;

namespace Atlas.Proxy.Outcomes;

/// <summary>Ends sessions that nobody else ends: asks the webhook, if there is one, and tells the cluster.</summary>
internal sealed class SessionEnding(OutcomeWebhook webhook, SessionRedaction redaction) : IDisposable
{
    private readonly SemaphoreSlim _atOnce = new(32);

    /// <summary>Ends a session, unless it is being ended already.</summary>
    /// <param name="session">A session with records.</param>
    /// <param name="status">How it ends, if the webhook does not say otherwise.</param>
    public async Task EndAsync(ProxySession session, SessionStatus status)
    {
        if (session.Records is not { } records || !session.TryBeginEnding())
        {
            return;
        }

        // A single call ends its session while its own record is being made.
        var running = session.Running;
        try
        {
            await _atOnce.WaitAsync().ConfigureAwait(false);
            try
            {
                if (!await records.PrepareEndAsync(status).ConfigureAwait(false))
                {
                    return;
                }

                var calls = records.Calls;
                var said = webhook.IsThere ? await webhook.AskAsync(records.Describe(status, redaction.Redactor)).ConfigureAwait(false) : Outcome.Nothing;
                if (records.Calls == calls && session.Running <= running)
                {
                    // Otherwise the client has gone on in the meantime, and the session is not over.
                    await records.CompleteAsync(said.Status ?? status, said.Reward).ConfigureAwait(false);
                }
            }
            finally
            {
                _atOnce.Release();
            }
        }
        finally
        {
            session.StopEnding();
        }
    }

    public void Dispose() => _atOnce.Dispose();
}
