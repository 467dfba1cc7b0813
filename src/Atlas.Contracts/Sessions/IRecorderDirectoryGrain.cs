using Atlas.Contracts.Access;

namespace Atlas.Contracts.Sessions;

/// <summary>Knows all recorders of the cluster, so that an outcome that arrives at any silo reaches the recorders that still hold records of
/// its session. The grain's key is 0.</summary>
/// <remarks>It lives in memory. A recorder joins again every <see cref="JoinSeconds"/>. After the death of a silo, the new directory waits
/// that long before it reports that there is no recorder.</remarks>
[Alias("atlas.recorder-directory")]
public interface IRecorderDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>How often a recorder joins, in seconds.</summary>
    public const int JoinSeconds = 2;

    /// <summary>Registers a recorder, or renews its registration.</summary>
    [Alias("join")]
    [Needs(AtlasPermissions.Record)]
    Task Join(ISessionRecorder recorder);

    /// <summary>Makes every recorder store what it still holds of a session.</summary>
    /// <param name="sessionId">The session's number.</param>
    /// <returns>The latest that any recorder knows about the session; null if none knows it. The call waits at most five seconds for a
    /// recorder.</returns>
    [Alias("settle")]
    [Needs(AtlasPermissions.Record)]
    Task<RecordedSoFar?> Settle(long sessionId);

    /// <summary>Finds the session of a provider's answer among those that are not stored yet.</summary>
    /// <param name="space">The prefix of the stored learning keys of the caller's tenant; empty for the unnamed tenant.</param>
    /// <param name="responseId">The provider's id of the answer.</param>
    /// <returns>The session's number; null if no recorder knows it.</returns>
    [Alias("find")]
    [Needs(AtlasPermissions.Record)]
    Task<long?> Find(string space, string responseId);
}
