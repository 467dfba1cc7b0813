using Atlas.Grains.Telemetry;
using Atlas.Learning.Redaction;
using Atlas.Storage.Sessions;

namespace Atlas.Grains.Intake;

/// <summary>Redacts incoming session data before it is stored, counts what was found, and records with the session which kinds were found
/// where.</summary>
internal sealed class SessionIntake(SessionRedaction redaction, SessionStore store)
{
    public SessionRedaction Redaction => redaction;

    /// <summary>Processes a message of a stored session.</summary>
    /// <remarks>The note is stored first, so a record never contains a placeholder that the session does not mention. Storing it twice has
    /// the same result.</remarks>
    public async ValueTask<T> TakeAsync<T>(long sessionId, Func<SessionRedaction, Findings, T> read)
    {
        var findings = new Findings();
        var taken = read(redaction, findings);
        if (findings.Any)
        {
            Count(findings);
            await store.NoteFindingsAsync(sessionId, findings.All, redaction.Takes);
        }

        return taken;
    }

    /// <summary>Counts what was found in a session that is not stored yet.</summary>
    public void Count(Findings findings)
    {
        foreach (var found in findings.All)
        {
            AtlasTelemetry.Redacted.Add(found.Times, new("kind", found.Kind), new("taken_out", redaction.Takes));
        }
    }
}
