using System.Collections.Immutable;
using Atlas.Learning.Journal;

namespace Atlas.Grains.LearningKeys;

/// <summary>What is written for a learning key: its state, and the events that led to it since the write before.</summary>
/// <remarks>A trigger on the table moves the events into the journal, and new versions into the archive, within the very
/// transaction that stores the state. So there is no second write that could be lost.</remarks>
internal sealed class LearningKeyRecord
{
    public LearningKeyState State { get; set; } = LearningKeyState.Empty;

    public ImmutableArray<LearningKeyEvent> Outbox { get; set; } = [];
}
