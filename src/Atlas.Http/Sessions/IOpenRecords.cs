using Atlas.Contracts.Sessions;

namespace Atlas.Http.Sessions;

/// <summary>A recorder of sessions in the same process beside this API, such as a proxy. It stores what is still pending before a session
/// ends.</summary>
public interface IOpenRecords
{
    /// <summary>Stores what is pending, and treats the session as ending.</summary>
    /// <param name="sessionId">The session.</param>
    /// <returns>What is known about the session; null if it is not known here.</returns>
    Task<RecordedSoFar?> SettleAsync(long sessionId);
}
