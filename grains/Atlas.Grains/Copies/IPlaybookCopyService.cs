using Orleans.Concurrency;
using Orleans.Services;

namespace Atlas.Grains.Copies;

/// <summary>What the owner of a playbook asks of a silo that holds a copy.</summary>
[Alias("atlas.playbook-copies")]
internal interface IPlaybookCopyService : IGrainService
{
    /// <summary>Lets go of the copy; none is used any more when this returns.</summary>
    [AlwaysInterleave]
    [Alias("let-go")]
    Task LetGo(string learningKey);
}
