using Atlas.Grains.Meaning;
using Atlas.Grains.Playbooks;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Atlas.Grains.Copies;

/// <summary>Lets other silos withdraw what this one has in memory of playbooks.</summary>
[Reentrant]
internal sealed class PlaybookCopyService(
    GrainId id, Silo silo, ILoggerFactory loggers, PlaybookCopies copies, InjectedPlaybooks injected, EntryMeanings meanings)
    : GrainService(id, silo, loggers), IPlaybookCopyService
{
    public Task LetGo(string learningKey)
    {
        copies.LetGo(learningKey);
        return Task.CompletedTask;
    }

    public Task DropTexts(string learningKey)
    {
        copies.Drop(learningKey);
        injected.Drop(learningKey);
        meanings.Drop();
        return Task.CompletedTask;
    }
}
