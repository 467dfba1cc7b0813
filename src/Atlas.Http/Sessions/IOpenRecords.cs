namespace Atlas.Http.Sessions;

/// <summary>Whoever records sessions beside this API, in the same process: a proxy. What of a session is still on its way is stored before the
/// session ends.</summary>
public interface IOpenRecords
{
    /// <summary>Stores what waits, and takes the session for one that ends.</summary>
    /// <param name="sessionId">The session; one that is not known here is no concern.</param>
    Task StoreAsync(long sessionId);
}
