using Atlas.Domain.Sessions;

namespace Atlas.Grains.Calls;

/// <summary>What the silos themselves ask of the grain of a session.</summary>
[Alias("atlas.session-owner")]
internal interface ISessionOwner : IGrainWithIntegerKey
{
    /// <summary>Stores what came of judging the session, and lets its learning key count it. Once only: told again, nothing changes.</summary>
    [Alias("settle")]
    Task Settle(JudgedSession judged);

    /// <summary>Closes the session as failed if it runs and its lease has run out.</summary>
    [Alias("lapse")]
    Task Lapse();

    /// <summary>Holds nothing more of the session, which has been forgotten.</summary>
    [Alias("forget")]
    Task Forget();
}
