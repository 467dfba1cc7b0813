using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Atlas.Grains.Copies;

/// <summary>The address of a silo's <see cref="PlaybookCopies"/>.</summary>
[Reentrant]
internal sealed class PlaybookCopyService(GrainId id, Silo silo, ILoggerFactory loggers, PlaybookCopies copies)
    : GrainService(id, silo, loggers), IPlaybookCopyService
{
    public Task LetGo(string learningKey)
    {
        copies.LetGo(learningKey);
        return Task.CompletedTask;
    }
}
