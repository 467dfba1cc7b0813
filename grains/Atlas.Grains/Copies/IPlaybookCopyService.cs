using Orleans.Concurrency;
using Orleans.Services;

namespace Atlas.Grains.Copies;

/// <summary>What the owner of a playbook asks of a silo that holds a copy.</summary>
[Alias("atlas.playbook-copies")]
internal interface IPlaybookCopyService : IGrainService
{
    /// <summary>Drops the copy; it is no longer used when this returns.</summary>
    [AlwaysInterleave]
    [Alias("let-go")]
    Task LetGo(string learningKey);

    /// <summary>Drops what this silo has in memory of the texts of a key, because sessions of the key were forgotten.</summary>
    [AlwaysInterleave]
    [Alias("drop-texts")]
    Task DropTexts(string learningKey);
}
