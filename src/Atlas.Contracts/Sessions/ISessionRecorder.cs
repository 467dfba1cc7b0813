namespace Atlas.Contracts.Sessions;

/// <summary>A component that records sessions in the background and can still hold records: a proxy, in a silo or in a separate host.</summary>
[Alias("atlas.session-recorder")]
public interface ISessionRecorder : IGrainObserver
{
    /// <summary>Stores and releases what the recorder still holds of a session that is about to end.</summary>
    /// <param name="sessionId">The session's number.</param>
    /// <returns>What the recorder knows about the session; null if it does not record it.</returns>
    [Alias("settle")]
    Task<RecordedSoFar?> Settle(long sessionId);

    /// <summary>Finds the session of a provider's answer among those that are not stored yet.</summary>
    /// <param name="space">The prefix of the stored learning keys of the caller's tenant; empty for the unnamed tenant.</param>
    /// <param name="responseId">The provider's id, <c>chatcmpl-…</c>, <c>resp_…</c> or <c>msg_…</c>.</param>
    /// <returns>The session's number; null if this recorder does not know it.</returns>
    [Alias("find")]
    Task<long?> Find(string space, string responseId);
}
