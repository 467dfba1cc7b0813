using Atlas.Grains.Telemetry;
using Atlas.Learning.Redaction;
using Atlas.Storage.Sessions;

namespace Atlas.Grains.Intake;

/// <summary>Redacts what comes in of a session before it is stored, counts what was found, and notes with the session which kinds stood
/// where.</summary>
internal sealed class SessionIntake(SessionRedaction redaction, SessionStore store)
{
    public SessionRedaction Redaction => redaction;

    /// <summary>Takes in a message of a session that is stored already.</summary>
    /// <remarks>The note comes first: there is never a mark in a record of which the session does not tell. Made twice it is the same.</remarks>
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
