using Atlas.Domain.Sessions;

namespace Atlas.Grains.Calls;

/// <summary>What silos ask of the grain of a session.</summary>
[Alias("atlas.session-owner")]
internal interface ISessionOwner : IGrainWithIntegerKey
{
    /// <summary>Stores the result of judging the session, and lets its learning key count it. Repeating it changes nothing.</summary>
    [Alias("settle")]
    Task Settle(JudgedSession judged);

    /// <summary>Closes the session as failed if it is running and its lease has run out.</summary>
    [Alias("lapse")]
    Task Lapse();

    /// <summary>Drops everything about a session that has been forgotten.</summary>
    [Alias("forget")]
    Task Forget();
}
