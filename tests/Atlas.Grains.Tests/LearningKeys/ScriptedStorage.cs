using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Grains.LearningKeys;
using Orleans.Runtime;

namespace Atlas.Grains.Tests.LearningKeys;

/// <summary>The stored state of a key whose reads and writes do what a test says.</summary>
internal sealed class ScriptedStorage : IPersistentState<LearningKeyRecord>
{
    /// <summary>What is stored.</summary>
    public LearningKeyRecord Stored { get; set; } = new();

    /// <summary>What a write waits for; a failure of it is one of the write.</summary>
    public Func<Task> OnWrite { get; set; } = () => Task.CompletedTask;

    /// <summary>What a read waits for.</summary>
    public Func<Task> OnRead { get; set; } = () => Task.CompletedTask;

    public int Reads { get; private set; }

    public LearningKeyRecord State { get; set; } = new();

    public string? Etag => "1";

    public bool RecordExists => true;

    public async Task ReadStateAsync()
    {
        Reads++;
        await OnRead();
        State = Copy(Stored);
    }

    public async Task WriteStateAsync()
    {
        var written = Copy(State);
        await OnWrite();
        Stored = written;
    }

    public Task ClearStateAsync() => throw new NotSupportedException();

    private static LearningKeyRecord Copy(LearningKeyRecord record) =>
        JsonSerializer.Deserialize<LearningKeyRecord>(JsonSerializer.Serialize(record, AtlasJson.Options), AtlasJson.Options)!;
}
