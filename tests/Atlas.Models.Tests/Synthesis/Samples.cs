using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Import.TauBench;
using Atlas.Learning.Digest;
using Atlas.Models.Synthesis;
using Atlas.Testing;
using Atlas.Testing.Digest;

namespace Atlas.Models.Tests.Synthesis;

/// <summary>Sessions to synthesise from: recorded ones, and ones made for a test.</summary>
internal static class Samples
{
    public static Task<ImmutableArray<RewardedSession>> OrderDeskAsync() => TauAsync(RecordedData.OrderDesk);

    public static Task<ImmutableArray<RewardedSession>> AirlineAsync() => TauAsync(RecordedData.Require("tau-airline-gpt-4o.json"));

    /// <summary>A session whose student called these tools, in this order.</summary>
    public static RewardedSession Session(long id, double score, string task, params string[] tools) => new()
    {
        Id = id,
        Task = task,
        Score = score,
        Digest = SessionDigester.FromEvents(task, tools.Select(tool =>
            JsonSerializer.SerializeToElement(new { payload = new { event_type = "TOOL_START", name = tool } }))),
    };

    public static SynthesisRequest Request(IEnumerable<RewardedSession> sessions) => new() { LearningKey = "key", Sessions = [.. sessions] };

    public static async Task<SynthesisAnswer> AskAsync(SynthesisRequest request, SynthesizerOptions? options = null) =>
        await SynthesizerCatalog.Default.Create(options ?? new()).SynthesizeAsync(request, CancellationToken.None);

    /// <summary>The same sessions with their scores dealt out anew.</summary>
    public static ImmutableArray<RewardedSession> Shuffled(ImmutableArray<RewardedSession> sessions, int seed)
    {
        var scores = sessions.Select(session => session.Score).ToArray();
        new Random(seed).Shuffle(scores);
        return [.. sessions.Select((session, i) => session with { Score = scores[i] })];
    }

    private static async Task<ImmutableArray<RewardedSession>> TauAsync(string path)
    {
        var sessions = ImmutableArray.CreateBuilder<RewardedSession>();
        await foreach (var item in new TauBenchFormat().ReadAsync(path))
        {
            var run = item.Run!;
            sessions.Add(new()
            {
                Id = run.Index + 1,
                Task = run.Task,
                Score = run.Score!.Value,
                Digest = SessionDigester.FromEvents(run.Task, run.Events),
            });
        }

        sessions.Reverse();
        return sessions.ToImmutable();
    }
}
